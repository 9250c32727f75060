// SPDX-License-Identifier: Apache-2.0
import { icon, make } from './make.js';
import type { Messages } from './messages.js';

/** The elements inside `<mayfly-search>` that change. */
export interface Shell {
  readonly field: HTMLElement;
  readonly input: HTMLInputElement;
  readonly keys: HTMLElement;
  readonly clear: HTMLButtonElement;
  readonly panel: HTMLElement;
  readonly filters: HTMLElement;
  /** Around what scrolls: all but filters and foot. */
  readonly scroll: HTMLElement;
  readonly better: HTMLButtonElement;
  /** The listbox. */
  readonly list: HTMLElement;
  /** What is said instead of results. */
  readonly notice: HTMLElement;
  readonly retry: HTMLButtonElement;
  readonly more: HTMLButtonElement;
  readonly why: HTMLButtonElement;
  readonly status: HTMLElement;
  readonly bar: HTMLProgressElement;
  /** Announcements. */
  readonly live: HTMLElement;
}

/** Every `part` of the box, for a page's `::part()`. */
export const BOX_PARTS = [
  ...[
    'field',
    'input',
    'keys',
    'clear',
    'panel',
    'filters',
    'filter-name',
    'filter',
    'filter-chosen',
  ],
  ...['better', 'list', 'result', 'link', 'sub-result', 'title', 'heading', 'snippet', 'mark'],
  ...['explanation', 'notice', 'retry', 'more', 'foot', 'status', 'progress', 'why'],
] as const;

function button(part: string, text: string): HTMLButtonElement {
  return make('button', { type: 'button', part, class: part }, text);
}

/** Fills a shadow root. Order in the document is the order of the focus and of reading. */
export function buildShell(root: ShadowRoot, messages: Messages, label: string): Shell {
  const input = make('input', {
    id: 'input',
    part: 'input',
    type: 'text',
    role: 'combobox',
    inputmode: 'search',
    enterkeyhint: 'search',
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    'aria-label': label,
    'aria-autocomplete': 'list',
    'aria-haspopup': 'listbox',
    'aria-expanded': 'false',
    'aria-controls': 'list',
  });
  const keys = make('kbd', { part: 'keys', class: 'keys', 'aria-hidden': 'true' });
  const clear = make(
    'button',
    { type: 'button', part: 'clear', class: 'clear', 'aria-label': messages.text('clear') },
    icon('clear'),
  );
  const field = make('div', { class: 'field', part: 'field' }, icon('search'), input, keys, clear);

  const filters = make('div', { class: 'filters', part: 'filters' });
  const better = button('better', messages.text('better'));
  better.prepend(icon('better'));
  const list = make('div', {
    id: 'list',
    class: 'list',
    part: 'list',
    role: 'listbox',
    'aria-label': messages.text('list'),
  });
  const notice = make('div', { class: 'notice', part: 'notice' });
  const retry = button('retry', messages.text('retry'));
  const more = button('more', messages.text('more'));
  const status = make('span', { class: 'status-text' });
  const bar = make('progress', { class: 'bar', part: 'progress', max: '1', 'aria-hidden': 'true' });
  const why = button('why', messages.text('why'));
  why.setAttribute('aria-pressed', 'false');
  const foot = make(
    'div',
    { class: 'foot', part: 'foot' },
    make('div', { class: 'status', part: 'status' }, bar, status),
    why,
    make('slot', { name: 'foot' }),
  );
  const scroll = make('div', { class: 'scroll' }, list, notice, retry, more, better);
  const panel = make('div', { class: 'panel', part: 'panel', hidden: true }, filters, scroll, foot);
  const live = make('div', { class: 'unseen', role: 'status' });
  const box = make(
    'div',
    { class: 'box', role: 'search', 'aria-label': label },
    field,
    panel,
    live,
  );
  root.replaceChildren(box);
  return {
    ...{ field, input, keys, clear, panel, filters, better, list, notice },
    ...{ scroll, retry, more, why, status, bar, live },
  };
}
