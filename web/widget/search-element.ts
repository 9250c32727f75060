// SPDX-License-Identifier: Apache-2.0
import { ElementBase } from './element-base.js';
import { explainFromScores, type Explain } from './explanation.js';
import { SearchBox } from './search-box.js';

/** What both elements understand. */
export const SHARED_ATTRIBUTES = [
  'corpus',
  'model',
  'static-model',
  'lang',
  'label',
  'placeholder',
  'url-param',
  'shared',
] as const;

/**
 * A search box over a site's corpus. Loads nothing until it is focused for the first time. Attributes,
 * parts, properties, slots and events: docs/widget.md.
 */
export class MayflySearch extends ElementBase {
  /** Attributes whose changes take effect at once. */
  static readonly observedAttributes = [...SHARED_ATTRIBUTES, 'shortcuts', 'layout'];

  /** Where explanations come from; set it to explain more than the scores of an answer. */
  explain: Explain = explainFromScores;
  #box: SearchBox | undefined;

  /** Called by the browser. */
  connectedCallback(): void {
    this.#box ??= new SearchBox(this, this.shadowRoot ?? this.attachShadow({ mode: 'open' }));
  }

  /** Called by the browser. */
  disconnectedCallback(): void {
    this.#box?.destroy();
    this.#box = undefined;
  }

  /** Called by the browser. */
  attributeChangedCallback(_name: string, before: string | null, after: string | null): void {
    if (!this.#box || before === after) return;
    const { value } = this;
    this.disconnectedCallback();
    this.connectedCallback();
    this.value = value;
  }

  /** The text in the box. */
  get value(): string {
    return this.#box?.value ?? '';
  }

  /** Searches, without opening the panel. */
  set value(text: string) {
    if (this.#box) this.#box.value = text;
  }

  /** Focuses the box, which loads what the search needs. */
  override focus(options?: FocusOptions): void {
    this.#box?.focus(options);
  }

  /** Closes the panel. Returns whether it was open. */
  close(): boolean {
    return this.#box?.close() ?? false;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mayfly-search': MayflySearch;
  }
}
