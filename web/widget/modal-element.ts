// SPDX-License-Identifier: Apache-2.0
import { ElementBase } from './element-base.js';
import { icon, make } from './make.js';
import { Messages } from './messages.js';
import { modalCss } from './modal-css.js';
import { MayflySearch, SHARED_ATTRIBUTES } from './search-element.js';
import { languagesOf } from './settings.js';
import { BOX_PARTS } from './shell.js';
import { listenForShortcuts, parseShortcuts, shortcutLabel } from './shortcuts.js';

let sharedSheet: CSSStyleSheet | undefined;

function modalSheet(): CSSStyleSheet {
  if (!sharedSheet) (sharedSheet = new CSSStyleSheet()).replaceSync(modalCss);
  return sharedSheet;
}

/** Slots of the box that the modal hands on. */
const HANDED_SLOTS = ['start', 'nothing', 'foot'];

/**
 * A button that opens a search box in a dialog. The same attributes, slots, parts and events as
 * `<mayfly-search>`, and `slot="trigger"`: docs/widget.md.
 */
export class MayflySearchModal extends ElementBase {
  /** Attributes whose changes take effect at once. */
  static readonly observedAttributes = [...SHARED_ATTRIBUTES, 'shortcuts', 'theme'];

  #dialog: HTMLDialogElement | undefined;
  #search: MayflySearch | undefined;
  #ending: AbortController | undefined;

  /** Called by the browser. */
  connectedCallback(): void {
    if (!this.#ending) this.#build();
  }

  /** Called by the browser. */
  disconnectedCallback(): void {
    this.close();
    this.#ending?.abort();
    this.#ending = undefined;
  }

  /** Called by the browser. */
  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (!this.#ending || before === after) return;
    if (name === 'theme') this.#handOn(this.#search as MayflySearch);
    else {
      this.disconnectedCallback();
      this.#build();
    }
  }

  /** Opens the dialog with the focus in the box. */
  open(): void {
    const dialog = this.#dialog;
    if (!dialog || dialog.open) return;
    dialog.showModal();
    this.#search?.focus();
  }

  /** Closes it; the focus returns to where it was. */
  close(): void {
    this.#dialog?.close();
  }

  #build(): void {
    const ending = (this.#ending = new AbortController());
    const messages = new Messages(languagesOf(this));
    const label = this.getAttribute('label') ?? messages.text('label');
    const shortcuts = parseShortcuts(this.getAttribute('shortcuts'));
    const keys = shortcuts.find((shortcut) => shortcut.startsWith('mod+')) ?? shortcuts[0];
    const trigger = make(
      'button',
      { type: 'button', part: 'trigger', class: 'trigger', 'aria-haspopup': 'dialog' },
      icon('search'),
      make('span', { class: 'trigger-label' }, label),
      make('kbd', { 'aria-hidden': 'true', hidden: !keys }, shortcutLabel(keys)),
    );
    const place = make('slot', { name: 'trigger' }, trigger);
    place.addEventListener('click', (event) => {
      // A link as trigger leads to the search page where there is no JavaScript, or in a new tab.
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.open();
    });
    const search = this.#makeSearch();
    const close = make('button', { type: 'button', part: 'close', class: 'close' });
    close.append(
      make('kbd', { 'aria-hidden': 'true' }, 'esc'),
      make('span', { class: 'unseen' }, messages.text('close')),
    );
    close.addEventListener('click', () => this.close());
    const dialog = make('dialog', { part: 'dialog', 'aria-label': label }, search, close);
    dialog.addEventListener('pointerdown', (event) => {
      // Beside the dialog's content is its backdrop.
      if (event.target === dialog && !within(dialog, event)) this.close();
    });
    this.#dialog = dialog;
    this.#search = search;
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [modalSheet()];
    root.replaceChildren(place, dialog);
    const stop = listenForShortcuts(shortcuts, () => this.open());
    ending.signal.addEventListener('abort', stop);
  }

  #makeSearch(): MayflySearch {
    const search = document.createElement('mayfly-search') as MayflySearch;
    search.setAttribute('layout', 'dialog');
    search.setAttribute('shortcuts', 'none');
    search.setAttribute('exportparts', BOX_PARTS.join(', '));
    this.#handOn(search);
    for (const name of HANDED_SLOTS) {
      if (this.querySelector(`:scope > [slot=${name}]`)) {
        search.append(make('slot', { name, slot: name }));
      }
    }
    const template = this.querySelector(':scope > template[slot=result]');
    if (template) search.append(template.cloneNode(true));
    search.addEventListener('mayfly-select', (event) => {
      // Later than the link: closing it first would take the click's target away.
      if (!event.defaultPrevented) setTimeout(() => this.close());
    });
    return search;
  }

  /** Attributes of the modal are the box's, too. */
  #handOn(search: MayflySearch): void {
    for (const name of [...SHARED_ATTRIBUTES, 'theme']) {
      const value = this.getAttribute(name);
      if (value === null) search.removeAttribute(name);
      else search.setAttribute(name, value);
    }
  }
}

function within(dialog: HTMLDialogElement, { clientX, clientY }: PointerEvent): boolean {
  const { left, right, top, bottom } = dialog.getBoundingClientRect();
  return clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
}

declare global {
  interface HTMLElementTagNameMap {
    'mayfly-search-modal': MayflySearchModal;
  }
}
