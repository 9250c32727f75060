// SPDX-License-Identifier: Apache-2.0
import type { MayflyDocument } from 'mayfly';

/** What the values of one filter may be, e.g. `{ section: ['Guides'], language: 'en' }`. */
export type PassageFilters = Readonly<Record<string, string | readonly string[]>>;

/** What the widget needs to know of a passage besides its text. */
export interface PassageMetadata {
  /** The same for all passages of a page; results are grouped by it. */
  readonly page: string;
  /** Address of the page, relative to `CorpusSource.base` or absolute. */
  readonly url: string;
  /** Of the heading above the passage: the part of the address after `#`. */
  readonly anchor?: string | undefined;
  /** By which visitors may narrow the results. */
  readonly filters?: PassageFilters | undefined;
  /** Anything else that a result template may want to show. */
  readonly [key: string]: unknown;
}

export type Passage = MayflyDocument<PassageMetadata>;

/** A site's text, in the order of use. */
export interface CorpusSource {
  /** Passages in all, for progress; undefined where it is not known. */
  readonly size: number | undefined;
  /** What addresses are relative to. */
  readonly base: string;
  /** Models that lie beside the corpus; undefined for the package's own, null for none. */
  readonly model?: string | null | undefined;
  readonly staticModel?: string | null | undefined;
  /** Passages as they arrive. */
  chunks(signal: AbortSignal): AsyncIterable<readonly Passage[]>;
}
