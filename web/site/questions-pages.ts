// SPDX-License-Identifier: Apache-2.0
// Which pages of the corpus the addresses of questions mean.
import { closestMatch } from 'leven';
import type { CorpusDocument } from '../corpus/reader.js';
import { SiteError } from './errors.js';
import { addressKey } from './page-address.js';
import type { Address, Question } from './questions-file.js';

/** Mistakes named in one error; there may be as many as questions. */
const MOST_NAMED = 10;

interface KnownPage {
  readonly url: string;
  readonly language: string;
  readonly anchors: Set<string>;
}

export interface Target {
  readonly page: string;
  readonly anchor: string | undefined;
}

export interface PlacedQuestion extends Question {
  readonly targets: readonly Target[];
  /** Of the page of its first address. */
  readonly language: string;
}

/** Finds pages by any spelling of their address; see `addressKey`. */
class PageTable {
  readonly #byUrl = new Map<string, KnownPage>();
  readonly #byKey = new Map<string, KnownPage>();

  constructor(documents: readonly CorpusDocument[]) {
    for (const { metadata } of documents) {
      const { url, language, anchor } = metadata as NonNullable<typeof metadata>;
      const page = this.#byUrl.get(url) ?? { url, language, anchors: new Set() };
      this.#byUrl.set(url, page);
      if (!this.#byKey.has(addressKey(url))) this.#byKey.set(addressKey(url), page);
      if (anchor) page.anchors.add(anchor);
    }
  }

  find(address: string): KnownPage | undefined {
    return this.#byUrl.get(address) ?? this.#byKey.get(addressKey(address));
  }

  nearest(address: string): string | undefined {
    return closestMatch(address, [...this.#byUrl.keys()]);
  }
}

function mistakeOf({ written, anchor }: Address, page: KnownPage | undefined, table: PageTable) {
  if (!page) {
    const nearest = table.nearest(written.split('#')[0] as string);
    return `"${written}" is no page of the corpus; the nearest is "${nearest}"`;
  }
  if (anchor === undefined || page.anchors.has(anchor)) return undefined;
  const nearest = closestMatch(anchor, [...page.anchors]);
  const hint = nearest === undefined ? 'it has none' : `the nearest is "#${nearest}"`;
  return `no text stands under "#${anchor}" of "${page.url}"; ${hint}`;
}

/** `baseUrl`: where pages are; addresses may begin with it. Error: `invalid-questions`. */
export function placeQuestions(
  questions: readonly Question[],
  documents: readonly CorpusDocument[],
  baseUrl: string | undefined,
  name: string,
): PlacedQuestion[] {
  const table = new PageTable(documents);
  const relative = (page: string) =>
    baseUrl !== undefined && page.startsWith(baseUrl) ? page.slice(baseUrl.length) : page;
  const mistakes: string[] = [];
  const placed = questions.map((question) => {
    const pages = question.addresses.map((address) => {
      const page = table.find(relative(address.page));
      const mistake = mistakeOf(address, page, table);
      if (mistake !== undefined) mistakes.push(`${name}:${question.line}: ${mistake}`);
      return { page: page?.url ?? '', anchor: address.anchor, language: page?.language ?? 'und' };
    });
    return { ...question, targets: pages, language: pages[0]?.language ?? 'und' };
  });
  if (mistakes.length === 0) return placed;
  const more = mistakes.length - MOST_NAMED;
  const named = mistakes.slice(0, MOST_NAMED).join('\n  ');
  throw new SiteError('invalid-questions', `${named}${more > 0 ? `\n  and ${more} more` : ''}`);
}
