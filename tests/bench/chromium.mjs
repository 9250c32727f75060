// SPDX-License-Identifier: Apache-2.0
// The system's Chromium, with a fresh profile and nothing running in the background. It can resolve no
// host name: a peer that reaches for the network fails, instead of being timed with it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';

function findChromium() {
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    try {
      return execFileSync('which', [name], { encoding: 'utf8' }).trim();
    } catch {
      // the next name
    }
  }
  throw new Error('Chromium is missing; run ./dev setup, or install it (Debian: chromium)');
}

const options = () => ({
  executablePath: findChromium(),
  args: [
    '--headless=new',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    // Large enough that a model is kept.
    '--disk-cache-size=2000000000',
  ],
});

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
