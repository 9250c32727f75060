// SPDX-License-Identifier: Apache-2.0
import type {
  CallMessage,
  Calls,
  FromWorker,
  LoadedModel,
  Progress,
  ToWorker,
  VectorTier,
} from '../protocol/messages.js';
import type { Boot } from '../worker/server.js';
import { KnownDocuments } from './known-documents.js';
import { Relay, type Outcome } from './relay.js';

/** Said first to every page: the models that are there, so that it need not bring them. */
export interface Welcome {
  readonly type: 'welcome';
  readonly tiers: readonly VectorTier[];
}

export interface PagePort {
  postMessage(message: FromWorker | Welcome, transfer?: Transferable[]): void;
}

/** A collection that pages share under one number; they send the same documents again and again. */
interface Shelf {
  readonly opened: Promise<Outcome>;
  readonly documents: KnownDocuments;
  /** One change at a time: what is there is known when the next one is compared with it. */
  turn: Promise<unknown>;
}

/** Of one page, calls that the server has under another number. */
interface Page {
  readonly port: PagePort;
  readonly sent: Map<number, number>;
  readonly cancelled: Set<number>;
}

const done = (value: unknown): Outcome => ({ answer: { type: 'ok', id: 0, value }, transfer: [] });

/**
 * One server, and so one core, for all pages of a visit: each page is a client as of a worker of its
 * own. What an earlier page has brought is not done again: models are loaded once, documents that are
 * there are not added twice, and `close` leaves them for the next page. Pages number their collections
 * alike; what one of them removes is gone for all. When the core can no longer be trusted, all pages
 * are told, and `onFatal` must end the worker.
 */
export class SharedServer {
  readonly #relay: Relay;
  readonly #pages = new Set<PagePort>();
  readonly #shelves = new Map<number, Shelf>();
  readonly #added = new Map<string, Promise<Outcome>>();
  readonly #models = new Map<VectorTier, LoadedModel>();
  /** By lane, who has asked for vectors that are still being made. */
  readonly #filling = new Map<string, Set<(report: Progress) => void>>();
  #loading: Promise<Outcome> | undefined;

  constructor(
    boot: Boot,
    private readonly onFatal: () => void,
  ) {
    this.#relay = new Relay(boot, (message) => {
      for (const port of this.#pages) port.postMessage(message);
      this.#end();
    });
  }

  /** Returns what takes the page's messages. */
  connect(port: PagePort): (message: ToWorker) => void {
    const page: Page = { port, sent: new Map(), cancelled: new Set() };
    this.#pages.add(port);
    port.postMessage({ type: 'welcome', tiers: [...this.#models.keys()] });
    return (message) => this.#receive(page, message);
  }

  #receive(page: Page, message: ToWorker): void {
    switch (message.type) {
      case 'ping':
        return page.port.postMessage({ type: 'pong' });
      case 'cancel': {
        const id = page.sent.get(message.id);
        if (id === undefined) page.cancelled.add(message.id);
        else this.#relay.cancel(id);
        return;
      }
      case 'supply':
        // Pages of a shared engine have no further workers that could have made these.
        return void message.vectors.fill(0);
      case 'call':
        void this.#answer(page, message).then(({ answer, transfer }) => {
          page.sent.delete(message.id);
          page.cancelled.delete(message.id);
          page.port.postMessage({ ...answer, id: message.id }, transfer);
          if (message.op === 'load' && answer.type === 'failed') this.#end();
        });
    }
  }

  #answer(page: Page, message: CallMessage): Promise<Outcome> {
    switch (message.op) {
      case 'load':
        return this.#load(page, message);
      case 'addModel':
        return this.#addModel(page, message);
      case 'open':
        return this.#shelf(message.args.collection).opened;
      case 'close':
        return Promise.resolve(done(null));
      case 'ingest':
        return this.#change(message.args.collection, (shelf) =>
          this.#ingest(page, message.id, message.args, shelf),
        );
      case 'fill':
        return this.#fill(page, message);
      case 'remove':
        return this.#change(message.args.collection, (shelf) => {
          shelf.documents.forget(message.args.ids);
          return this.#forward(page, message);
        });
      case 'clear':
        return this.#change(message.args.collection, (shelf) => {
          shelf.documents.clear();
          return this.#forward(page, message);
        });
      default:
        return this.#forward(page, message);
    }
  }

  /** Later pages get what is there, also what they did not ask for. */
  async #load(page: Page, message: CallMessage): Promise<Outcome> {
    this.#loading ??= this.#forward(page, message).then((outcome) => {
      if (outcome.answer.type === 'ok') this.#keep(outcome.answer.value as LoadedModel[]);
      return outcome;
    });
    const outcome = await this.#loading;
    return outcome.answer.type === 'ok' ? done([...this.#models.values()]) : outcome;
  }

  #addModel(page: Page, message: Extract<CallMessage, { op: 'addModel' }>): Promise<Outcome> {
    const { sha256 } = message.args;
    const bring = async () => {
      const outcome = await this.#forward(page, message);
      if (outcome.answer.type === 'ok') this.#keep([outcome.answer.value as LoadedModel]);
      return outcome;
    };
    if (sha256 === undefined) return bring();
    let brought = this.#added.get(sha256);
    if (!brought) {
      this.#added.set(sha256, (brought = bring()));
      void brought.then(({ answer }) => answer.type === 'ok' || this.#added.delete(sha256));
    }
    return brought;
  }

  #keep(models: readonly LoadedModel[]): void {
    for (const model of models) this.#models.set(model.tier, model);
  }

  #shelf(collection: number): Shelf {
    let shelf = this.#shelves.get(collection);
    if (!shelf) {
      const opened = this.#relay.ask('open', { collection });
      shelf = { opened, documents: new KnownDocuments(), turn: opened };
      this.#shelves.set(collection, shelf);
    }
    return shelf;
  }

  #change(collection: number, work: (shelf: Shelf) => Promise<Outcome>): Promise<Outcome> {
    const shelf = this.#shelf(collection);
    const turn = shelf.turn.then(() => work(shelf));
    shelf.turn = turn;
    return turn;
  }

  /** Only what is not there in this very version. */
  async #ingest(
    page: Page,
    id: number,
    { collection, documents, update }: Calls['ingest']['request'],
    { documents: known }: Shelf,
  ): Promise<Outcome> {
    if (page.cancelled.has(id)) return { answer: { type: 'cancelled', id }, transfer: [] };
    const { added, changed } = update
      ? { added: [], changed: documents }
      : known.compare(documents);
    for (const [some, replaces] of [
      [added, false],
      [changed, true],
    ] as const) {
      if (some.length === 0) continue;
      const request = { collection, documents: some, update: replaces };
      const outcome = await this.#relay.ask('ingest', request, this.#asker(page, id));
      if (outcome.answer.type !== 'ok') return outcome;
      known.keep(some);
    }
    return done(null);
  }

  /** Pages whose own documents wait in the line behind another page's hear that there is news, too. */
  async #fill(page: Page, message: Extract<CallMessage, { op: 'fill' }>): Promise<Outcome> {
    const { id, args } = message;
    const { collection, tier } = args;
    const listener = (report: Progress) =>
      page.port.postMessage({ type: 'progress', id, progress: { ...report, completed: 0 } });
    const lane = `${collection} ${tier}`;
    const listeners = this.#filling.get(lane) ?? new Set();
    this.#filling.set(lane, listeners.add(listener));
    const tellOthers = (report: Progress) => {
      for (const other of listeners) if (other !== listener) other(report);
    };
    try {
      return await this.#relay.ask('fill', args, this.#asker(page, id, tellOthers));
    } finally {
      listeners.delete(listener);
    }
  }

  #forward(page: Page, { id, op, args }: CallMessage): Promise<Outcome> {
    return this.#relay.ask(op, args, this.#asker(page, id));
  }

  /** Progress and cancellation of what the relay is asked are those of a page's call. */
  #asker(page: Page, id: number, tellOthers: (report: Progress) => void = () => {}) {
    return {
      sent: (number: number) => void page.sent.set(id, number),
      progress(report: Progress) {
        page.port.postMessage({ type: 'progress', id, progress: report });
        tellOthers(report);
      },
    };
  }

  #end(): void {
    this.#relay.close();
    this.onFatal();
  }
}
