// SPDX-License-Identifier: Apache-2.0
// One visit: a fresh page that starts a peer up and embeds one query.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { watch } from './chromium.mjs';
import { here } from './places.mjs';

// The query that every peer embeds first.
export function firstQuery() {
  const { classes } = JSON.parse(readFileSync(path.join(here, 'texts.json'), 'utf8'));
  return classes[0].texts[0];
}

// {import_ms, ms, vector}; fails where the page asked another host for something. `beforeClose` runs while
// the page is still there.
export async function visit(context, server, peer, item, beforeClose = async () => {}) {
  const page = await context.newPage();
  try {
    const foreign = watch(page, server.origin);
    await page.goto(server.origin + '/bench/page/startup.html');
    await page.waitForFunction(() => window.startup);
    const result = await page.evaluate(([p, i]) => window.startup.run(p, i), [peer, item]);
    await beforeClose();
    if (foreign.length > 0)
      throw new Error(`${peer.title} asked other hosts: ${foreign.join(', ')}`);
    return result;
  } finally {
    await page.close();
  }
}

// What a list of the server's holds besides the bench's own pages: [{url, file, bytes}].
export const filesOfPeer = (sent) => sent.filter(({ url }) => !url.startsWith('/bench/'));

export const totalBytes = (files) => files.reduce((sum, { bytes }) => sum + bytes, 0);
