// SPDX-License-Identifier: Apache-2.0
// The suite `site` of the benchmark: its questions, how answers are counted, and its slow line.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { placeOf, readQuestions, shares } from '../bench/site/question_answers.mjs';
import { lines, serveSlowly } from '../bench/site/slow_server.mjs';
import { repositoryFile } from './repository.js';

const files = ['tuning', 'test'].map((name) => repositoryFile(`demo/questions/${name}.tsv`));

test('there are 30 questions to tune by and 30 others, about 55 pages of the handbook and more', () => {
  const [tuning, held] = files.map(readQuestions);
  assert.ok(tuning!.length >= 30 && held!.length >= 30);
  const all = [...tuning!, ...held!];
  assert.equal(new Set(all.map(({ question }) => question)).size, all.length);
  const pages = new Set(all.map(({ pages: right }) => right[0]));
  assert.ok(pages.size >= 55, `${pages.size} pages`);
  for (const address of all.flatMap(({ pages: right }) => right)) {
    const source = address.replace(/^pages\/(.*)\/$/, 'demo/site/content/pages/$1.md');
    assert.ok(existsSync(repositoryFile(source)), address);
  }
});

test('shares count right pages in first place, among the first three, and empty lists', () => {
  const questions = ['a', 'b', 'c', 'd'].map((question) => ({ question, pages: ['x/', 'y/'] }));
  const found = [['y/', 'n/'], ['n/', 'n/', 'x/'], ['n/', 'm/', 'o/', 'x/'], []];
  assert.deepEqual(
    questions.map((question, number) => placeOf(found[number], question)),
    [0, 2, 3, -1],
  );
  assert.deepEqual(shares(found, questions), { first: 0.25, top3: 0.5, nothing: 0.25 });
});

test('the slow line sends the same bytes as a quick one, and its log has every one of them', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'mayfly-line-'));
  t.after(() => rm(folder, { recursive: true }));
  const noise = Uint8Array.from({ length: 200_000 }, (_, i) => (i * i) >> 3);
  await writeFile(join(folder, 'a.bin'), noise);
  await writeFile(join(folder, 'b.js'), 'let text;'.repeat(1000));
  for (const line of Object.values(lines)) {
    const server = await serveSlowly(folder, line);
    const [binary, script] = await Promise.all(
      ['a.bin', 'b.js'].map((name) => fetch(`${server.origin}/${name}`)),
    );
    assert.deepEqual(new Uint8Array(await binary!.arrayBuffer()), noise);
    assert.equal(await script!.text(), 'let text;'.repeat(1000));
    assert.equal(script!.headers.get('content-encoding'), 'gzip');
    const sent = (url: string) =>
      server.log
        .filter((one: { url: string }) => one.url === url)
        .reduce((sum: number, { bytes }: { bytes: number }) => sum + bytes, 0);
    assert.equal(sent('/a.bin'), noise.length);
    assert.equal(sent('/b.js'), Number(script!.headers.get('content-length')));
    assert.equal((await fetch(`${server.origin}/../package.json`)).status, 404);
    server.close();
  }
});
