// SPDX-License-Identifier: Apache-2.0
// Small sites on disk, and calls of `mayfly site` on them.
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { run, type Surroundings } from '../../web/site/command.js';
import { extractPage, type ExtractedPage } from '../../web/site/extract-page.js';
import type { Report } from '../../web/site/report.js';

export type Tree = Readonly<Record<string, string | Uint8Array>>;

export async function writeTree(folder: string, tree: Tree): Promise<void> {
  for (const [path, content] of Object.entries(tree)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}

export async function makeTree(t: TestContext, tree: Tree): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'mayfly-site-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await writeTree(folder, tree);
  return folder;
}

export function html(body: string, head = '<title>Page</title>'): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">${head}</head><body>${body}</body></html>`;
}

export const extract = (text: string): ExtractedPage => extractPage(new TextEncoder().encode(text));

/** The blocks' texts, in order. */
export const textsOf = (text: string) => extract(text).blocks.map((block) => block.text);

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export async function call(
  args: readonly string[],
  around: Partial<Surroundings> = {},
): Promise<Outcome> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await run(args, {
    cwd: tmpdir(),
    environment: {},
    packageFolder: join(tmpdir(), 'no-such-package'),
    version: '1.2.3',
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    untilEnded: () => Promise.resolve(),
    ...around,
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

/** Builds without assets; fails the test where that is no success. */
export async function build(folder: string, ...args: string[]): Promise<Report> {
  const { code, out, err } = await call(['site', folder, '--no-assets', '--json', ...args]);
  if (code !== 0) throw new Error(`exit code ${code}: ${out}${err}`);
  return JSON.parse(out) as Report;
}

/** Content by name of all files in a folder. */
export async function snapshot(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).sort();
  const files = names.map(async (name) => [
    name,
    (await readFile(join(folder, name))).toString('base64'),
  ]);
  return Object.fromEntries(await Promise.all(files)) as Record<string, string>;
}

export interface PlainPassage {
  readonly url: string;
  readonly title: string;
  readonly anchor: string;
  readonly headings: readonly string[];
  readonly text: string;
  readonly weight: number;
  readonly page: Record<string, unknown>;
}

/** A corpus without the reader: the plain files, as docs/corpus-format.md describes them. */
export async function readCorpus(folder: string, output = 'mayfly'): Promise<PlainPassage[]> {
  const corpus = join(folder, output, 'corpus');
  const json = async (name: string) =>
    JSON.parse(await readFile(join(corpus, name), 'utf8')) as any;
  const { languages } = await json('manifest.json');
  const all: PlainPassage[] = [];
  for (const shelf of languages) {
    const list = async (kind: string, files: { sha256: string }[]) =>
      (
        await Promise.all(files.map(({ sha256 }) => json(`${kind}-${sha256.slice(0, 16)}.json`)))
      ).flat();
    const pages = await list('pages', shelf.pageFiles);
    for (const [page, , anchor, headings, text, weight = 1] of await list(
      'passages',
      shelf.passageFiles,
    )) {
      const { url, title } = pages[page];
      all.push({ url, title, anchor, headings, text, weight, page: pages[page] });
    }
  }
  return all;
}
