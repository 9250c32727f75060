// SPDX-License-Identifier: Apache-2.0
// mayfly.min.js as a classic script of another folder than the page, beside what `mayfly site` wrote.
import assert from 'node:assert/strict';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { assertAnswer } from './bundled-pages.mjs';
import { answerOf, openPage } from './chromium.mjs';
import { installedPackage, readme } from './installed-package.mjs';
import { serveFolder, STRICT } from './served-folder.mjs';

/** What the single file needs otherwise than the package of several files: its worker is a Blob. */
const BLOB_WORKERS = 'worker-src blob:';
const policyOfSingleFile = { ...STRICT, 'worker-src': 'blob:' };

const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Single file</title>
<link rel="icon" href="/icon.svg"><script src="../../mayfly/mayfly.min.js"></script>
<script src="use.js" defer></script><mayfly-search></mayfly-search><output></output></html>`;

/** The answer of the bundlers' app, by the global instead of imports. */
const useOf = (answer) => `${answer.replace('export function', 'function')}
showAnswer(mayfly.Mayfly, { staticModel: '/mayfly/models/minilm-static.json' });
`;

let making;
async function site() {
  const { project, folder } = await installedPackage();
  const out = join(project, 'out/single-file');
  await cp(join(project, 'public'), out, { recursive: true });
  await cp(join(folder, 'dist/mayfly.min.js'), join(out, 'mayfly/mayfly.min.js'));
  await mkdir(join(out, 'guide/deep'));
  const answer = await readFile(join(project, 'src/answer.js'), 'utf8');
  await writeFile(join(out, 'guide/deep/use.js'), useOf(answer));
  await writeFile(join(out, 'guide/deep/index.html'), PAGE);
  return out;
}
const open = async (t, policy) =>
  openPage(t, `${await serveFolder(t, await (making ??= site()), policy)}guide/deep/`);

const cases = [
  ['under a strict policy', policyOfSingleFile],
  ['without any policy', null],
];
for (const [where, policy] of cases) {
  test(`the single file answers from another folder ${where}`, async (t) => {
    const { page, problems, requests } = await open(t, policy);
    assertAnswer(await answerOf(page));
    assert.deepEqual(requests.filter((path) => /\.(?:js|wasm)$/.test(path)).sort(), [
      '/guide/deep/use.js',
      '/mayfly/mayfly.min.js',
    ]);
    assert.deepEqual(problems, []);
  });
}

test('the element of the single file finds the site that lies beside the script', async (t) => {
  const { page, problems } = await open(t, policyOfSingleFile);
  await page.getByRole('combobox').fill('time off for a new baby');
  const option = page.getByRole('option').first();
  await option.waitFor({ timeout: 60_000 });
  assert.match(await option.textContent(), /Leave/);
  assert.deepEqual(problems, []);
});

test('where the policy forbids its worker the single file says so by code', async (t) => {
  const { page } = await open(t, STRICT);
  const { error, code } = await answerOf(page);
  assert.equal(code, 'engine-unavailable');
  assert.match(error, /worker-src/);
  const isTyped = await page.evaluate(() =>
    globalThis.mayfly.Mayfly.create({ model: null }).catch(
      (reason) => reason instanceof globalThis.mayfly.MayflyError,
    ),
  );
  assert.equal(isTyped, true);
});

test('the README has the policy of the single file', async () => {
  assert.ok((await readme()).includes(BLOB_WORKERS));
});
