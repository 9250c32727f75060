// SPDX-License-Identifier: Apache-2.0

type Attributes = Readonly<Record<string, string | boolean | undefined>>;

/**
 * An element with attributes and content. Strings become text nodes, never HTML; `true` is an empty
 * attribute, `false` and `undefined` none.
 */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...content: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === undefined) continue;
    made.setAttribute(name, value === true ? '' : value);
  }
  made.append(...content);
  return made;
}

const SVG = 'http://www.w3.org/2000/svg';

const ICONS = {
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM15.3 15.3 20 20',
  clear: 'M6.5 6.5l11 11M17.5 6.5l-11 11',
  better: 'M12 19V5M6 11l6-6 6 6',
} as const;

/** A line drawing in the colour of the text, unseen by screen readers. */
export function icon(name: keyof typeof ICONS): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', 'icon');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  return svg;
}
