// SPDX-License-Identifier: Apache-2.0
import type { SearchTier } from 'mayfly';
import type { PageResult } from './held-order.js';

/** A search begins. */
export interface SearchDetail {
  /** As it was typed. */
  readonly query: string;
  /** Chosen values by filter. */
  readonly filters: Readonly<Record<string, readonly string[]>>;
}

/** Results are shown; comes again as they improve. */
export interface ResultsDetail {
  /** As it was typed. */
  readonly query: string;
  /** One per page, best first. */
  readonly results: readonly PageResult[];
  /** The best tier that took part. */
  readonly tier: SearchTier;
  /** Part of the passages that this tier knows, 0 to 1. */
  readonly coverage: number;
  /** No better answer will come. */
  readonly final: boolean;
}

/** A result is opened. `preventDefault()` keeps the browser where it is. */
export interface SelectDetail {
  /** As it was typed. */
  readonly query: string;
  /** Where it leads, absolute. */
  readonly url: string;
  /** What was opened. */
  readonly result: PageResult;
  /** Of the page in the list, from 0. */
  readonly place: number;
}

/** Something was loaded. */
export interface ProgressDetail {
  /** `corpus`: passages that can be found by their words; `model`: bytes on their way. */
  readonly stage: 'corpus' | 'model' | 'ready';
  /** Passages or bytes so far. */
  readonly loaded: number;
  /** Passages or bytes in all; undefined where it is not known. */
  readonly total: number | undefined;
}

/** Something failed. */
export interface ErrorDetail {
  /** Of a `MayflyError`, or `corpus-unavailable`, or `unknown`. */
  readonly code: string;
  /** What was thrown. */
  readonly error: unknown;
  /** The search goes on with what there is, such as words alone. */
  readonly recovered: boolean;
}

/** The events of both elements, by name. They bubble. */
export interface MayflyEventMap {
  /** A search begins. */
  'mayfly-search': CustomEvent<SearchDetail>;
  /** Results are shown, and again as they improve. */
  'mayfly-results': CustomEvent<ResultsDetail>;
  /** A result is opened; cancelable. */
  'mayfly-select': CustomEvent<SelectDetail>;
  /** Text or a model was loaded. */
  'mayfly-progress': CustomEvent<ProgressDetail>;
  /** Something failed. */
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
