// SPDX-License-Identifier: Apache-2.0

/** What the elements extend: on a server, where there is no DOM, importing must still do no harm. */
export const ElementBase: typeof HTMLElement =
  globalThis.HTMLElement ?? (class {} as unknown as typeof HTMLElement);

/** Defines an element where that is possible, and only once. */
export function define(tag: string, element: CustomElementConstructor): void {
  const registry = globalThis.customElements as CustomElementRegistry | undefined;
  if (registry && !registry.get(tag)) registry.define(tag, element);
}
