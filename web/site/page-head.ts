// SPDX-License-Identifier: Apache-2.0
// What a page says about itself.
import { attribute, elementsOf, type Document, type Element } from './elements.js';
import { collapse } from './visible-text.js';

export interface PageHead {
  /** BCP 47 in its canonical spelling, or undefined. */
  readonly language?: string;
  readonly rightToLeft: boolean;
  readonly noindex: boolean;
  /** The page does nothing but send its visitors on. */
  readonly redirects: boolean;
  readonly canonical?: string;
  readonly title: string;
}

function canonicalLanguage(tag: string | undefined): string | undefined {
  try {
    return tag ? Intl.getCanonicalLocales(tag.trim().replace(/_/g, '-'))[0] : undefined;
  } catch {
    return undefined;
  }
}

const equals = (value: string | undefined, wish: string) => value?.trim().toLowerCase() === wish;

function forbidsIndexing(meta: Element): boolean {
  if (!equals(attribute(meta, 'name'), 'robots')) return false;
  return /(?:^|[\s,])(?:noindex|none)(?:$|[\s,])/i.test(attribute(meta, 'content') ?? '');
}

function sendsOn(meta: Element): boolean {
  const refresh = equals(attribute(meta, 'http-equiv'), 'refresh');
  return refresh && /^\s*0*(?:\.0*)?\s*[;,]\s*url\s*=/i.test(attribute(meta, 'content') ?? '');
}

export function readHead(document: Document, textOf: (element: Element) => string): PageHead {
  let language: string | undefined;
  let canonical: string | undefined;
  let title: string | undefined;
  let direction: string | undefined;
  let noindex = false;
  let redirects = false;
  // The tags count where they are, since one wrong tag makes the parser end the head early.
  for (const element of elementsOf(document, (one) => one.namespaceURI.endsWith('/xhtml'))) {
    const { tagName } = element;
    if (tagName === 'html') {
      language = canonicalLanguage(attribute(element, 'lang') ?? attribute(element, 'xml:lang'));
    }
    if (tagName === 'html' || tagName === 'body') direction ??= attribute(element, 'dir');
    if (tagName === 'title') title ??= collapse(textOf(element));
    if (tagName === 'meta') {
      noindex ||= forbidsIndexing(element);
      redirects ||= sendsOn(element);
    }
    if (tagName === 'link' && /(?:^|\s)canonical(?:\s|$)/i.test(attribute(element, 'rel') ?? '')) {
      canonical ??= attribute(element, 'href')?.trim();
    }
  }
  return {
    ...(language ? { language } : {}),
    ...(canonical ? { canonical } : {}),
    rightToLeft: equals(direction, 'rtl'),
    noindex,
    redirects,
    title: title ?? '',
  };
}
