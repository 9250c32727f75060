// SPDX-License-Identifier: Apache-2.0
// What was extracted, by the checksum of the file's bytes: pages that did not change are not parsed again.
import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EXTRACTION_VERSION, extractPage, type ExtractedPage } from './extract-page.js';
import type { WarningList } from './warnings.js';
import { writeWhole } from './write-corpus.js';

const CACHE_NAME = `site-pages-v${EXTRACTION_VERSION}.json`;

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

export class ExtractCache {
  #pages = new Map<string, ExtractedPage>();
  #used = new Map<string, ExtractedPage>();
  #parsed = 0;

  /** Pages parsed since the last `forget`. */
  get parsed(): number {
    return this.#parsed;
  }

  extract(bytes: Uint8Array): ExtractedPage {
    const key = sha256(bytes);
    let page = this.#used.get(key) ?? this.#pages.get(key);
    if (!page) {
      page = extractPage(bytes);
      this.#parsed++;
    }
    this.#used.set(key, page);
    return page;
  }

  /** At the end of a build: forgets what it did not use. */
  forget(): void {
    this.#pages = this.#used;
    this.#used = new Map();
    this.#parsed = 0;
  }

  /** From `folder`, if there is anything. The first line is the checksum of the rest. */
  async load(folder: string, warnings: WarningList): Promise<void> {
    const path = join(folder, CACHE_NAME);
    const content = await readFile(path, 'utf8').catch(() => undefined);
    if (content === undefined) return;
    const end = content.indexOf('\n');
    const json = content.slice(end + 1);
    if (content.slice(0, end) === sha256(json)) {
      this.#pages = new Map(JSON.parse(json) as [string, ExtractedPage][]);
    } else warnings.add('cache-unusable', path);
  }

  /** What the running build used, sorted, so that the same site gives the same file. */
  async save(folder: string): Promise<void> {
    const entries = [...this.#used].sort(([a], [b]) => (a < b ? -1 : 1));
    const json = JSON.stringify(entries);
    await mkdir(folder, { recursive: true });
    await writeWhole(join(folder, CACHE_NAME), `${sha256(json)}\n${json}`);
  }
}
