// SPDX-License-Identifier: Apache-2.0
import { BoxNews } from './box-news.js';
import { boxCss } from './box-css.js';
import { Combobox } from './combobox.js';
import { emit } from './events.js';
import { FallbackForm } from './fallback-form.js';
import { Messages } from './messages.js';
import { PanelPlacer } from './panel-place.js';
import { PanelView, type BoxHost } from './panel-view.js';
import { SearchController } from './search-controller.js';
import type { SearchSession } from './session.js';
import { leaveSession, takeSession } from './sessions.js';
import { languagesOf, layoutOf, readSettings } from './settings.js';
import { buildShell, type Shell } from './shell.js';
import { listenForShortcuts, parseShortcuts, shortcutLabel } from './shortcuts.js';
import { readQuery, writeQuery } from './url-query.js';

let sharedSheet: CSSStyleSheet | undefined;

function boxSheet(): CSSStyleSheet {
  if (!sharedSheet) (sharedSheet = new CSSStyleSheet()).replaceSync(boxCss);
  return sharedSheet;
}

/** What is in a `<mayfly-search>` while it is in a document and its attributes do not change. */
export class SearchBox {
  readonly #host: BoxHost;
  readonly #messages: Messages;
  readonly #fallback: FallbackForm;
  readonly #shell: Shell;
  readonly #session: SearchSession;
  readonly #controller: SearchController;
  readonly #panel: PanelView;
  readonly #combobox: Combobox;
  readonly #placer: PanelPlacer;
  readonly #news: BoxNews;
  readonly #ending = new AbortController();
  #open = false;

  constructor(host: BoxHost, root: ShadowRoot) {
    this.#host = host;
    this.#messages = new Messages(languagesOf(host));
    this.#fallback = new FallbackForm(host);
    const label =
      host.getAttribute('label') ?? this.#fallback.label ?? this.#messages.text('label');
    const shell = (this.#shell = buildShell(root, this.#messages, label));
    shell.input.placeholder =
      host.getAttribute('placeholder') ??
      this.#fallback.placeholder ??
      this.#messages.text('placeholder');
    this.#placer = new PanelPlacer(shell.field, shell.panel);
    root.adoptedStyleSheets = [boxSheet(), this.#placer.sheet];
    this.#session = takeSession(readSettings(host));
    this.#controller = new SearchController(this.#session, () => this.#show());
    this.#panel = new PanelView(host, shell, this.#messages, (choice) => {
      this.#controller.choose(choice);
      this.#news.searchBegins(this.#controller);
    });
    this.#combobox = new Combobox({
      input: shell.input,
      options: () => this.#panel.results.options,
      expanded: () => shell.input.getAttribute('aria-expanded') === 'true',
      expand: () => this.#expand(),
      collapse: () => this.close(),
      clears: () => layoutOf(host) !== 'dialog',
      submit: () => void this.#fallback.submit(this.value.trim()),
      moved: () => this.#controller.reading(),
    });
    this.#news = new BoxNews(host, shell.live, this.#messages);
    this.#listen();
    this.#listenAround();
    this.#takeOver();
  }

  get value(): string {
    return this.#shell.input.value;
  }

  set value(text: string) {
    if (text === this.value) return;
    this.#shell.input.value = text;
    this.#changed();
  }

  focus(options?: FocusOptions): void {
    this.#shell.input.focus(options);
  }

  /** Closes the panel. Returns whether it was open. */
  close(): boolean {
    if (!this.#open || layoutOf(this.#host) !== 'panel') return false;
    this.#open = false;
    const wasShown = !this.#shell.panel.hidden;
    this.#show();
    return wasShown;
  }

  destroy(): void {
    this.#ending.abort();
    this.#controller.stop();
    this.#placer.close();
    this.#news.end();
    leaveSession(this.#session);
  }

  /** What was there before: typed text, focus, a query in the address. */
  #takeOver(): void {
    const { input } = this.#shell;
    const param = this.#host.getAttribute('url-param');
    input.value = this.#fallback.value || (param ? readQuery(param) : '');
    if (this.#fallback.focused) input.focus();
    if (input.value === '') this.#show();
    else this.#changed();
  }

  #on<Name extends keyof HTMLElementEventMap>(
    target: EventTarget,
    name: Name,
    listener: (event: HTMLElementEventMap[Name]) => void,
  ): void {
    target.addEventListener(name, listener as EventListener, { signal: this.#ending.signal });
  }

  #listen(): void {
    const { input, clear, list, better, more, retry, why } = this.#shell;
    this.#on(input, 'focus', () => {
      this.#session.start();
      this.#expand();
    });
    this.#on(input, 'click', () => this.#expand());
    this.#on(input, 'input', (event) => {
      // An input method's unfinished word is not a query.
      if (!(event as InputEvent).isComposing) this.#typed();
    });
    this.#on(input, 'compositionend', () => this.#typed());
    this.#on(clear, 'click', () => {
      input.value = '';
      this.#typed();
      input.focus();
    });
    this.#on(list, 'click', (event) => this.#select(event));
    this.#on(list, 'pointermove', () => this.#controller.reading());
    const act = (button: HTMLElement, action: () => void) =>
      this.#on(button, 'click', () => {
        action();
        // The button may be gone now; the focus must not be.
        input.focus();
      });
    act(better, () => {
      this.#controller.showBetter();
      this.#combobox.activate(undefined);
    });
    act(more, () => this.#controller.showMore());
    act(retry, () => this.#controller.retry());
    this.#on(why, 'click', () => {
      this.#panel.showsWhy = !this.#panel.showsWhy;
      this.#show();
    });
  }

  #listenAround(): void {
    const outside = (event: Event) => {
      if (!event.composedPath().includes(this.#host)) this.close();
    };
    this.#on(document, 'pointerdown', outside);
    this.#on(document, 'focusin', outside);
    const shortcuts = parseShortcuts(this.#host.getAttribute('shortcuts'));
    this.#shell.keys.textContent = shortcutLabel(shortcuts[0]);
    const stops = [
      this.#session.onChange(() => this.#show()),
      listenForShortcuts(shortcuts, () => {
        this.#shell.input.focus();
        this.#shell.input.select();
      }),
    ];
    this.#ending.signal.addEventListener('abort', () => stops.forEach((stop) => stop()));
  }

  #typed(): void {
    this.#open = true;
    this.#changed();
  }

  #changed(): void {
    const before = this.#controller.view.query;
    this.#controller.input(this.#shell.input.value);
    const { query } = this.#controller.view;
    this.#show();
    if (query === before) return;
    this.#combobox.activate(undefined);
    this.#shell.scroll.scrollTop = 0;
    const param = this.#host.getAttribute('url-param');
    if (param) writeQuery(param, query);
    if (query !== '') this.#news.searchBegins(this.#controller);
  }

  #expand(): void {
    if (this.#open) return;
    this.#open = true;
    this.#show();
  }

  #select(event: MouseEvent): void {
    const option = event
      .composedPath()
      .find((at) => at instanceof HTMLAnchorElement && at.matches('[role=option]'));
    const row = option && this.#panel.results.rowOf(option as HTMLAnchorElement);
    if (!row) return;
    const { query } = this.#controller.view;
    const { href: url } = option as HTMLAnchorElement;
    if (!emit(this.#host, 'mayfly-select', { query, url, ...row })) event.preventDefault();
    // A new tab leaves the panel as it is; a place in this very page is hidden by it.
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey) this.close();
  }

  /** Whether there is a panel to see. */
  #opened(): boolean {
    const { query } = this.#controller.view;
    switch (layoutOf(this.#host)) {
      case 'dialog':
        return true;
      case 'page':
        return query !== '';
      case 'panel':
        return this.#open && (query !== '' || this.#host.querySelector('[slot=start]') !== null);
    }
  }

  /** Brings what is to be seen in line with the session and the view. */
  #show(): void {
    const { input, panel, clear, keys } = this.#shell;
    const { view } = this.#controller;
    const opened = this.#opened();
    const wasOpen = !panel.hidden;
    clear.hidden = input.value === '';
    keys.hidden = input.value !== '' || keys.textContent === '';
    panel.hidden = !opened;
    input.setAttribute('aria-expanded', String(opened && view.state === 'shown'));
    if (opened) {
      this.#panel.show(this.#session, this.#controller);
      this.#combobox.refresh();
    }
    if (layoutOf(this.#host) === 'panel') {
      if (opened && !wasOpen) this.#placer.open();
      else if (!opened && wasOpen) this.#placer.close();
    }
    this.#news.update(this.#session, view);
  }
}
