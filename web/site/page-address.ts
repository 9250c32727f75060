// SPDX-License-Identifier: Apache-2.0
// Where a file is on the site, and which page it says it is.

/** Relative to the site's root: `guide/` for guide/index.html, `./` for the root's own page. */
export function addressOf(path: string): string {
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  return encoded.replace(/(^|\/)index\.x?html?$/i, '$1') || './';
}

/** The same for all spellings of an address: with or without slash, index.html, .html. */
export function addressKey(address: string): string {
  let path = address;
  try {
    path = decodeURIComponent(address);
  } catch {
    // Not an encoded address; as it is written then.
  }
  return path
    .replace(/^\.?\/+/, '')
    .replace(/(^|\/)index\.x?html?$/i, '$1')
    .replace(/\.x?html?$/i, '')
    .replace(/\/+$/, '');
}

/** `self`: its own. `page`: a copy of that one of the site. `elsewhere`: a copy of a page that is not here. */
export type Canonical =
  | { readonly kind: 'self'; readonly address: string }
  | { readonly kind: 'page'; readonly key: string }
  | { readonly kind: 'elsewhere' };

/** Without .html, or with a slash, as the canonical address has it: that is how the host serves it. */
function spelled(address: string, canonicalPath: string): string {
  if (address.endsWith('/')) return address;
  const bare = address.replace(/\.x?html?$/i, '');
  if (canonicalPath.endsWith('/')) return `${bare}/`;
  return /\.x?html?$/i.test(canonicalPath) ? address : bare;
}

/**
 * `keys`: of all pages. A canonical address names the host where the site will be, and perhaps a folder
 * in which the site will lie, so that pages are recognised by how its path ends.
 */
export function resolveCanonical(
  address: string,
  canonical: string | undefined,
  keys: ReadonlySet<string>,
): Canonical {
  const self = { kind: 'self', address } as const;
  if (!canonical) return self;
  let path: string;
  try {
    path = new URL(canonical, `http://site.invalid/${address}`).pathname;
  } catch {
    return self;
  }
  const own = addressKey(address);
  const key = addressKey(path);
  const parts = key.split('/');
  // The longest end of the path that is a page; the root's own would be found in any folder.
  const ends = parts.map((_, from) => parts.slice(from).join('/'));
  const found = ends.find((end) => end !== '' && keys.has(end));
  if (found === own) return { kind: 'self', address: spelled(address, path) };
  if (found !== undefined) return { kind: 'page', key: found };
  if (own === '') return self;
  return key === '' && keys.has('') ? { kind: 'page', key: '' } : { kind: 'elsewhere' };
}
