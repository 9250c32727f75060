// SPDX-License-Identifier: Apache-2.0
import type { Collection, SearchResults } from 'mayfly';
import { announce } from './announcer.js';
import type { PassageInfo } from './corpus.js';
import { element } from './elements.js';
import { showResults } from './results-view.js';
import { showFigure } from './status-view.js';

const RESULTS = 10;
/** Milliseconds in which answers may replace each other: nobody has read the first ones yet. */
const SETTLING_MS = 1500;

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
    private readonly failed: (error: unknown) => void,
  ) {
    better.addEventListener('click', () => {
      if (this.#waiting) this.#show(this.#waiting);
      element('query', HTMLInputElement).focus();
    });
  }

  /**
   * Searches for what was typed, in place of any search before, until the best answer is known. An
   * empty query shows examples.
   */
  async search(query: string): Promise<void> {
    this.#running?.abort();
    this.#running = undefined;
    this.#query = query.trim();
    if (this.#query === '') return this.#clear();
    const controller = new AbortController();
    const { signal } = controller;
    this.#running = controller;
    this.#shown = undefined;
    const begin = performance.now();
    try {
      for await (const found of this.collection.search(this.#query, { k: RESULTS, signal })) {
        const elapsed = performance.now() - begin;
        if (!this.#shown) showFigure('search', `${Math.max(1, Math.round(elapsed))} ms`);
        this.#take(found, elapsed < SETTLING_MS);
      }
    } catch (error) {
      if (!signal.aborted) this.failed(error);
    }
  }

  /** Shows an answer, or offers it where somebody may be reading another one. */
  #take(found: Answers, settling: boolean): void {
    const shown = this.#shown;
    if (!shown || settling || shown.results.length === 0) return this.#show(found);
    this.#waiting = found;
    const changed = idsOf(found) !== idsOf(shown);
    if (changed && better.hidden) announce('Better answers have been found');
    better.hidden = !changed;
    if (!changed) this.#show(found);
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

  #summarize({ results, tier, coverage, truncated }: Answers): void {
    const places = results.length === 1 ? '1 passage' : `${results.length} passages`;
    // Of the transformer: the static model knows all of it in a moment, and less well.
    const understood = tier === 'contextual' ? Math.floor(coverage * 100) : 0;
    const covered = understood < 100 ? `, ${understood} % of the handbook understood so far` : '';
    summary.textContent = results.length > 0 ? `${places}${covered}` : `Nothing found${covered}`;
    nothing.hidden = results.length > 0 && !truncated;
    if (truncated) nothing.textContent = 'The question is long: only its beginning was used.';
    else {
      nothing.textContent =
        understood < 100
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
