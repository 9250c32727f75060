// SPDX-License-Identifier: Apache-2.0
import type { TextRange } from 'mayfly';
import { tellingMatches } from './function-words.js';

/** A stretch of a text, and whether it is to be marked. */
export interface Segment {
  readonly text: string;
  readonly marked: boolean;
}

/**
 * The text cut at the ranges, in order and without gaps: the segments joined are the text, whatever
 * the ranges are (overlapping, unordered, out of bounds).
 */
export function segments(text: string, ranges: readonly TextRange[]): Segment[] {
  const cut: Segment[] = [];
  let place = 0;
  const push = (end: number, marked: boolean) => {
    if (end > place) cut.push({ text: text.slice(place, end), marked });
    place = Math.max(place, end);
  };
  for (const [begin, end] of [...ranges].sort((a, b) => a[0] - b[0])) {
    if (!(end > begin) || begin >= text.length) continue;
    push(begin, false);
    push(Math.min(end, text.length), true);
  }
  push(text.length, false);
  return cut;
}

/** Of a list or quotation, where a snippet begins with one: means nothing without the rest of it. */
const LIST_MARKER = /^(?:[-*•–>]\s+)+/;

/** Nodes that show the text with the ranges that tell something in `<mark>`. */
export function highlighted(text: string, ranges: readonly TextRange[]): Node[] {
  const lead = LIST_MARKER.exec(text)?.[0].length ?? 0;
  const telling = tellingMatches(text, ranges).map(([begin, end]): TextRange => [
    begin - lead,
    end - lead,
  ]);
  return segments(text.slice(lead), telling).map(({ text: part, marked }) => {
    if (!marked) return document.createTextNode(part);
    const mark = document.createElement('mark');
    mark.part.add('mark');
    mark.textContent = part;
    return mark;
  });
}
