// SPDX-License-Identifier: Apache-2.0
// What is not a page's content, whoever marked it up.
import { isMarkedBody } from './annotations.js';
import { attribute, elementsOf, hasClass, isText, isWithin, type Element } from './elements.js';
import { hasWords } from './visible-text.js';

/** Never text that a reader reads: programs, controls, pictures, other documents. */
const NEVER_TEXT = new Set(
  (
    'script style template noscript head title link meta base ' +
    'button input select textarea option datalist output progress meter ' +
    'svg canvas img picture video audio source track object embed iframe frame frameset noframes ' +
    'map area param applet'
  ).split(' '),
);
const SECTIONING = new Set(['main', 'article', 'section', 'aside', 'nav']);
const DROPPED_ROLES = new Set([
  'navigation',
  'search',
  'menu',
  'menubar',
  'toolbar',
  'tablist',
  'alertdialog',
  'dialog',
]);
/** As landmarks: only where the page says nowhere what its main content is. */
const OUTER_ROLES = new Set(['banner', 'contentinfo', 'complementary']);
/** Numbers of lines beside code, as the usual highlighters write them. */
const LINE_NUMBERS =
  /^(?:linenos?|lineno|line-?numbers?|line-numbers-rows|rouge-gutter|gutter|gl)$/i;

const PERMALINK =
  /^(?:headerlink|(?:header|heading)-anchor|hash-link|(?:sl-)?anchor-link|anchorjs-link|permalink)$/;

function isHidden(element: Element): boolean {
  const hidden = attribute(element, 'hidden');
  // `until-found` is there to be found.
  if (hidden !== undefined && hidden.toLowerCase() !== 'until-found') return true;
  if (attribute(element, 'aria-hidden')?.toLowerCase() === 'true') return true;
  if (element.tagName === 'dialog' && attribute(element, 'open') === undefined) return true;
  const style = attribute(element, 'style');
  return style !== undefined && /(?:display\s*:\s*none|visibility\s*:\s*hidden)/i.test(style);
}

/** Some systems wrap the whole page in a form: then only its controls are dropped. */
function wrapsContent(form: Element): boolean {
  for (const { tagName } of elementsOf(form)) {
    if (/^(?:h[1-6]|main|article)$/.test(tagName)) return true;
  }
  return false;
}

/** The link to a heading that generators write into it: a sign, or nothing that is seen. */
function isPermalink(element: Element): boolean {
  if (element.tagName !== 'a') return false;
  const href = attribute(element, 'href') ?? '';
  if (href.includes('#') && hasClass(element, PERMALINK)) return true;
  return (
    href.startsWith('#') && element.childNodes.every((one) => isText(one) && !hasWords(one.value))
  );
}

function isOuterLandmark(element: Element): boolean {
  const { tagName } = element;
  if (OUTER_ROLES.has(attribute(element, 'role') ?? '')) return true;
  if (tagName !== 'header' && tagName !== 'footer' && tagName !== 'aside') return false;
  // Within an article it is that article's own.
  return !isWithin(element, (ancestor) => SECTIONING.has(ancestor.tagName));
}

/** `wholeBody`: the page marks no main content. A root that was marked is never dropped itself. */
export function isDropped(element: Element, wholeBody: boolean): boolean {
  const { tagName } = element;
  if (NEVER_TEXT.has(tagName) || isHidden(element)) return true;
  if (isMarkedBody(element)) return false;
  const role = attribute(element, 'role')?.toLowerCase();
  if (tagName === 'nav' || tagName === 'menu' || tagName === 'search') return true;
  if (role !== undefined && DROPPED_ROLES.has(role)) return true;
  if (tagName === 'form') return !wrapsContent(element);
  if (tagName === 'annotation' || tagName === 'annotation-xml') return true;
  if (isPermalink(element) || hasClass(element, LINE_NUMBERS)) return true;
  return wholeBody && isOuterLandmark(element);
}
