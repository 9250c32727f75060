// SPDX-License-Identifier: Apache-2.0
import type { Facet, FilterChoice } from './facets.js';
import { make } from './make.js';
import type { Messages } from './messages.js';

/** Values of one filter that are shown before all are asked for. */
const FEW = 6;

/** Buttons with counts, one row per filter. */
export class FiltersView {
  readonly #place: HTMLElement;
  readonly #onChoose: (choice: FilterChoice) => void;
  readonly #opened = new Set<string>();
  #facets: readonly Facet[] = [];
  #shown = '';

  constructor(place: HTMLElement, onChoose: (choice: FilterChoice) => void) {
    this.#place = place;
    this.#onChoose = onChoose;
  }

  show(facets: readonly Facet[], messages: Messages): void {
    const signature = JSON.stringify([facets, [...this.#opened], messages.language]);
    if (signature === this.#shown) return;
    this.#shown = signature;
    this.#facets = facets;
    const root = this.#place.getRootNode() as ShadowRoot;
    const focused = root.activeElement?.id;
    this.#place.hidden = facets.length === 0;
    this.#place.replaceChildren(...facets.map((facet, i) => this.#row(facet, i, messages)));
    // What had the focus was made anew.
    if (focused?.startsWith('f')) root.getElementById(focused)?.focus();
  }

  #row(facet: Facet, row: number, messages: Messages): HTMLElement {
    const opened = this.#opened.has(facet.name);
    const shown = facet.values.filter(
      ({ count, chosen }, place) => chosen || (count > 0 && (opened || place < FEW)),
    );
    const made = make(
      'div',
      { class: 'filter-row', role: 'group', 'aria-labelledby': `n${row}` },
      make('span', { id: `n${row}`, class: 'filter-name', part: 'filter-name' }, facet.name),
      ...shown.map(({ value, count, chosen }) => {
        const button = make(
          'button',
          {
            type: 'button',
            id: `f${row}-${value}`,
            class: 'filter',
            part: chosen ? 'filter filter-chosen' : 'filter',
            'aria-pressed': String(chosen),
          },
          value,
          make('span', { class: 'count' }, messages.number(count)),
        );
        button.addEventListener('click', () => this.#toggle(facet.name, value));
        return button;
      }),
    );
    const hidden = facet.values.filter(({ count }) => count > 0).length - shown.length;
    if (hidden > 0 && !opened) made.append(this.#opener(facet.name, row, hidden, messages));
    return made;
  }

  #opener(name: string, row: number, hidden: number, messages: Messages): HTMLElement {
    const count = `+${messages.number(hidden)}`;
    const id = `f${row}`;
    const button = make('button', { type: 'button', id, class: 'filter', part: 'filter' }, count);
    button.setAttribute('aria-expanded', 'false');
    button.setAttribute('aria-label', `${name} ${count}`);
    button.addEventListener('click', () => {
      this.#opened.add(name);
      this.show(this.#facets, messages);
    });
    return button;
  }

  #toggle(name: string, value: string): void {
    const choice = new Map<string, Set<string>>();
    for (const facet of this.#facets) {
      const chosen = facet.values.filter((one) => one.chosen).map((one) => one.value);
      choice.set(facet.name, new Set(chosen));
    }
    const values = choice.get(name) as Set<string>;
    if (!values.delete(value)) values.add(value);
    this.#onChoose(choice);
  }
}
