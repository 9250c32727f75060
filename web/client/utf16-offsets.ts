// SPDX-License-Identifier: Apache-2.0

const SURROGATE = /[\ud800-\udfff]/;

/** Turns places in code points into indices of `text`; beyond its end they are its end. */
export function toUtf16Places(text: string, codePoints: ArrayLike<number>): number[] {
  if (!SURROGATE.test(text)) {
    return Array.from(codePoints, (place) => Math.min(place, text.length));
  }
  const indexOf: number[] = [];
  let index = 0;
  // Iterating a string visits code points; a lone surrogate is one, as it is for the tokenizer.
  for (const character of text) {
    indexOf.push(index);
    index += character.length;
  }
  return Array.from(codePoints, (place) => indexOf[place] ?? index);
}

/** Turns begin and end in code points (flat pairs) into pairs of indices of `text`. */
export function toUtf16Offsets(text: string, codePoints: Uint32Array): [number, number][] {
  const places = toUtf16Places(text, codePoints);
  const pairs: [number, number][] = [];
  for (let i = 0; i + 1 < places.length; i += 2) {
    pairs.push([places[i] as number, places[i + 1] as number]);
  }
  return pairs;
}
