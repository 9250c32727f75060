// SPDX-License-Identifier: Apache-2.0

/** Turns begin and end in code points (flat pairs, begins ascending) into indices of `text`. */
export function toUtf16Offsets(text: string, codePoints: Uint32Array): [number, number][] {
  const indexOf: number[] = [];
  let index = 0;
  // Iterating a string visits code points; a lone surrogate is one, as it is for the tokenizer.
  for (const character of text) {
    indexOf.push(index);
    index += character.length;
  }
  indexOf.push(index);
  const pairs: [number, number][] = [];
  for (let i = 0; i + 1 < codePoints.length; i += 2) {
    const begin = indexOf[codePoints[i] as number] ?? index;
    pairs.push([begin, indexOf[codePoints[i + 1] as number] ?? index]);
  }
  return pairs;
}
