// SPDX-License-Identifier: Apache-2.0
// Compiles against the types of the installed package, which are checked as well.
import { fuse, Mayfly, MayflyError, type SearchResult } from 'mayfly';
import { CorpusError, openCorpus } from 'mayfly/corpus';
import minilm from 'mayfly/minilm';
import { MayflySearch, type MayflyEventMap } from 'mayfly/widget';

interface Place {
  url: string;
}

export async function search(query: string): Promise<SearchResult<Place>[]> {
  using engine = await Mayfly.create({ model: minilm, staticModel: '/static.json' });
  const pages = engine.collection<Place>();
  await pages.add([{ id: 'a', text: 'b', metadata: { url: '/' } }]);
  const { results } = await pages.search(query, { filter: { url: '/' } });
  return fuse([results]);
}

export const load = async () => (await openCorpus('/corpus/manifest.json')).base;
export const isKnown = (error: unknown) =>
  error instanceof MayflyError || error instanceof CorpusError;
export const elements = [MayflySearch];
export type Detail = MayflyEventMap['mayfly-select']['detail'];

// @ts-expect-error a number is not a model
export const wrong = () => Mayfly.create({ model: 5 });
