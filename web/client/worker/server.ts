// SPDX-License-Identifier: Apache-2.0
import { withObject, type CoreCollection, type CoreModel, type CoreModule } from '../core/core.js';
import { packStrings, unpackStrings } from '../core/packed-strings.js';
import { isMayflyErrorCode, MayflyError } from '../errors.js';
import type { LoadProgress } from '../options.js';
import type {
  CallMessage,
  Calls,
  ErrorDescription,
  FromWorker,
  LoadedModel,
  LoadRequest,
  ToWorker,
} from '../protocol/messages.js';
import { addModel } from './add-model.js';
import { ExplainTask } from './explain-task.js';
import { toFacets } from './facets.js';
import { fillLaneOf, FillTask } from './fill-task.js';
import { writeModelFile } from './model-file.js';
import { Models } from './models.js';
import { Scheduler } from './scheduler.js';
import { SearchTask } from './search-task.js';
import {
  ClearTask,
  EmbedDocumentsTask,
  EmbedTask,
  IngestTask,
  laneOf,
  RemoveTask,
  type ReplyingTask,
  type Workshop,
} from './tasks.js';

/** The worker's end of the wire: the global scope of a worker, or a port in tests. */
export interface Port {
  postMessage(message: FromWorker, transfer?: Transferable[]): void;
}

export interface Loaded {
  core: CoreModule;
  models: CoreModel[];
  /** The kernels that models are loaded for. */
  kernels: string;
  /** What `core` was made of, for further workers. */
  modules: { core: WebAssembly.Module; kernelPack: WebAssembly.Module | undefined };
}

/** Loads the core and models; afterwards the worker has no network (see seal.ts). */
export type Boot = (
  request: LoadRequest,
  report: (progress: LoadProgress) => void,
) => Promise<Loaded>;

/** Milliseconds between two progress messages of a task. */
const PROGRESS_EVERY_MS = 50;

/** Errors with a code of ours are answers; everything else says that the state is broken. */
function describe(error: unknown): ErrorDescription | undefined {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  return isMayflyErrorCode(code) ? { code, message: String(message) } : undefined;
}

/** The buffers of a reply that may move instead of being copied. */
function transferables(reply: unknown): Transferable[] {
  const values = reply !== null && typeof reply === 'object' ? Object.values(reply) : [];
  return values.filter(ArrayBuffer.isView).map((view) => view.buffer as ArrayBuffer);
}

/** Answers the calls of one client. */
export class Server {
  #loaded: (Omit<Loaded, 'models'> & { models: Models }) | undefined;
  #collections = new Map<number, CoreCollection>();
  #lastProgress = 0;
  readonly #scheduler: Scheduler;

  constructor(
    private readonly port: Port,
    private readonly boot: Boot,
  ) {
    this.#scheduler = new Scheduler({
      done: (task) => {
        this.#reportProgress(task as ReplyingTask);
        this.#ok(task.id, (task as ReplyingTask).reply());
      },
      stepped: (task) => {
        if (performance.now() - this.#lastProgress < PROGRESS_EVERY_MS) return;
        this.#reportProgress(task as ReplyingTask);
      },
      failed: (task, error) => this.#failed(task.id, error),
    });
  }

  receive(message: ToWorker): void {
    switch (message.type) {
      case 'ping':
        return this.port.postMessage({ type: 'pong' });
      case 'cancel':
        if (this.#scheduler.cancel(message.id)) {
          this.port.postMessage({ type: 'cancelled', id: message.id });
        }
        return;
      case 'supply':
        return this.#supply(message);
      case 'call':
        try {
          this.#call(message);
        } catch (error) {
          this.#failed(message.id, error);
        }
    }
  }

  close(): void {
    this.#scheduler.close();
  }

  #call(message: CallMessage): void {
    const { id } = message;
    switch (message.op) {
      case 'load':
        return void this.#load(id, message.args);
      case 'addModel':
        return void this.#addModel(id, message.args);
      case 'share':
        return this.#ok(id, {
          model: writeModelFile(this.#ready.models.best),
          ...this.#ready.modules,
        });
      case 'embed':
        return this.#scheduler.add(new EmbedTask(id, this.#workshop, message.args));
      case 'search':
        return this.#scheduler.add(new SearchTask(id, this.#workshop, message.args));
      case 'explain':
        return this.#scheduler.add(new ExplainTask(id, this.#workshop, message.args));
      case 'ingest':
        return this.#scheduler.add(new IngestTask(id, this.#workshop, message.args));
      case 'embedDocuments':
        return this.#scheduler.add(new EmbedDocumentsTask(id, this.#workshop, message.args));
      case 'fill':
        return this.#scheduler.add(new FillTask(id, this.#workshop, message.args));
      case 'remove':
        return this.#scheduler.add(new RemoveTask(id, this.#workshop, message.args));
      case 'clear':
        return this.#scheduler.add(new ClearTask(id, this.#workshop, message.args));
      case 'tokenize':
        return this.#ok(id, this.#tokenize(message.args.text));
      case 'facets':
        return this.#ok(id, this.#facets(message.args));
      case 'open':
        this.#open(message.args.collection);
        return this.#ok(id, null);
      case 'close':
        this.#close(message.args.collection);
        return this.#ok(id, null);
    }
  }

  async #load(id: number, request: LoadRequest): Promise<void> {
    const report = (progress: LoadProgress) =>
      this.port.postMessage({ type: 'progress', id, progress });
    try {
      const loaded = await this.boot(request, report);
      const models = new Models(loaded.kernels);
      const infos = loaded.models.map((model) => models.add(model));
      this.#loaded = { ...loaded, models };
      this.#ok(id, infos);
    } catch (error) {
      this.#failed(id, error);
    }
  }

  /** Collections that are there have documents that wait for its vectors from then on. */
  async #addModel(id: number, request: Calls['addModel']['request']): Promise<void> {
    try {
      const { core, models } = this.#ready;
      const added: LoadedModel = models.add(await addModel(core, request));
      const model = models.get(added.tier) as CoreModel;
      for (const collection of this.#collections.values()) collection.setModel(added.tier, model);
      this.#ok(id, added);
    } catch (error) {
      this.#failed(id, error);
    }
  }

  get #ready() {
    if (!this.#loaded) throw new MayflyError('internal', 'a call came before the core was loaded');
    return this.#loaded;
  }

  #open(number: number): void {
    this.#close(number);
    const { core, models } = this.#ready;
    const collection = new core.Collection();
    this.#collections.set(number, collection);
    for (const [tier, model] of models.entries()) collection.setModel(tier, model);
  }

  #facets({ collection, key, filter }: Calls['facets']['request']) {
    const packed = packStrings(this.#ready.core, [key, filter]);
    return withObject(packed, (buffer) => toFacets(this.#collection(collection).facets(buffer)));
  }

  get #workshop(): Workshop {
    return { ...this.#ready, collection: (number) => this.#collection(number) };
  }

  /** For a call that was cancelled or has failed meanwhile, the vectors are dropped. */
  #supply({ id, ...part }: Extract<ToWorker, { type: 'supply' }>): void {
    const task = this.#scheduler.find(id);
    if (task instanceof FillTask) task.supply(part);
    else part.vectors.fill(0);
    this.#scheduler.wake();
  }

  #collection(number: number): CoreCollection {
    const collection = this.#collections.get(number);
    if (!collection) throw new MayflyError('disposed', 'the collection was disposed');
    return collection;
  }

  #tokenize(text: string): Calls['tokenize']['reply'] {
    const { core, models } = this.#workshop;
    const model = models.best;
    const encoding = withObject(packStrings(core, [text]), (packed) => model.tokenize(packed));
    return { ...encoding, tokens: unpackStrings(encoding.tokens) };
  }

  /** Ends what runs on the collection, then frees it. */
  #close(number: number): void {
    for (const lane of [laneOf(number), fillLaneOf(number, 1), fillLaneOf(number, 2)]) {
      for (const task of this.#scheduler.cancelLane(lane)) {
        this.#failed(task.id, new MayflyError('disposed', 'the collection was disposed meanwhile'));
      }
    }
    this.#collections.get(number)?.delete();
    this.#collections.delete(number);
  }

  #reportProgress(task: ReplyingTask): void {
    if (!task.progress) return;
    this.#lastProgress = performance.now();
    this.port.postMessage({ type: 'progress', id: task.id, progress: task.progress() });
  }

  #ok(id: number, value: unknown): void {
    this.port.postMessage({ type: 'ok', id, value }, transferables(value));
  }

  #failed(id: number, error: unknown): void {
    const known = describe(error);
    if (known) this.port.postMessage({ type: 'failed', id, error: known });
    else this.port.postMessage({ type: 'fatal', message: String(error) });
  }
}
