// SPDX-License-Identifier: Apache-2.0
import type { MayflyDocument } from 'mayfly';

/** What the build wrote about a passage. */
export interface PassageInfo {
  title: string;
  heading: string;
  section: string;
  url: string;
  /** Where the passage's own words begin in its text; title and heading stand before. */
  begin: number;
}

export type Passage = MayflyDocument<PassageInfo>;

export interface Corpus {
  title: string;
  pages: number;
  passages: Passage[];
}

export async function loadCorpus(url: URL): Promise<Corpus> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`the handbook's text is missing (status ${response.status})`);
  return (await response.json()) as Corpus;
}
