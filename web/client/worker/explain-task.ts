// SPDX-License-Identifier: Apache-2.0
import { packStrings, unpackStrings } from '../core/packed-strings.js';
import type { Calls, ExplainRequest } from '../protocol/messages.js';
import { QueryTask } from './query-task.js';

/** Says why a document is where it is in the answer to a query. */
export class ExplainTask extends QueryTask<ExplainRequest, Calls['explain']['reply']> {
  protected *run(): Generator<void, Calls['explain']['reply']> {
    const { core } = this.shop;
    const { query, filter, id, mode } = this.request;
    const packed = this.own(packStrings(core, [query, filter, id]));
    const early = yield* this.embed(1);
    const late = yield* this.embed(2);
    const collection = this.shop.collection(this.request.collection);
    const job = this.own(new core.ExplainJob(collection, packed, mode, early, late));
    while (!job.step(this.budgetMs)) yield;
    const { strings, ...numbers } = job.result();
    return { ...numbers, words: unpackStrings(strings) };
  }
}
