// SPDX-License-Identifier: Apache-2.0
// What custom-elements.json and docs/widget.md say of the elements is what the source has.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { MayflySearch, MayflySearchModal } from '../../web/widget/index.js';
import { BOX_PARTS } from '../../web/widget/shell.js';
import { repositoryFile } from './repository.js';

interface Named {
  name: string;
}
interface Declaration extends Named {
  tagName: string;
  attributes: Named[];
  events: Named[];
  slots: Named[];
  cssProperties: Named[];
  cssParts: Named[];
}

const read = (path: string) => readFileSync(repositoryFile(path), 'utf8');
const manifest = JSON.parse(read('web/custom-elements.json')) as {
  modules: { declarations: Declaration[] }[];
};
const [box, modal] = manifest.modules[0]!.declarations as [Declaration, Declaration];
const names = (list: Named[]) => list.map(({ name }) => name).sort();
const sources = readdirSync(repositoryFile('web/widget'))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, text: read(`web/widget/${file}`) }));
const found = (pattern: RegExp, files = /./) => {
  const texts = sources.filter(({ file }) => files.test(file)).map(({ text }) => text);
  return new Set(texts.flatMap((text) => [...text.matchAll(pattern)].map((match) => match[1]!)));
};

test('attributes are those that are observed, and theme, which the style sheet reads', () => {
  assert.deepEqual(names(box.attributes), [...MayflySearch.observedAttributes, 'theme'].sort());
  assert.deepEqual(names(modal.attributes), [...MayflySearchModal.observedAttributes].sort());
});

test('parts are those that the source sets, and the modal exports the parts of the box', () => {
  assert.deepEqual(names(box.cssParts), [...BOX_PARTS].sort());
  const more = names(modal.cssParts).filter(
    (name) => !(BOX_PARTS as readonly string[]).includes(name),
  );
  assert.deepEqual(more, ['close', 'dialog', 'trigger']);
  const set = found(/(?:\bpart: |\bpart\.add\(|\bbutton\()'([a-z -]+)'/g);
  for (const part of set)
    for (const one of part.split(' ')) assert.ok(names(modal.cssParts).includes(one), one);
});

test('custom properties are those that the style sheets read', () => {
  const read = found(/var\((--mayfly-[a-z-]+)/g);
  for (const [, color] of sources
    .find(({ file }) => file === 'theme.ts')!
    .text.matchAll(/^ {2,4}\[?\s*'([a-z-]+)',(?: '#|$)/gm)) {
    read.add(`--mayfly-${color}`);
  }
  assert.ok(read.has('--mayfly-accent') && read.has('--mayfly-shadow'));
  const known = new Set([...names(box.cssProperties), ...names(modal.cssProperties)]);
  assert.deepEqual([...known].sort(), [...read].sort());
});

test('events and slots are those of the source', () => {
  const emitted = found(/emit\(\s*[\w.#]+,\s*'(mayfly-[a-z]+)'/g);
  assert.deepEqual(names(box.events), [...emitted].sort());
  assert.deepEqual(names(modal.events), names(box.events));
  const slots = found(/make\('slot', \{ name: '([a-z]+)'/g);
  slots.add('result');
  const declared = new Set([...names(box.slots), ...names(modal.slots)].filter(Boolean));
  assert.deepEqual([...declared].sort(), [...slots].sort());
});

test('the documentation names all of it', () => {
  const text = read('docs/widget.md');
  for (const declaration of [box, modal]) {
    const { attributes, events, slots, cssProperties, cssParts } = declaration;
    for (const { name } of [attributes, events, slots, cssProperties, cssParts].flat()) {
      if (name) assert.ok(text.includes(`\`${name}\``), `${declaration.tagName}: ${name}`);
    }
  }
});
