// SPDX-License-Identifier: Apache-2.0
// 3,000 passages as of a site: of encyclopedia articles and, for the last few, of scientific abstracts.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { root } from './places.mjs';

const PASSAGES = 3000;

const lines = (file) =>
  gunzipSync(readFileSync(path.join(root, 'tests/eval/collections', file)))
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

export function sitePassages() {
  return ['boolq-dev', 'scifact-train']
    .flatMap((collection) => lines(`${collection}/corpus.jsonl.gz`))
    .slice(0, PASSAGES)
    .map(({ id, title, text }, i) => ({ id: `${i} ${id}`, text: `${title ?? ''} ${text}`.trim() }));
}
