// SPDX-License-Identifier: Apache-2.0
// Apps that bundlers have built from the installed package, in a browser under a strict policy.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import test from 'node:test';
import { createServer } from 'vite';
import { buildElsewhere, buildWith, bundlers } from './bundlers.mjs';
import { answerOf, openPage } from './chromium.mjs';
import { installedPackage, readme } from './installed-package.mjs';
import { serveFolder, STRICT } from './served-folder.mjs';

/** Of the two sentences in project/src/search.js by the fp32 model, as the table of the README has it. */
const FP32_COSINE = 0.627;

export function assertAnswer({ cosine, ...answer }) {
  assert.deepEqual(answer, {
    best: 'leave',
    tier: 'contextual',
    tiers: ['lexical', 'static', 'contextual'],
  });
  assert.ok(Math.abs(cosine - FP32_COSINE) < 0.01, `cosine ${cosine}`);
}

function policyFor({ inline, policies = '' }) {
  const policy = { ...STRICT };
  if (inline) {
    const hash = createHash('sha256').update(inline).digest('base64');
    policy['script-src'] += ` 'sha256-${hash}'`;
  }
  policy['trusted-types'] += policies;
  return policy;
}

for (const bundler of bundlers) {
  test(`built by ${bundler.name}, the engine finds its worker, its WebAssembly and both models`, async (t) => {
    const { project } = await installedPackage();
    const out = await buildWith(bundler, project);
    const url = await serveFolder(t, out, policyFor(bundler));
    const { page, problems, requests } = await openPage(t, `${url}search.html`);
    assertAnswer(await answerOf(page));
    const loaded = (suffix) => requests.filter((path) => path.endsWith(suffix)).length;
    assert.deepEqual([loaded('.wasm'), loaded('.safetensors')], [2, 2], requests.join(' '));
    assert.deepEqual(problems, []);
  });

  test(`built by ${bundler.name}, the search element finds a page of the site`, async (t) => {
    const { project } = await installedPackage();
    const out = join(project, 'out', bundler.name.replace(' ', '-'));
    const url = await serveFolder(t, out, policyFor(bundler));
    const { page, problems } = await openPage(t, `${url}elements.html`);
    await page.getByRole('combobox').fill('parental');
    const option = page.getByRole('option').first();
    await option.waitFor({ timeout: 30_000 });
    assert.match(await option.textContent(), /Leave/);
    assert.deepEqual(problems, []);
  });

  test(`the README has the lines for ${bundler.name}`, async () => {
    const text = await readme();
    const rows = text.split('\n').filter((row) => row.startsWith(`| ${bundler.name} `));
    assert.equal(rows.length, 1);
    for (const line of bundler.lines) assert.ok(text.includes(line), line);
  });
}

test('a bundle without the files finds them where it is told', async (t) => {
  const { project } = await installedPackage();
  const out = await buildElsewhere(project);
  const { 'require-trusted-types-for': _, ...policy } = STRICT;
  const { page, problems } = await openPage(t, `${await serveFolder(t, out, policy)}search.html`);
  assertAnswer(await answerOf(page));
  assert.deepEqual(problems, []);
  const line = "{ workerUrl: '/mayfly/worker.js', model: '/mayfly/models/minilm.json' }";
  assert.ok((await readme()).includes(line));
});

test("Vite's development server finds the same files", async (t) => {
  const { project } = await installedPackage();
  const server = await createServer({
    root: project,
    configFile: false,
    logLevel: 'error',
    server: { host: '127.0.0.1', port: 0, fs: { allow: [project] } },
  });
  t.after(() => server.close());
  await server.listen();
  const { page, problems } = await openPage(t, `${server.resolvedUrls.local[0]}search.html`);
  assertAnswer(await answerOf(page));
  assert.deepEqual(problems, []);
});
