// SPDX-License-Identifier: Apache-2.0
import type { SearchTier } from 'mayfly';
import { errorCode } from './events.js';
import { toFilter, type FilterChoice } from './facets.js';
import { holdOrder, type PageResult } from './held-order.js';
import type { Answer, SearchSession } from './session.js';

/** What there is to show of a query. */
export interface SearchView {
  /** Trimmed; '' for none. */
  readonly query: string;
  /** `waiting`: no answer to any query yet; `shown`: maybe to the query before, until `answered`. */
  readonly state: 'empty' | 'waiting' | 'shown' | 'nothing' | 'error';
  /** The results are those of `query`. */
  readonly answered: boolean;
  readonly results: readonly PageResult[];
  /** A better order is known; `showBetter` takes it. */
  readonly better: boolean;
  /** More may be had by `showMore`. */
  readonly more: boolean;
  readonly tier: SearchTier;
  readonly coverage: number;
  readonly final: boolean;
  readonly error: unknown;
}

const EMPTY: SearchView = {
  query: '',
  state: 'empty',
  answered: true,
  results: [],
  better: false,
  more: false,
  tier: 'lexical',
  coverage: 0,
  final: true,
  error: undefined,
};

/** After the first key stroke, which is answered at once. */
const DEBOUNCE_MS = 80;
/** Nobody has read anything so soon after the first answer: better ones may take its place. */
const SETTLING_MS = 500;
/** Pages, and how many `showMore` adds. */
const PAGE_COUNT = 10;
const MOST_PAGES = 30;
/** Passages of a page that are asked for; several may stand under one heading. */
const PER_PAGE = 6;

/** What is typed becomes searches, and their answers one view. Knows nothing of the DOM. */
export class SearchController {
  view = EMPTY;
  choice: FilterChoice = new Map();
  readonly #session: SearchSession;
  readonly #onChange: () => void;
  #running: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastInput = Number.NEGATIVE_INFINITY;
  #count = PAGE_COUNT;
  /** The best answer so far, which may not be shown while somebody reads another. */
  #best: Answer | undefined;
  /** Milliseconds, of the first answer to this query. */
  #firstShown = 0;
  #reading = false;

  constructor(session: SearchSession, onChange: () => void) {
    this.#session = session;
    this.#onChange = onChange;
  }

  /** The text was changed. */
  input(text: string): void {
    const query = text.trim();
    if (query === this.view.query) return;
    const now = performance.now();
    const pause = now - this.#lastInput > DEBOUNCE_MS ? 0 : DEBOUNCE_MS;
    this.#lastInput = now;
    this.#prepare(query);
    if (query !== '') this.#timer = setTimeout(() => this.#begin(), pause);
  }

  choose(choice: FilterChoice): void {
    this.choice = choice;
    this.#again();
  }

  /** Results that are looked at stay where they are. */
  reading(): void {
    this.#reading = true;
  }

  showBetter(): void {
    if (!this.#best) return;
    this.#reading = false;
    this.#show(this.#best, this.#best.results, false);
  }

  showMore(): void {
    this.#count = Math.min(this.#count + PAGE_COUNT, MOST_PAGES);
    this.#reading = true;
    if (this.view.query !== '') this.#begin();
  }

  /** After an error. */
  retry(): void {
    this.#session.start();
    this.#again();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#running?.abort();
  }

  #again(): void {
    const { query } = this.view;
    this.#prepare(query);
    if (query !== '') this.#begin();
  }

  #prepare(query: string): void {
    this.stop();
    this.#count = PAGE_COUNT;
    this.#best = undefined;
    this.#reading = false;
    if (query === '') this.view = EMPTY;
    else {
      const kept = this.view.state === 'shown';
      this.view = {
        ...EMPTY,
        query,
        state: kept ? 'shown' : 'waiting',
        results: kept ? this.view.results : [],
        answered: false,
        final: false,
      };
    }
    this.#onChange();
  }

  #begin(retries = 1): void {
    this.#running?.abort();
    const running = (this.#running = new AbortController());
    this.#run(this.view.query, running.signal).catch((error: unknown) => {
      if (running.signal.aborted) return;
      // A fresh worker gets the documents again by itself; a second crash in a row is said.
      if (errorCode(error) === 'worker-crashed' && retries > 0) return this.#begin(retries - 1);
      this.view = { ...this.view, state: 'error', answered: true, final: true, error };
      this.#onChange();
    });
  }

  async #run(query: string, signal: AbortSignal): Promise<void> {
    this.#session.start();
    for (;;) {
      const { phase, error, complete, searchable } = this.#session.state;
      if (phase === 'failed') throw error;
      if (phase === 'ready') {
        const filter = toFilter(this.choice);
        const pages = { groupBy: 'page', perGroup: PER_PAGE, fold: true, weightBy: 'weight' };
        const options = { ...pages, k: this.#count, filter, signal };
        for await (const answer of this.#session.search(query, options)) {
          if (signal.aborted) return;
          this.#take(answer);
        }
        if (complete) return;
      }
      // A search may end while text is still coming: then it is asked again.
      while (this.#session.state.searchable === searchable && !this.#arrived(phase)) {
        await this.#session.changed(signal);
      }
    }
  }

  #arrived(before: string): boolean {
    const { phase, complete } = this.#session.state;
    return complete || phase === 'failed' || phase !== before;
  }

  #take(answer: Answer): void {
    // Silence while text is missing says nothing about the site.
    const { complete } = this.#session.state;
    if (answer.results.length === 0 && !complete && !this.view.answered) return;
    // Of a tier that knows a part only, the rest is missing: what is shown is better, and it is a moment.
    const partial = answer.tier === 'static' && answer.coverage < 1 && !answer.final;
    if (partial && this.view.answered && this.view.state === 'shown') return;
    this.#best = answer;
    const now = performance.now();
    const first = !this.view.answered || this.view.state !== 'shown';
    if (first) this.#firstShown = now;
    if (first || (!this.#reading && now - this.#firstShown < SETTLING_MS)) {
      this.#show(answer, answer.results, false);
    } else {
      const held = holdOrder(this.view.results, answer.results);
      this.#show(answer, held.results, held.stale);
    }
  }

  #show(answer: Answer, results: readonly PageResult[], better: boolean): void {
    const { tier, coverage, final } = answer;
    this.view = {
      ...this.view,
      state: results.length === 0 ? 'nothing' : 'shown',
      answered: true,
      results,
      better,
      more: answer.results.length >= this.#count && this.#count < MOST_PAGES,
      tier,
      coverage,
      final,
    };
    this.#onChange();
  }
}
