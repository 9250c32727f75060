// SPDX-License-Identifier: Apache-2.0
// TypeScript in the documents is right by the types that the package ships. tests/browser/guide.test.ts
// runs it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { codeBlocks } from '../documents/code-blocks.js';
import { repositoryFile } from './repository.js';

const DOCUMENTS = ['docs/guide.md', 'README.md', 'web/README.md', 'docs/site.md'];
const read = (path: string) => readFileSync(repositoryFile(path), 'utf8');

/** What the compiler says of the blocks, by the types in web/dist, as strict as the package itself. */
function complaints(t: TestContext, markdown: string): string {
  const folder = repositoryFile(`web/node_modules/.cache/mayfly-documents/${process.pid}`);
  mkdirSync(folder, { recursive: true });
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const blocks = codeBlocks(markdown);
  assert.notEqual(blocks.length, 0, 'there are blocks');
  blocks.forEach(({ module }, i) => writeFileSync(join(folder, `block-${i}.ts`), module));
  const dist = repositoryFile('web/dist');
  const config = {
    extends: repositoryFile('web/tsconfig.json'),
    compilerOptions: {
      noUnusedLocals: false,
      paths: {
        mayfly: [`${dist}/types/client/index.d.ts`],
        'mayfly/corpus': [`${dist}/types/corpus/reader.d.ts`],
      },
    },
    include: [],
    files: [
      repositoryFile('tests/documents/ambient.d.ts'),
      ...blocks.map((_, i) => `block-${i}.ts`),
    ],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const compiler = repositoryFile('web/node_modules/typescript/bin/tsc');
  const { stdout } = spawnSync(process.execPath, [compiler, '-p', folder], { encoding: 'utf8' });
  return stdout.replace(/block-(\d+)\.ts/g, (name, i) => `${name}, line ${blocks[i]?.line}`);
}

for (const document of DOCUMENTS) {
  test(`the compiler accepts every TypeScript block of ${document}`, (t) => {
    assert.equal(complaints(t, read(document)), '');
  });
}

test('a block with a wrong name is refused, also where it uses an earlier block', (t) => {
  const first =
    "```ts\nimport { Mayfly } from 'mayfly';\nconst engine = await Mayfly.create();\n```\n";
  assert.equal(complaints(t, first), '');
  assert.match(complaints(t, `${first}\n\`\`\`ts\nengine.serach();\n\`\`\`\n`), /line 7.*serach/);
  assert.match(complaints(t, "```ts\nimport { Mayfyl } from 'mayfly';\n```\n"), /Mayfyl/);
});

test('every block of the guide that can run is run', () => {
  const blocks = codeBlocks(read('docs/guide.md'));
  assert.ok(blocks.filter(({ runs }) => runs).length > blocks.length / 2);
  for (const { runs, prints, line } of blocks) {
    assert.ok(runs || prints.length === 0, `line ${line} says what it prints, but is not run`);
  }
});
