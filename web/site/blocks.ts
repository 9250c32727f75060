// SPDX-License-Identifier: Apache-2.0
// Main content as a list of blocks: headings, paragraphs, list items, rows of tables, code.
import { ignored, indexedAttributes, weightOf } from './annotations.js';
import { isDropped } from './dropped-elements.js';
import { childrenOf, elementsOf, isElement, isText, type Element, type Node } from './elements.js';
import { headingAnchor, headingLevel, ownAnchor } from './headings.js';
import { collapse, hasWords, keepLines } from './visible-text.js';

export type BlockKind = 'heading' | 'text' | 'item' | 'row' | 'code';

export interface Block {
  readonly kind: BlockKind;
  readonly text: string;
  /** The nearest anchor: a heading's own, else the last one above; '' where there is none. */
  readonly anchor: string;
  /** 1 to 6 of a heading, else 0. */
  readonly level: number;
  readonly weight: number;
}

const INLINE = new Set(
  (
    'a abbr acronym b bdi bdo big br cite code data del dfn em font i ins kbd label mark math q ruby ' +
    's samp small span strike strong sub sup time tt u var wbr nobr'
  ).split(' '),
);
/** Between cells while a row is collected. */
const CELL = '\u0001';
const READINGS = new Set(['rt', 'rp']);
const LAYOUT_CONTENT = /^(?:h[1-6]|table|pre|ul|ol|dl|section|article)$/;

const isInline = ({ tagName }: Element) => INLINE.has(tagName) || tagName.includes('-');

/** A row of data is one line; in a table that lays out a page, cells are like any other element. */
function isDataRow(element: Element): boolean {
  if (element.tagName !== 'tr') return false;
  for (const { tagName } of elementsOf(element)) if (LAYOUT_CONTENT.test(tagName)) return false;
  return true;
}

interface Opened {
  readonly kind: BlockKind;
  readonly level: number;
  readonly anchor: string;
  /** Within it, other blocks do not begin anew. */
  readonly whole: boolean;
  readonly weight: number;
  readonly item: boolean;
}

const OUTSIDE: Opened = {
  kind: 'text',
  level: 0,
  anchor: '',
  whole: false,
  weight: 1,
  item: false,
};

function normalised(raw: string, kind: BlockKind): string {
  if (kind === 'code') return keepLines(raw);
  if (kind !== 'row') return collapse(raw);
  return raw.split(CELL).map(collapse).filter(Boolean).join(' | ');
}

/** Collects text; knows what the block is that the text belongs to. */
class BlockWriter {
  readonly blocks: Block[] = [];
  #pieces: string[] = [];
  #opened: Opened[] = [];
  #item = false;
  anchor = '';

  get #current(): Opened {
    return this.#opened.at(-1) ?? OUTSIDE;
  }

  get isWhole(): boolean {
    return this.#current.whole;
  }

  write(text: string): void {
    this.#pieces.push(text);
  }

  /** What is written from here on is a new block, unless it is within a whole one. */
  open(element: Element): void {
    const { whole, weight } = this.#current;
    if (whole) {
      const cell = element.tagName === 'td' || element.tagName === 'th';
      this.#separate(cell ? CELL : ' ');
      this.#opened.push({ ...this.#current, item: false });
      return;
    }
    this.flush();
    this.#item ||= element.tagName === 'li';
    this.#opened.push(this.#describe(element, weightOf(element) ?? weight));
  }

  close(): void {
    const closed = this.#opened.at(-1);
    const outer = this.#opened.at(-2);
    if (closed?.whole && outer?.whole) this.#separate(' ');
    else this.flush();
    // An item without words of its own gives its mark to nothing else.
    if (closed?.item) this.#item = false;
    this.#opened.pop();
  }

  /** Between elements within a whole block; lines of code are elements in some highlighters. */
  #separate(separator: string): void {
    if (this.#current.kind !== 'code') this.write(separator);
    else if (this.#pieces.length > 0 && !this.#pieces.at(-1)!.endsWith('\n')) this.write('\n');
  }

  flush(): void {
    const { kind, level, anchor, weight } = this.#current;
    const raw = this.#pieces.join('');
    this.#pieces = [];
    const text = normalised(raw, kind);
    if (text === '' || (kind !== 'code' && !hasWords(text))) return;
    const block = { text, level, weight, anchor: kind === 'heading' ? anchor : this.anchor };
    if (kind === 'text' && this.#item)
      this.blocks.push({ ...block, kind: 'item', text: `- ${text}` });
    else this.blocks.push({ ...block, kind });
    this.#item = false;
  }

  #describe(element: Element, weight: number): Opened {
    const block = { level: 0, anchor: '', weight, item: element.tagName === 'li' };
    const level = headingLevel(element);
    if (level > 0) {
      this.anchor = headingAnchor(element) ?? this.anchor;
      return { ...block, kind: 'heading', level, anchor: this.anchor, whole: true };
    }
    if (element.tagName === 'pre') return { ...block, kind: 'code', whole: true };
    if (isDataRow(element)) return { ...block, kind: 'row', whole: true };
    return { ...block, kind: 'text', whole: false };
  }
}

/** A step of the walk: a node to visit, or the end of an element. */
type Step = Node | 'close';

function visit(node: Node, writer: BlockWriter, wholeBody: boolean, steps: Step[]): void {
  if (isText(node)) return writer.write(node.value);
  if (!isElement(node)) return pushChildren(node, steps);
  const skip = ignored(node);
  if (skip === 'no') {
    const values = indexedAttributes(node);
    if (values.length > 0) writer.write(` ${values.join(' ')} `);
  }
  if (skip === 'no' && !writer.isWhole) writer.anchor = ownAnchor(node) ?? writer.anchor;
  if (skip !== 'no' || isDropped(node, wholeBody) || READINGS.has(node.tagName)) return;
  if (node.tagName === 'br' || node.tagName === 'wbr')
    return writer.write(node.tagName === 'br' ? '\n' : '');
  if (!isInline(node) || headingLevel(node) > 0) {
    writer.open(node);
    steps.push('close');
  }
  pushChildren(node, steps);
}

function pushChildren(node: Node, steps: Step[]): void {
  const children = childrenOf(node);
  for (let i = children.length - 1; i >= 0; i--) steps.push(children[i]!);
}

/** `wholeBody`: no main content is marked, so landmarks around it are left out. */
export function readBlocks(roots: readonly Element[], wholeBody: boolean): Block[] {
  const writer = new BlockWriter();
  for (const root of roots) {
    const steps: Step[] = [root];
    for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
      if (step === 'close') writer.close();
      else visit(step, writer, wholeBody, steps);
    }
    writer.flush();
  }
  return writer.blocks;
}

/** All visible text of an element, on one line. */
export function textOf(element: Element): string {
  const pieces: string[] = [];
  const waiting: Node[] = [...childrenOf(element)].reverse();
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (isText(node)) pieces.push(node.value);
    else if (!isElement(node) || !isDropped(node, false)) {
      if (isElement(node) && !isInline(node)) pieces.push(' ');
      pushChildren(node, waiting as Step[]);
    }
  }
  return collapse(pieces.join(''));
}
