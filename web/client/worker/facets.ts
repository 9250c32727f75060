// SPDX-License-Identifier: Apache-2.0
import type { CoreFacets } from '../core/core.js';
import { unpackStrings } from '../core/packed-strings.js';
import type { FacetCount } from '../options.js';
import { compareValues } from '../result-order.js';

/** From what wasm/bindings/collection.cpp writes: the most frequent first, ties by value. */
export function toFacets({ numbers, strings }: CoreFacets): FacetCount[] {
  const words = new DataView(numbers.buffer);
  const facets = unpackStrings(strings).map((text, i) => {
    const at = 16 * i;
    const kind = words.getUint32(at, true);
    const number = words.getFloat64(at + 4, true);
    const value = kind === 2 ? text : kind === 1 ? number : number !== 0;
    return { value, count: words.getUint32(at + 12, true) };
  });
  return facets.sort((a, b) => b.count - a.count || compareValues(a.value, b.value));
}
