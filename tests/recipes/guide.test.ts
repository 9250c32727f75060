// SPDX-License-Identifier: Apache-2.0
// The guide of docs/recipes says what the recipes' files really hold.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { repositoryFile } from '../node/repository.js';
import { RECIPES } from './recipes.js';

const guide = readFileSync(repositoryFile('docs/recipes/README.md'), 'utf8');
const readJson = (path: string) => JSON.parse(readFileSync(repositoryFile(path), 'utf8'));

interface Quotation {
  readonly file: string;
  readonly block: string;
}

/** Of a recipe's section each code block, with the file named last before it. */
function quotations(recipe: string): Quotation[] {
  const section = guide.split(/^## /m).find((text) => text.startsWith(`${recipe}\n`)) ?? '';
  const found: Quotation[] = [];
  let file = '';
  for (const [, named, block] of section.matchAll(/^In .*?`([^`]+\.\w+)`|^```\w+\n(.*?)^```/gms)) {
    if (named) file = named;
    else if (block) found.push({ file, block });
  }
  return found;
}

/** As it is compared: indentation depends on where a line stands. */
const unindented = (text: string) => text.replace(/^[ \t]+/gm, '');

for (const { name } of RECIPES) {
  test(`what the guide quotes of ${name} stands in its files`, () => {
    const quoted = quotations(name);
    assert.ok(quoted.length >= 3, `${quoted.length} blocks of code`);
    for (const { file, block } of quoted) {
      const text = readFileSync(repositoryFile(`docs/recipes/${name}/${file}`), 'utf8');
      assert.ok(unindented(text).includes(unindented(block).trimEnd()), `${file}: ${block}`);
    }
  });

  test(`${name} names the versions that it is tested with`, () => {
    const { version } = readJson('web/package.json');
    const installed = {
      ...readJson('tests/recipes/package.json').devDependencies,
      mayfly: version,
    };
    const wanted = readJson(`docs/recipes/${name}/package.json`).devDependencies;
    for (const [dependency, wish] of Object.entries(wanted)) {
      assert.equal(wish, installed[dependency], dependency);
    }
  });
}

test('every recipe is tested and in the guide', () => {
  const folders = readdirSync(repositoryFile('docs/recipes'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  const tested = RECIPES.map(({ name }) => name);
  assert.deepEqual(folders.sort(), [...tested].sort());
  for (const name of folders)
    assert.match(guide, new RegExp(`^\\| \\[${name}\\]\\(${name}\\)`, 'm'));
});
