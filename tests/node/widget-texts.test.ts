// SPDX-License-Identifier: Apache-2.0
// The widget's languages: complete, with the placeholders and plurals that they need.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LANGUAGES, type MessageKey, type Plurals } from '../../web/widget/languages/languages.js';
import { Messages } from '../../web/widget/messages.js';

const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();

test('twelve languages have every text, with the placeholders of the English one', () => {
  assert.equal(Object.keys(LANGUAGES).length, 12);
  for (const [language, texts] of Object.entries(LANGUAGES)) {
    assert.deepEqual(Object.keys(texts).sort(), Object.keys(LANGUAGES.en).sort(), language);
    for (const key of Object.keys(texts) as (MessageKey | 'results')[]) {
      if (key === 'results') continue;
      assert.notEqual(texts[key].trim(), '', `${language} ${key}`);
      const wanted = placeholders(LANGUAGES.en[key]);
      assert.deepEqual(placeholders(texts[key]), wanted, `${language} ${key}`);
    }
  }
});

test('every plural that Intl asks for is there', () => {
  for (const [language, { results }] of Object.entries(LANGUAGES)) {
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
    for (const category of pluralCategories) {
      assert.ok((results as Plurals)[category], `${language} ${category}`);
    }
  }
});

test('the first language that is known is taken, with its region for numbers', () => {
  assert.equal(new Messages(['xx', 'de-AT', 'fr']).language, 'de-AT');
  assert.equal(new Messages([null, undefined, 'not a tag!', '']).text('label'), 'Search');
  assert.equal(new Messages(['ZH-hant-TW']).text('label'), '搜索');
});

test('numbers are counted as the language does', () => {
  const counted = (language: string) =>
    [0, 1, 2, 5, 1234].map((count) => new Messages([language]).results(count));
  assert.deepEqual(counted('en'), [
    '0 results',
    '1 result',
    '2 results',
    '5 results',
    '1,234 results',
  ]);
  assert.deepEqual(counted('pl').slice(1, 4), ['1 wynik', '2 wyniki', '5 wyników']);
  assert.deepEqual(counted('ru').slice(1, 4), ['1 результат', '2 результата', '5 результатов']);
  assert.equal(new Messages(['de']).results(1234), '1.234 Ergebnisse');
});

test('a part is rounded down, so that 100 % is all', () => {
  assert.equal(new Messages(['en']).percent(0.999), '99%');
  assert.equal(new Messages(['en']).percent(1), '100%');
});

test('values are set as they are, even when they look like placeholders', () => {
  assert.equal(
    new Messages(['en']).text('nothing', { query: '{total} $&' }),
    'Nothing found for “{total} $&”',
  );
});
