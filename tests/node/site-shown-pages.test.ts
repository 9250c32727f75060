// SPDX-License-Identifier: Apache-2.0
// `mayfly site --questions` asks what the search elements ask, and counts as shown what they show.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anchorsShown, SHOWN_PAGES } from '../../web/site/shown-pages.js';
import { subResults } from '../../web/widget/results-view.js';
import { SearchController } from '../../web/widget/search-controller.js';
import type { SearchSession } from '../../web/widget/session.js';
import { makeResult } from './widget-result.js';

test('the options are those of the search elements', async () => {
  const asked: object[] = [];
  const session = {
    state: { phase: 'ready', complete: true, searchable: 1 },
    start() {},
    async *search(_query: string, { signal: _, ...options }: { signal: AbortSignal }) {
      asked.push(options);
    },
  };
  const controller = new SearchController(session as unknown as SearchSession, () => {});
  controller.input('a question');
  await new Promise((resolve) => setTimeout(resolve));
  assert.deepEqual(asked, [{ ...SHOWN_PAGES, filter: undefined }]);
});

test('the headings are those that have a link of their own', () => {
  const at = (anchor: string) => {
    const result = makeResult(anchor || 'top');
    return { ...result, metadata: { ...result.metadata, page: 'p', anchor: anchor || undefined } };
  };
  const result = { ...at('b'), more: ['', 'b', 'a', 'a', 'c', 'd', 'e'].map(at) };
  const shown = [result, ...subResults(result as never)].map(
    ({ metadata }) => (metadata as { anchor?: string }).anchor ?? '',
  );
  assert.deepEqual(anchorsShown(result as never), shown);
  assert.deepEqual(shown, ['b', '', 'a', 'c']);
});
