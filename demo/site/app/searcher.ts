// SPDX-License-Identifier: Apache-2.0
import type { Collection, SearchResults } from 'mayfly';
import { announce } from './announcer.js';
import type { PassageInfo } from './corpus.js';
import { element } from './elements.js';
import { showResults } from './results-view.js';
import { count, showFigure } from './status-view.js';

const RESULTS = 10;
/**
 * Below this cosine a passage has nothing to do with the question. Tried with this model and text:
 * answers to 14 real questions reach 0.34 to 0.70, the best of four senseless ones 0.20 to 0.29.
 */
const WORTH_SHOWING = 0.3;

const examples = element('examples', HTMLElement);
const answers = element('answers', HTMLElement);
const summary = element('summary', HTMLHeadingElement);
const nothing = element('nothing', HTMLParagraphElement);
const better = element('better', HTMLButtonElement);

type Answers = SearchResults<PassageInfo>;

const idsOf = ({ results }: Answers) => results.map(({ id }) => id).join('\n');

/** Asks the collection and shows what it answers. Answers never change under a reader's eyes. */
export class Searcher {
  #query = '';
  #shown: Answers | undefined;
  #waiting: Answers | undefined;
  /** The search that the visitor waits for. */
  #running: AbortController | undefined;

  constructor(
    private readonly collection: Collection<PassageInfo>,
    private readonly total: number,
    private readonly failed: (error: unknown) => void,
  ) {
    better.addEventListener('click', () => {
      if (this.#waiting) this.#show(this.#waiting);
      element('query', HTMLInputElement).focus();
    });
  }

  /** Searches for what was typed, in place of any search before. An empty query shows examples. */
  async search(query: string): Promise<void> {
    this.#running?.abort();
    this.#running = undefined;
    this.#query = query.trim();
    if (this.#query === '') return this.#clear();
    const controller = new AbortController();
    this.#running = controller;
    const found = await this.#ask(controller.signal);
    if (this.#running !== controller) return;
    this.#running = undefined;
    if (found) this.#show(found);
  }

  /** More can be found now: looks again, and offers what is better instead of showing it. */
  async grown(): Promise<void> {
    const shown = this.#shown;
    if (!shown || this.#running) return;
    const found = await this.#ask();
    if (!found || this.#running || this.#shown !== shown) return;
    this.#waiting = found;
    const changed = idsOf(found) !== idsOf(shown);
    if (changed && shown.results.length === 0) return this.#show(found);
    if (changed && better.hidden) announce('Better answers have been found');
    better.hidden = !changed;
    if (!changed) this.#summarize(found);
  }

  async #ask(signal?: AbortSignal): Promise<Answers | undefined> {
    const begin = performance.now();
    try {
      const found = await this.collection.search(this.#query, { k: RESULTS, signal });
      showFigure('search', `${Math.max(1, Math.round(performance.now() - begin))} ms`);
      return { ...found, results: found.results.filter(({ score }) => score >= WORTH_SHOWING) };
    } catch (error) {
      if (!signal?.aborted) this.failed(error);
      return undefined;
    }
  }

  #show(found: Answers): void {
    this.#shown = found;
    this.#waiting = undefined;
    examples.hidden = true;
    answers.hidden = false;
    better.hidden = true;
    showResults(found.results);
    this.#summarize(found);
    announce(summary.textContent ?? '');
  }

  #summarize({ results, size, truncated }: Answers): void {
    const places = results.length === 1 ? '1 passage' : `${results.length} passages`;
    const covered = size < this.total ? `, from the ${count(size)} understood so far` : '';
    summary.textContent = results.length > 0 ? `${places}${covered}` : `Nothing found${covered}`;
    nothing.hidden = results.length > 0 && !truncated;
    if (truncated) nothing.textContent = 'The question is long: only its beginning was used.';
    else {
      nothing.textContent =
        size < this.total
          ? 'No passage read so far comes near this. Wait a little, or say it in other words.'
          : 'No passage of the handbook comes near this. Try to say it in other words.';
    }
  }

  #clear(): void {
    this.#shown = undefined;
    this.#waiting = undefined;
    answers.hidden = true;
    examples.hidden = false;
    showResults([]);
    announce('');
  }
}
