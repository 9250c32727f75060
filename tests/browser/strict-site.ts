// SPDX-License-Identifier: Apache-2.0
// The built demo and files of a test's own, served under the strict policy, and pages that note down
// everything that must not happen there.
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  readdirSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { noteProblems } from '../chromium-program.mjs';
import { modelFolder } from '../node/real-core.js';
import { repositoryFile } from '../node/repository.js';

interface Served {
  url: string;
  close(): Promise<void>;
}

export interface Site extends Served {
  /** Of the built demo. */
  demoFolder: string;
  /** Adds a file, so that a test can serve a damaged one. */
  write(path: string, content: string | Uint8Array): void;
  /** Serves a converted model beside the demo's. */
  addModel(name: string): void;
}

const HARNESS = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Harness</title>
<link rel="icon" href="data:,"><script type="module" src="/harness.js"></script></html>`;

/** The package on a page without anything else: `window.mayfly` is its module. */
const HARNESS_SCRIPT = `import * as mayfly from '/mayfly/index.js'; window.mayfly = mayfly;`;

export async function serveSite(): Promise<Site> {
  const demoFolder = process.env['MAYFLY_DEMO_DIR'] ?? repositoryFile('build/demo');
  const folder = mkdtempSync(join(tmpdir(), 'mayfly-site-'));
  cpSync(demoFolder, folder, {
    recursive: true,
    filter: (path) => !path.endsWith('.safetensors'),
  });
  for (const name of readdirSync(join(demoFolder, 'mayfly/models'))) {
    if (!name.endsWith('.safetensors')) continue;
    symlinkSync(join(demoFolder, 'mayfly/models', name), join(folder, 'mayfly/models', name));
  }
  writeFileSync(
    join(folder, 'harness.html'),
    HARNESS.replace('href="data:,"', 'href="/favicon.svg"'),
  );
  writeFileSync(join(folder, 'harness.js'), HARNESS_SCRIPT);
  const server = pathToFileURL(repositoryFile('demo/static-server.mjs')).href;
  const { listen } = (await import(server)) as {
    listen(root: string, options: { port: number }): Promise<Served>;
  };
  const { url, close } = await listen(folder, { port: 0 });
  return {
    url,
    demoFolder,
    write(path, content) {
      mkdirSync(join(folder, path, '..'), { recursive: true });
      writeFileSync(join(folder, path), content);
    },
    addModel(name) {
      for (const file of [`${name}.json`, `${name}.safetensors`]) {
        const path = join(folder, 'mayfly/models', file);
        rmSync(path, { force: true });
        symlinkSync(resolve(modelFolder(), file), path);
      }
    },
    async close() {
      await close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export interface WatchedPage {
  page: Page;
  /** Console errors, uncaught errors and policy violations, of the page and its workers. */
  problems: string[];
  /** Every request so far. */
  requests: string[];
  close(): Promise<void>;
}

export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext(options);
  const problems = await noteProblems(context);
  const requests: string[] = [];
  context.on('request', (request) => requests.push(request.url()));
  const page = await context.newPage();
  await page.goto(url);
  return { page, problems, requests, close: () => context.close() };
}
