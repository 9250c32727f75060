// SPDX-License-Identifier: Apache-2.0
// The recipes of docs/recipes: where each one's build leaves the site, and how its search is opened.
export interface Recipe {
  /** Folder in docs/recipes. */
  readonly name: string;
  /** What its build writes, and `mayfly site` reads. */
  readonly publicDir: string;
  readonly element: 'mayfly-search' | 'mayfly-search-modal';
  /** Of the page that answers the question of the test, from the site's root. */
  readonly answer: string;
}

const answer = 'tools.html';

export const RECIPES: readonly Recipe[] = [
  { name: 'plain-html', publicDir: 'public', element: 'mayfly-search', answer },
  { name: 'starlight', publicDir: 'dist', element: 'mayfly-search-modal', answer: 'tools/' },
  { name: 'vitepress', publicDir: '.vitepress/dist', element: 'mayfly-search-modal', answer },
  { name: 'hugo', publicDir: 'public', element: 'mayfly-search', answer: 'tools/' },
  { name: 'beside-pagefind', publicDir: 'public', element: 'mayfly-search', answer },
];
