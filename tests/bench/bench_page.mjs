// SPDX-License-Identifier: Apache-2.0
// The page of the suites that keep their peers open: server, Chromium and page in one.
import { launchChromium, watch } from './chromium.mjs';
import { mounts } from './places.mjs';
import { serve } from './server.mjs';

// Calls `use({browser, page, bench})`, where bench.METHOD(...) is window.bench's; closes everything after.
// Fails where a page asked another host for something.
export async function withBenchPage(use) {
  const server = await serve(mounts);
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    const foreign = watch(page, server.origin);
    await page.goto(server.origin + '/bench/page/index.html');
    await page.waitForFunction(() => window.bench);
    const bench = new Proxy(
      {},
      {
        get:
          (_, method) =>
          (...all) =>
            page.evaluate(([name, list]) => window.bench[name](...list), [method, all]),
      },
    );
    const result = await use({ browser, page, bench });
    if (foreign.length > 0) throw new Error(`a peer asked other hosts: ${foreign.join(', ')}`);
    return result;
  } finally {
    await browser.close();
    server.close();
  }
}

export async function openAll(bench, peers) {
  for (const peer of peers) {
    const { ms } = await bench.open(peer);
    process.stderr.write(`${peer.title}: ready after ${ms.toFixed(0)} ms\n`);
  }
}
