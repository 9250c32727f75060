// SPDX-License-Identifier: Apache-2.0
// The query in the page's address, where the site asks for it: `url-param="q"`.

export function readQuery(param: string): string {
  return new URL(location.href).searchParams.get(param) ?? '';
}

/** Without a new entry in the history: going back leaves the page, not the search. */
export function writeQuery(param: string, query: string): void {
  const url = new URL(location.href);
  if ((url.searchParams.get(param) ?? '') === query) return;
  if (query === '') url.searchParams.delete(param);
  else url.searchParams.set(param, query);
  history.replaceState(history.state, '', url);
}
