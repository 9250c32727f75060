// SPDX-License-Identifier: Apache-2.0
import { LANGUAGES, type MessageKey, type Plurals, type Texts } from './languages/languages.js';

type Values = Readonly<Record<string, string | number>>;

/** Languages written from right to left, of those that are here and some that a page may be in. */
const RIGHT_TO_LEFT: ReadonlySet<string> = new Set([
  'ar',
  'fa',
  'he',
  'ur',
  'ps',
  'sd',
  'ug',
  'yi',
]);

/** The widget's words in one language, with its numbers and plurals. */
export class Messages {
  /** A BCP 47 tag that Intl knows. */
  readonly language: string;
  readonly #texts: Texts;

  /** The first of the tags that there is a translation for; English otherwise. */
  constructor(tags: readonly (string | null | undefined)[]) {
    const known = tags.filter((tag): tag is string => !!tag).map(canonical);
    const found = known.find((tag) => tag !== undefined && primary(tag) in LANGUAGES) ?? 'en';
    this.language = found;
    this.#texts = LANGUAGES[primary(found) as keyof typeof LANGUAGES];
  }

  get direction(): 'ltr' | 'rtl' {
    return RIGHT_TO_LEFT.has(primary(this.language)) ? 'rtl' : 'ltr';
  }

  /** Numbers are written as the language does; names in braces are replaced by values. */
  text(key: MessageKey, values: Values = {}): string {
    return this.#fill(this.#texts[key], values);
  }

  /** "1 result", "12 results". */
  results(count: number): string {
    const plurals: Plurals = this.#texts.results;
    const form = new Intl.PluralRules(this.language).select(count);
    return this.#fill(plurals[form] ?? plurals.other, { n: count });
  }

  /** Of 0 to 1. Rounded down: 100 % is all. */
  percent(part: number): string {
    const whole = Math.floor(part * 100) / 100;
    return new Intl.NumberFormat(this.language, { style: 'percent' }).format(whole);
  }

  number(value: number, digits = 0): string {
    return new Intl.NumberFormat(this.language, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }).format(value);
  }

  #fill(template: string, values: Values): string {
    return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name];
      if (value === undefined) return whole;
      return typeof value === 'number' ? this.number(value) : value;
    });
  }
}

function canonical(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}

function primary(tag: string): string {
  return tag.split('-', 1)[0]!.toLowerCase();
}
