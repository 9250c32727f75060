// SPDX-License-Identifier: Apache-2.0
// The keyboard of the combobox pattern (WAI-ARIA Authoring Practices, "Combobox with list popup"): the
// focus stays in the input, `aria-activedescendant` says which option is active. None is at first.

export interface ComboboxHost {
  readonly input: HTMLInputElement;
  options(): readonly HTMLElement[];
  expanded(): boolean;
  expand(): void;
  /** Returns whether there was something to close. */
  collapse(): boolean;
  /** Whether Escape empties the input; elsewhere it is somebody else's, such as a dialog's. */
  clears(): boolean;
  /** Enter without an active option. */
  submit(): void;
  /** An option became active by the keyboard. */
  moved(option: HTMLElement): void;
}

export class Combobox {
  readonly #host: ComboboxHost;
  #active: HTMLElement | undefined;

  constructor(host: ComboboxHost) {
    this.#host = host;
    host.input.addEventListener('keydown', (event) => this.#keydown(event));
  }

  get active(): HTMLElement | undefined {
    return this.#active;
  }

  /** After the list has changed: an option that is gone is not active. */
  refresh(): void {
    if (this.#active && !this.#active.isConnected) this.activate(undefined);
  }

  activate(option: HTMLElement | undefined): void {
    this.#active?.setAttribute('aria-selected', 'false');
    this.#active = option;
    const { input } = this.#host;
    if (!option) {
      input.removeAttribute('aria-activedescendant');
      return;
    }
    option.setAttribute('aria-selected', 'true');
    input.setAttribute('aria-activedescendant', option.id);
    option.scrollIntoView({ block: 'nearest' });
    this.#host.moved(option);
  }

  #keydown(event: KeyboardEvent): void {
    // While an input method composes, its keys are its own. (Safari's last one has code 229.)
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.#move(event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.key === 'Enter') this.#enter(event);
    else if (event.key === 'Escape') this.#escape(event);
  }

  /** Round and round, through the input, where none is active. */
  #move(step: 1 | -1): void {
    if (!this.#host.expanded()) {
      this.#host.expand();
      return;
    }
    const options = this.#host.options();
    const stops = options.length + 1;
    const place = this.#active ? options.indexOf(this.#active) + 1 : 0;
    this.activate(options[((place + step + stops) % stops) - 1]);
  }

  #enter(event: KeyboardEvent): void {
    event.preventDefault();
    if (!this.#active || !this.#host.expanded()) {
      this.#host.submit();
      return;
    }
    // With modifiers, so that a browser opens a tab or window where its user expects one.
    const { ctrlKey, metaKey, shiftKey, altKey } = event;
    this.#active.dispatchEvent(
      new MouseEvent('click', {
        ...{ ctrlKey, metaKey, shiftKey, altKey },
        bubbles: true,
        composed: true,
        cancelable: true,
      }),
    );
  }

  /** First the list, then the text. */
  #escape(event: KeyboardEvent): void {
    const { input } = this.#host;
    if (this.#host.collapse()) {
      this.activate(undefined);
    } else if (input.value !== '' && this.#host.clears()) {
      input.value = '';
      input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
