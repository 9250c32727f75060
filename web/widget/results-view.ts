// SPDX-License-Identifier: Apache-2.0
import { whyText, type Explain } from './explanation.js';
import { pageOf, type PageResult } from './held-order.js';
import { highlighted } from './highlight.js';
import { make } from './make.js';
import type { Messages } from './messages.js';
import { fillTemplate } from './result-template.js';
import { safeUrl } from './safe-url.js';

/** Beneath a page. */
const MOST_SUB_RESULTS = 3;

/** What rows look like. */
export interface RowStyle {
  readonly messages: Messages;
  readonly explain: Explain;
  readonly showWhy: boolean;
  readonly template: HTMLTemplateElement | null;
  /** Addresses are relative to it. */
  readonly base: string;
}

/** What an option stands for. */
export interface Row {
  readonly result: PageResult;
  readonly place: number;
}

interface ShownGroup {
  /** What it was made from. */
  readonly signature: string;
  readonly group: HTMLElement;
}

/** The listbox: a page each with its best passage, and the headings beneath that were found as well. */
export class ResultsView {
  readonly #list: HTMLElement;
  readonly #rows = new WeakMap<HTMLElement, Row>();
  /** Of what is shown, by page: what has not changed is not touched. */
  #shown = new Map<string, ShownGroup>();
  #serial = 0;

  constructor(list: HTMLElement) {
    this.#list = list;
  }

  /** In the order of the arrow keys. */
  get options(): HTMLAnchorElement[] {
    return [...this.#list.querySelectorAll<HTMLAnchorElement>('[role=option]')];
  }

  rowOf(option: HTMLElement): Row | undefined {
    return this.#rows.get(option);
  }

  show(results: readonly PageResult[], style: RowStyle): void {
    const next = new Map<string, ShownGroup>();
    results.forEach((result, place) => {
      const signature = signatureOf(result, style);
      const before = this.#shown.get(pageOf(result));
      const group =
        before?.signature === signature ? before.group : this.#makeGroup(result, place, style);
      for (const option of group.querySelectorAll<HTMLElement>('[role=option]')) {
        const row = this.#rows.get(option) as Row;
        this.#rows.set(option, { ...row, place });
      }
      next.set(pageOf(result), { signature, group });
    });
    this.#shown = next;
    const groups = [...next.values()].map(({ group }) => group);
    const same =
      groups.length === this.#list.children.length &&
      groups.every((group, place) => group === this.#list.children[place]);
    if (!same) this.#list.replaceChildren(...groups);
  }

  #makeGroup(result: PageResult, place: number, style: RowStyle): HTMLElement {
    const name = `r${++this.#serial}`;
    const main = style.template
      ? this.#option(result, place, style, fillTemplate(style.template, result, style.base))
      : this.#option(result, place, style, mainContent(result));
    main.id = name;
    main.part.add('link');
    main.classList.add('main');
    const group = make('div', { class: 'page', part: 'result', role: 'group' }, main);
    group.setAttribute('aria-label', result.title || result.id);
    subResults(result).forEach((sub, i) => {
      const option = this.#option(sub, place, style, subContent(sub));
      option.id = `${name}-${i}`;
      option.part.add('sub-result');
      option.classList.add('sub');
      group.append(option);
    });
    return group;
  }

  #option(
    result: PageResult,
    place: number,
    style: RowStyle,
    content: DocumentFragment | HTMLAnchorElement,
  ): HTMLAnchorElement {
    const link = content instanceof HTMLAnchorElement ? content : make('a', {}, content);
    const url = passageUrl(result, style.base);
    if (url === undefined) link.removeAttribute('href');
    else link.href = url;
    link.setAttribute('role', 'option');
    link.setAttribute('aria-selected', 'false');
    // The input keeps the focus; see combobox.ts.
    link.tabIndex = -1;
    if (style.showWhy) {
      const text = whyText(style.explain(result), style.messages);
      link.append(make('span', { class: 'why-text', part: 'explanation' }, text));
    }
    this.#rows.set(link, { result, place });
    return link;
  }
}

/** Changes when something that is shown does. Not of the whole text, which may be long. */
function signatureOf(result: PageResult, { showWhy, base }: RowStyle): string {
  const ofOne = ({ id, snippet, scores }: PageResult) =>
    `${id}\n${snippet.text}\n${snippet.matches.join()}${showWhy ? JSON.stringify(scores) : ''}`;
  return [base, showWhy, ofOne(result), ...subResults(result).map(ofOne)].join('\n');
}

/** The passage's place in its page; undefined for an address that may not be opened. */
export function passageUrl({ metadata }: PageResult, base: string): string | undefined {
  const url = safeUrl(metadata?.url, base);
  if (url === undefined || !metadata.anchor) return url;
  const anchored = new URL(url);
  anchored.hash = metadata.anchor;
  return anchored.href;
}

/** The best passage under each other heading of the page. */
export function subResults(result: PageResult): PageResult[] {
  const seen = new Set([result.metadata?.anchor ?? '']);
  return (result.more ?? [])
    .filter(({ metadata: { anchor = '' } }) => !seen.has(anchor) && seen.add(anchor))
    .slice(0, MOST_SUB_RESULTS);
}

/** The nearest heading, where it is not the title again. */
function headingOf({ headings, title }: PageResult): string {
  const heading = headings.at(-1) ?? '';
  return heading === title ? '' : heading;
}

function mainContent(result: PageResult): DocumentFragment {
  const content = document.createDocumentFragment();
  const heading = headingOf(result);
  const { text, matches } = result.snippet;
  content.append(
    make(
      'span',
      { class: 'head' },
      make('span', { class: 'title', part: 'title' }, result.title || result.id),
      make('span', { class: 'heading', part: 'heading', hidden: !heading }, heading),
    ),
    make('span', { class: 'snippet', part: 'snippet' }, ...highlighted(text, matches)),
  );
  return content;
}

function subContent(result: PageResult): DocumentFragment {
  const content = document.createDocumentFragment();
  const { text, matches } = result.snippet;
  const heading = headingOf(result) || result.title;
  content.append(
    make('span', { class: 'heading', part: 'heading' }, heading),
    make('span', { class: 'snippet', part: 'snippet' }, ...highlighted(text, matches)),
  );
  return content;
}
