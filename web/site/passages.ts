// SPDX-License-Identifier: Apache-2.0
// Blocks to passages: what stands under one heading, cut where it is long or its weight changes.
import type { Block } from './blocks.js';
import type { RepeatedBlocks } from './repeated-blocks.js';

/** Characters. The engine cuts documents into pieces that the model reads; this bounds files. */
const LONGEST = 4000;
/** A cut looks for the end of a line or word in the last part of what fits. */
const CUT_FROM = LONGEST / 2;

export interface Passage {
  readonly anchor: string;
  /** From the outermost; without the page's title. */
  readonly headings: readonly string[];
  readonly text: string;
  readonly weight: number;
}

interface Section {
  readonly heading: Block | undefined;
  readonly path: readonly string[];
  readonly blocks: Block[];
}

function sectionsOf(blocks: readonly Block[], title: string): Section[] {
  const sections: Section[] = [{ heading: undefined, path: [], blocks: [] }];
  const open: Block[] = [];
  for (const block of blocks) {
    if (block.kind !== 'heading') {
      sections.at(-1)!.blocks.push(block);
      continue;
    }
    while (open.length > 0 && open.at(-1)!.level >= block.level) open.pop();
    open.push(block);
    const path = open.map(({ text }) => text).filter((text) => text !== title);
    sections.push({ heading: block, path, blocks: [] });
  }
  return sections;
}

/** Where to end a piece of at most LONGEST characters: after a line, else a word, never in a character. */
function cutAt(text: string): number {
  for (const separator of ['\n', ' ']) {
    const at = text.lastIndexOf(separator, LONGEST);
    if (at >= CUT_FROM) return at;
  }
  const last = text.charCodeAt(LONGEST - 1);
  return last >= 0xd800 && last <= 0xdbff ? LONGEST - 1 : LONGEST;
}

function cut(block: Block): Block[] {
  const pieces: Block[] = [];
  let rest = block.text;
  while (rest.length > LONGEST) {
    const at = cutAt(rest);
    pieces.push({ ...block, text: rest.slice(0, at).trimEnd() });
    rest = rest.slice(at).replace(/^[\n ]/, '');
  }
  return [...pieces, { ...block, text: rest }];
}

/** Blank lines end paragraphs; items of a list and rows of a table follow each other. */
function join(blocks: readonly Block[]): string {
  return blocks.reduce((text, { kind, text: next }, index) => {
    const together = kind === blocks[index - 1]?.kind && (kind === 'item' || kind === 'row');
    return index === 0 ? next : text + (together ? '\n' : '\n\n') + next;
  }, '');
}

function pack(blocks: readonly Block[]): Block[][] {
  const packs: Block[][] = [];
  let length = 0;
  for (const block of blocks.flatMap(cut)) {
    const current = packs.at(-1);
    length += block.text.length + 2;
    if (current && length <= LONGEST && current[0]!.weight === block.weight) current.push(block);
    else {
      packs.push([block]);
      length = block.text.length;
    }
  }
  return packs;
}

/** Headings without text are passages themselves, unless what follows is beneath them. */
function bareHeading(
  { heading, path }: Section,
  next: Section | undefined,
  repeated: RepeatedBlocks,
) {
  const hasChild = next?.heading !== undefined && next.heading.level > (heading?.level ?? 0);
  if (!heading || hasChild || path.length === 0 || repeated.has(heading)) return [];
  const { anchor, text, weight } = heading;
  return [{ anchor, headings: path.slice(0, -1), text, weight }];
}

export function toPassages(
  blocks: readonly Block[],
  title: string,
  repeated: RepeatedBlocks,
): Passage[] {
  const kept = blocks.filter((block) => block.kind === 'heading' || !repeated.has(block));
  const sections = sectionsOf(kept, title);
  return sections.flatMap((section, index) => {
    const packs = pack(section.blocks);
    if (packs.length === 0) return bareHeading(section, sections[index + 1], repeated);
    const top = section.heading?.anchor ?? '';
    return packs.map((pieces, part) => ({
      anchor: part === 0 ? top : pieces[0]!.anchor,
      headings: section.path,
      text: join(pieces),
      weight: pieces[0]!.weight,
    }));
  });
}
