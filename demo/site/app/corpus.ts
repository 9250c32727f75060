// SPDX-License-Identifier: Apache-2.0
import type { MayflyDocument } from 'mayfly';

/** What the build wrote about a passage. */
export interface PassageInfo {
  page: string;
  section: string;
  url: string;
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
