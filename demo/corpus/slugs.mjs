// SPDX-License-Identifier: Apache-2.0

/** Anchors of one page's headings, in the way that GitHub and most site generators make them. */
export function makeSlugger() {
  const used = new Map();
  return (heading) => {
    const slug =
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replace(/\s+/g, '-') || 'section';
    const count = used.get(slug) ?? 0;
    used.set(slug, count + 1);
    return count === 0 ? slug : `${slug}-${count}`;
  };
}
