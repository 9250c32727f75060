// SPDX-License-Identifier: Apache-2.0
// A form inside the element is the search without JavaScript; with it, it lends its words and its target.

export class FallbackForm {
  readonly #form: HTMLFormElement | null;
  readonly #field: HTMLInputElement | null;

  constructor(host: Element) {
    this.#form = host.querySelector('form');
    this.#field = this.#form?.querySelector('input[name]:not([type=hidden])') ?? null;
  }

  get placeholder(): string | undefined {
    return this.#field?.placeholder || undefined;
  }

  get label(): string | undefined {
    return (
      this.#field?.getAttribute('aria-label') || this.#field?.labels?.[0]?.textContent || undefined
    );
  }

  /** What was typed before the element came alive. */
  get value(): string {
    return this.#field?.value ?? '';
  }

  get focused(): boolean {
    return this.#field !== null && this.#field.getRootNode() instanceof Document
      ? document.activeElement === this.#field
      : false;
  }

  /** Goes where the form goes. Returns false where there is none. */
  submit(query: string): boolean {
    if (!this.#form || !this.#field || !this.#form.getAttribute('action')) return false;
    this.#field.value = query;
    this.#form.requestSubmit();
    return true;
  }
}
