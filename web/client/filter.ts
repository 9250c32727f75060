// SPDX-License-Identifier: Apache-2.0
import { MayflyError } from './errors.js';

/** What metadata is compared with. Kinds are never mixed: `5` is not `"5"`. */
export type FilterValue = string | number | boolean;

/** All that are given must hold. Of an array in the metadata, one element must be within a range. */
export interface FilterCondition {
  /** Above this; numbers by size, strings by code points (ISO dates in order). */
  readonly gt?: number | string;
  /** This or above. */
  readonly gte?: number | string;
  /** Below this. */
  readonly lt?: number | string;
  /** This or below. */
  readonly lte?: number | string;
  /** Has each of these values. */
  readonly all?: readonly FilterValue[];
  /** Has at least one of them. */
  readonly any?: readonly FilterValue[];
  /** Has none of them. */
  readonly none?: readonly FilterValue[];
  /** Whether the key is there at all. */
  readonly exists?: boolean;
}

/**
 * Which documents may be found, by their metadata; all members must hold:
 *
 * ```ts
 * { lang: 'en' }                        // equals; of an array: contains
 * { lang: ['en', 'de'] }                // one of these
 * { year: { gte: 2020, lt: 2025 } }     // a range of numbers or strings (ISO dates)
 * { tags: { all: ['a', 'b'], none: ['draft'] } }
 * { any: [{ lang: 'en' }, { not: { tags: 'old' } }] }   // also: all
 * ```
 *
 * A key that is itself called `any`, `all` or `not`, or begins with `=`, is written with `=` before it.
 */
export interface Filter {
  /** At least one of these must hold. */
  readonly any?: readonly Filter[];
  /** Each of these must hold. */
  readonly all?: readonly Filter[];
  /** This must not hold. */
  readonly not?: Filter;
  /** A key of the metadata, and what its value must be. */
  readonly [key: string]:
    FilterValue | readonly FilterValue[] | FilterCondition | Filter | readonly Filter[] | undefined;
}

/** As it crosses to the worker, which checks what it says. '' for none. */
export function filterToJson(filter: Filter | undefined): string {
  if (filter === undefined) return '';
  if (filter === null || typeof filter !== 'object' || Array.isArray(filter)) {
    throw new MayflyError('invalid-argument', 'filter must be an object, such as { lang: "en" }');
  }
  // JSON would leave out the one and write null for the other: another filter than was asked for.
  const check = (key: string, value: unknown): unknown => {
    const fits = typeof value === 'number' ? Number.isFinite(value) : typeof value !== 'function';
    if (fits && typeof value !== 'symbol') return value;
    throw new TypeError(`"${key}" is ${String(value)}`);
  };
  try {
    return JSON.stringify(filter, check);
  } catch (cause) {
    const why = cause instanceof Error ? `: ${cause.message}` : '';
    throw new MayflyError('invalid-argument', `filter cannot be written as JSON${why}`, { cause });
  }
}
