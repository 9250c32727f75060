// SPDX-License-Identifier: Apache-2.0
// The system's Chromium, with a fresh profile and nothing running in the background. It can resolve no
// host name: a peer that reaches for the network fails, instead of being timed with it.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { launchOptions } from '../chromium-program.mjs';

const options = () =>
  launchOptions([
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    // Large enough that a model is kept.
    '--disk-cache-size=2000000000',
  ]);

export const launchChromium = () => chromium.launch(options());

// With an HTTP cache on the disk, as a visitor has it. Gives {context, close}.
export async function launchWithDiskCache() {
  const profile = mkdtempSync(path.join(os.tmpdir(), 'mayfly-bench-'));
  const context = await chromium.launchPersistentContext(profile, options());
  return {
    context,
    close: async () => {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

// Pages count and complain here: what a peer logs as an error is seen, and what it asks another host for
// is in the list that this returns.
export function watch(page, origin) {
  const foreign = [];
  page.on('pageerror', (error) => console.error(error));
  page.on('console', (message) => {
    if (message.type() === 'error') console.error(message.text());
  });
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && /^(https?|wss?):/.test(url)) foreign.push(url);
  });
  return foreign;
}
