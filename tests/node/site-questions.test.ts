// SPDX-License-Identifier: Apache-2.0
// `mayfly site --questions` over small sites: what the file may hold, and what is made of the answers. The
// questions are asked with words only where no test is about the models.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { parseQuestions } from '../../web/site/questions-file.js';
import type { QuestionsReport } from '../../web/site/questions-report.js';
import { slowProgress } from '../../web/site/slow-progress.js';
import { repositoryFile } from './repository.js';
import { call, html, makeTree, type Tree } from './site-tree.js';

const packageFolder = repositoryFile('web/dist');
const page = (title: string, body: string) =>
  html(`<main><h1>${title}</h1>${body}</main>`, `<title>${title}</title>`);

const shop: Tree = {
  'dist/index.html': page('Home', '<p>Welcome to our garden tools.</p>'),
  'dist/refunds.html': page(
    'Refunds',
    `<p>Send it back within thirty days and get your money back.</p>
     <h2 id="damaged">Damaged goods</h2><p>Photograph the broken box and write to us.</p>`,
  ),
  'dist/shipping/index.html': page('Shipping', '<p>Parcels leave the next working day.</p>'),
};

/** Calls with the file as questions.tsv beside the site. */
async function ask(t: TestContext, questions: string, ...args: string[]) {
  const cwd = await makeTree(t, { ...shop, 'questions.tsv': questions });
  const all = ['site', 'dist', '--questions', 'questions.tsv', '--no-assets', ...args];
  return call(all, { cwd, packageFolder });
}

const words = ['--model', 'none', '--static-model', 'none'];

async function figures(t: TestContext, questions: string, ...args: string[]) {
  const { code, out, err } = await ask(t, questions, '--json', ...args);
  assert.equal(code, 0, out + err);
  return (JSON.parse(out) as { questions: QuestionsReport }).questions;
}

test('questions find their page by meaning, with the models of the package', async (t) => {
  const report = await figures(t, 'can I return something?\trefunds.html\n');
  assert.deepEqual(
    { tier: report.tier, first: report.first, found: report.found, failed: report.failed },
    { tier: 'contextual', first: 1, found: 1, failed: [] },
  );
});

test('the figures are those that the places give', async (t) => {
  const report = await figures(
    t,
    `# of a shop
money\trefunds.html
parcels\trefunds.html /shipping/index.html

photograph\trefunds#damaged
garden\tshipping/
unheard\t./
money\trefunds#damaged
`,
    ...words,
  );
  const { failed, ...rest } = report;
  assert.deepEqual(rest, {
    file: 'questions.tsv',
    tier: 'lexical',
    asked: 6,
    first: 3,
    top: 3,
    found: 3,
    missed: 3,
    share: 0.5,
    meanReciprocalRank: 0.5,
    least: null,
  });
  assert.deepEqual(failed, [
    {
      ...{ line: 6, question: 'garden', expected: ['shipping/'], place: null },
      first: { address: './', title: 'Home' },
    },
    { line: 7, question: 'unheard', expected: ['./'], place: null, first: null },
    {
      ...{ line: 8, question: 'money', expected: ['refunds#damaged'], place: null },
      first: { address: 'refunds.html', title: 'Refunds' },
    },
  ]);
});

test('a page below the top counts for the mean, not for the share', async (t) => {
  const questions = 'refunds shipping\tshipping/\nshipping refunds\trefunds.html\n';
  const wide = await figures(t, questions, ...words);
  const narrow = await figures(t, questions, ...words, '--questions-top', '1');
  // Two pages are found, and the same one comes first: for one question it is the answer.
  assert.deepEqual([wide.found, wide.missed, wide.failed.length], [2, 0, 0]);
  assert.equal(narrow.found, narrow.first);
  assert.equal(narrow.first, wide.first);
  assert.equal(wide.meanReciprocalRank, (wide.first + (2 - wide.first) / 2) / 2);
  const [failed] = narrow.failed;
  assert.deepEqual([failed?.place, narrow.missed], [2, 0]);
});

test('below --questions-min the exit code is 4, and at it all is well', async (t) => {
  const half = 'money\trefunds.html\nunheard\trefunds.html\n';
  const red = await ask(t, half, ...words, '--questions-min', '51', '--strict');
  assert.equal(red.code, 4);
  assert.match(red.err, /1 of 2 questions \(50 %\).*asks for 51 % \[too-few-found\]/);
  assert.match(red.out, /2 asked: 1 found first, 1 in the top 3 \(50 %\), 1 not at all/);
  assert.match(red.out, /unheard \(line 2\)\n\s+refunds\.html not found; nothing was found/);
  const green = await ask(t, half, ...words, '--questions-min', '50');
  assert.deepEqual([green.code, green.err], [0, '']);
});

test('a page or block with a weight comes before another that fits as well', async (t) => {
  const says = (attributes: string) => page('Opening', `<p ${attributes}>We open at nine.</p>`);
  const firstOf = async (attributes: string) => {
    const cwd = await makeTree(t, {
      'dist/a.html': says(''),
      'dist/b.html': says(attributes).replace('nine', 'ten'),
      'q.tsv': 'we open at\tb.html\n',
    });
    const args = ['site', 'dist', '--no-assets', '--json', ...words, '--questions', 'q.tsv'];
    const { out } = await call(args, { cwd, packageFolder });
    return (JSON.parse(out) as { questions: QuestionsReport }).questions.first;
  };
  assert.equal(await firstOf(''), 0);
  assert.equal(await firstOf('data-mayfly-weight="2"'), 1);
  assert.equal(await firstOf('data-pagefind-weight="2"'), 1);
  assert.equal(await firstOf('data-mayfly-weight="0.5"'), 0);
});

test('pages in another language do not stand before the answer', async (t) => {
  const inLanguage = (tag: string, text: string) =>
    page('Angebot', `<p>${text}</p>`).replace('lang="en"', `lang="${tag}"`);
  const cwd = await makeTree(t, {
    'dist/en.html': inLanguage('en', 'gift gift gift'),
    'dist/de.html': inLanguage('de', 'gift ist auch ein deutsches Wort'),
    'q.tsv': 'gift\tde.html\ngift\ten.html\n',
  });
  const args = ['site', 'dist', '--no-assets', '--json', ...words, '--questions', 'q.tsv'];
  const { out } = await call(args, { cwd, packageFolder });
  assert.equal((JSON.parse(out) as { questions: QuestionsReport }).questions.first, 2);
});

test('an address that is no page, or no heading, is an error that names the nearest', async (t) => {
  const { code, err } = await ask(
    t,
    'a\trefnds.html\nb\trefunds#damagd\nc\tshipping#x\n',
    ...words,
  );
  assert.equal(code, 2);
  const lines = err.split('\n');
  assert.match(lines[0]!, /questions\.tsv:1: "refnds\.html" is no page.*"refunds\.html"/);
  assert.match(lines[1]!, /questions\.tsv:2: .*"#damagd" of "refunds\.html".*"#damaged"/);
  assert.match(lines[2]!, /questions\.tsv:3: .*"#x" of "shipping\/".*none \[invalid-questions\]/);
});

test('a line that is no question is refused by its number', () => {
  const cases: [string, RegExp][] = [
    ['ok\ta/\nno tab a/', /^q:2: .*there is no tab$/],
    ['\n\n\ta/', /^q:3: .*no question/],
    ['why?\t ', /^q:1: .*no address/],
    ['why?\ta/\tb/', /^q:1: .*second tab/],
    ['# nothing\n\n', /^q holds no question$/],
  ];
  for (const [content, message] of cases) {
    assert.throws(() => parseQuestions(content, 'q'), { code: 'invalid-questions', message });
  }
});

test('files of other systems and escaped headings are read', () => {
  assert.deepEqual(parseQuestions('\uFEFF what? \t a/#%C3%BC  b/ \r\n', 'q'), [
    {
      line: 1,
      text: 'what?',
      addresses: [
        { written: 'a/#%C3%BC', page: 'a/', anchor: 'ü' },
        { written: 'b/', page: 'b/', anchor: undefined },
      ],
    },
  ]);
});

test('what cannot go together, or is not there, is refused before anything is built', async (t) => {
  const cases: [string[], string, RegExp, number][] = [
    [['--watch'], 'invalid-option', /leave --watch out/, 2],
    [['--dry-run'], 'invalid-option', /--dry-run writes nothing/, 2],
    [['--questions', 'other.tsv'], 'unreadable', /other\.tsv cannot be read/, 1],
    [['--questions-min', '101'], 'invalid-option', /0 to 100/, 2],
    [['--questions-top', '11'], 'invalid-option', /1 to 10/, 2],
    [['--model', 'nonesuch'], 'search-failed', /no model "nonesuch"/, 1],
  ];
  for (const [args, code, message, exit] of cases) {
    const { code: actual, err, out } = await ask(t, 'money\trefunds.html\n', ...args);
    assert.equal(out, '', 'no report of a build');
    assert.equal(actual, exit, err);
    assert.match(err, message);
    assert.ok(err.endsWith(`[${code}]`), err);
  }
  const alone = await call(['site', 'dist', '--questions-min', '5'], {
    cwd: await makeTree(t, shop),
  });
  assert.match(alone.err, /--questions-min needs --questions FILE \[invalid-option\]/);
});

test('file and least share may come from the config file and from variables', async (t) => {
  const cwd = await makeTree(t, {
    ...shop,
    'q.tsv': 'unheard\trefunds.html\n',
    'mayfly.config.json': JSON.stringify({
      site: {
        ...{ publicDir: 'dist', questions: 'q.tsv', questionsMin: 1, noAssets: true },
        ...{ model: 'none', staticModel: 'none' },
      },
    }),
  });
  assert.equal((await call(['site'], { cwd, packageFolder })).code, 4);
  const environment = { MAYFLY_SITE_QUESTIONS_MIN: '0' };
  assert.equal((await call(['site'], { cwd, packageFolder, environment })).code, 0);
});

test('a package without its form for Node says so', async (t) => {
  const cwd = await makeTree(t, { ...shop, 'q.tsv': 'money\trefunds.html\n' });
  const args = ['site', 'dist', '--no-assets', '--questions', 'q.tsv', ...words];
  const { code, err } = await call(args, { cwd, packageFolder: join(cwd, 'nowhere') });
  assert.equal(code, 1);
  assert.match(err, /could not be asked: .*nowhere.*\[search-failed\]/s);
});

test('progress is told after a second, and then every ten seconds', () => {
  let now = 0;
  const said: string[] = [];
  const say = slowProgress(
    (line) => said.push(line),
    () => now,
  );
  for (now = 0; now <= 21_500; now += 500) say(`at ${now}`);
  assert.deepEqual(said, ['at 1000', 'at 11000', 'at 21000']);
});

test('the program ends with the exit code of the gate', async (t) => {
  const cwd = await makeTree(t, { ...shop, 'q.tsv': 'unheard\trefunds.html\n' });
  const questions = ['--questions', 'q.tsv', '--questions-min', '1'];
  const args = ['site', 'dist', '--no-assets', ...words, ...questions];
  const program = repositoryFile('web/dist/site/mayfly.js');
  // One that never ends is a failure and not a test that never ends.
  const { status } = spawnSync(process.execPath, [program, ...args], { cwd, timeout: 60_000 });
  assert.equal(status, 4);
});
