// SPDX-License-Identifier: Apache-2.0

/** By category of Intl.PluralRules. */
export type Plurals = { readonly other: string } & {
  readonly [category in Intl.LDMLPluralRule]?: string;
};

/** Every other language has these keys and placeholders; a test holds it to them. */
export const en = {
  label: 'Search',
  placeholder: 'Search this site',
  clear: 'Clear',
  close: 'Close',
  start: 'Search by words or by meaning.',
  searching: 'Searching…',
  list: 'Search results',
  results: { one: '{n} result', other: '{n} results' } as Plurals,
  nothing: 'Nothing found for “{query}”',
  nothingHint: 'Try other words, or fewer filters.',
  more: 'Show more results',
  better: 'Show better results',
  why: 'Why these results',
  words: 'Words',
  wordScore: 'word score {score}',
  noWords: 'none of the words',
  meaning: 'meaning {score}',
  quickMeaning: 'quick meaning {score}',
  loadingText: 'Loading text: {percent}',
  loadingModel: 'Loading language model: {loaded} of {total} MB',
  wordsOnly: 'Searching by words only',
  understood: '{percent} understood',
  complete: 'Everything understood',
  failed: 'The search could not be loaded.',
  failedSearch: 'This search did not succeed.',
  retry: 'Try again',
};

export type Texts = typeof en;

export type MessageKey = Exclude<keyof Texts, 'results'>;
