// SPDX-License-Identifier: Apache-2.0
import type { SearchTier } from 'mayfly';
import type { PageResult } from './held-order.js';

/** A search begins. */
export interface SearchDetail {
  readonly query: string;
  /** Chosen values by filter. */
  readonly filters: Readonly<Record<string, readonly string[]>>;
}

/** Results are shown; comes again as they improve. */
export interface ResultsDetail {
  readonly query: string;
  readonly results: readonly PageResult[];
  readonly tier: SearchTier;
  /** Part of the passages that this tier knows, 0 to 1. */
  readonly coverage: number;
  readonly final: boolean;
}

/** A result is opened. `preventDefault()` keeps the browser where it is. */
export interface SelectDetail {
  readonly query: string;
  readonly url: string;
  readonly result: PageResult;
  /** Of the page in the list, from 0. */
  readonly place: number;
}

/** Something was loaded. */
export interface ProgressDetail {
  /** `corpus`: passages that can be found by their words; `model`: bytes on their way. */
  readonly stage: 'corpus' | 'model' | 'ready';
  readonly loaded: number;
  readonly total: number | undefined;
}

export interface ErrorDetail {
  /** Of a `MayflyError`, or `corpus-unavailable`, or `unknown`. */
  readonly code: string;
  readonly error: unknown;
  /** The search goes on with what there is, such as words alone. */
  readonly recovered: boolean;
}

export interface MayflyEventMap {
  'mayfly-search': CustomEvent<SearchDetail>;
  'mayfly-results': CustomEvent<ResultsDetail>;
  'mayfly-select': CustomEvent<SelectDetail>;
  'mayfly-progress': CustomEvent<ProgressDetail>;
  'mayfly-error': CustomEvent<ErrorDetail>;
}

/** They bubble and leave shadow trees. Returns false when a listener prevented the default. */
export function emit<Name extends keyof MayflyEventMap>(
  target: EventTarget,
  name: Name,
  detail: MayflyEventMap[Name]['detail'],
): boolean {
  const cancelable = name === 'mayfly-select';
  return target.dispatchEvent(
    new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable }),
  );
}

export function errorCode(error: unknown): string {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' ? code : 'unknown';
}

declare global {
  interface HTMLElementEventMap extends MayflyEventMap {}
  interface DocumentEventMap extends MayflyEventMap {}
  interface WindowEventMap extends MayflyEventMap {}
}
