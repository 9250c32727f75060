// SPDX-License-Identifier: Apache-2.0
import { blockLines, inlineText } from './plain-text.mjs';

/** About 150 tokens: one thought, well within what the model reads. */
const TARGET_CHARACTERS = 640;
const SHORTEST_CHARACTERS = 30;

function splitLong(line) {
  if (line.length <= TARGET_CHARACTERS) return [line];
  const sentences = line.match(/[^.!?]+(?:[.!?]+(?=\s|$)|$)|[.!?]+/g) ?? [line];
  const pieces = [];
  for (const sentence of sentences) {
    const last = pieces.at(-1);
    if (last !== undefined && last.length + sentence.length <= TARGET_CHARACTERS) {
      pieces[pieces.length - 1] = last + sentence;
    } else pieces.push(sentence);
  }
  return pieces.map((piece) => piece.trim());
}

function packLines(lines) {
  const passages = [];
  for (const line of lines.flatMap(splitLong)) {
    const last = passages.at(-1);
    if (last !== undefined && last.length + line.length < TARGET_CHARACTERS) {
      passages[passages.length - 1] = `${last}\n${line}`;
    } else passages.push(line);
  }
  return passages;
}

/** Sections of a page: what stands under each heading. The first has no heading of its own. */
export function sections(tokens, slug) {
  const all = [{ heading: '', anchor: '', lines: [] }];
  for (const token of tokens) {
    if (token.type === 'heading') {
      const heading = inlineText(token.tokens).trim();
      all.push({ heading, anchor: slug(heading), lines: [] });
    } else all.at(-1).lines.push(...blockLines(token).filter((line) => /[\p{L}\p{N}]/u.test(line)));
  }
  return all;
}

/** A page as documents for a collection, one for each passage. */
export function pageToPassages(page) {
  const passages = sections(page.tokens, page.slugger()).flatMap(({ heading, anchor, lines }) =>
    packLines(lines)
      .filter((body) => body.length >= SHORTEST_CHARACTERS)
      .map((body) => ({ heading, anchor, body })),
  );
  return passages.map(({ heading, anchor, body }, index) => ({
    id: `${page.path}#${index}`,
    title: page.title,
    headings: heading ? [heading] : [],
    text: body,
    metadata: {
      page: page.path,
      section: page.section,
      url: page.url + (anchor ? `#${anchor}` : ''),
    },
  }));
}

/**
 * The first passage of every page, then every second one, and so on: a visitor who searches early
 * searches a little of everything instead of everything about A.
 */
export function breadthFirst(passagesOfPages) {
  const ordered = [];
  for (let rank = 0; passagesOfPages.some((passages) => rank < passages.length); rank++) {
    for (const passages of passagesOfPages) if (passages[rank]) ordered.push(passages[rank]);
  }
  return ordered;
}
