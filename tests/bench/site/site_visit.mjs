// SPDX-License-Identifier: Apache-2.0
// Visits to a page that searches: each in a browser context of its own, with nothing cached, over a line of a
// given speed. How long a visitor waits from the first focus on, what was downloaded by then, and what keeps the
// page from answering the visitor's keys.
import { watch } from '../chromium.mjs';

// Words of the pages, so that every peer finds something: [what is typed in a round]. One is taken per round.
export const queries = ['parental leave', 'travel card', 'security clearance', 'commit signing'];
const KEY_PAUSE_MS = 120;
const ENOUGH_MS = 300_000;

const WATCH_LONG_TASKS = `window.longTasks = [];
new PerformanceObserver((list) => {
  for (const { startTime, duration } of list.getEntries()) longTasks.push({ startTime, duration });
}).observe({ type: 'longtask' });`;

// Calls `use(page)` with a fresh page of the peer's; fails where it asked another host for something.
export async function withPage(browser, server, peer, use) {
  const context = await browser.newContext();
  try {
    await context.addInitScript(WATCH_LONG_TASKS);
    await context.addInitScript({ path: peer.driver });
    const page = await context.newPage();
    page.setDefaultTimeout(ENOUGH_MS);
    const foreign = watch(page, server.origin);
    server.log.length = 0;
    await page.goto(`${server.origin}/search-${peer.id}.html`, { waitUntil: 'networkidle' });
    const result = await use(page);
    if (foreign.length > 0) throw new Error(`${peer.title} asked other hosts: ${foreign}`);
    return result;
  } finally {
    await context.close();
  }
}

const bytesUntil = (log, time) =>
  log.reduce((sum, sent) => (sent.time <= time ? sum + sent.bytes : sum), 0);

// {first_ms, semantic_ms, complete_ms} after the focus, and {page, first, semantic, complete} bytes by then.
async function wait(browser, server, peer, query) {
  return withPage(browser, server, peer, async (page) => {
    const marks = await page.evaluate((text) => window.siteSearch.visit(text), query);
    const phases = ['first', 'semantic', 'complete'].filter((phase) => marks[phase] !== undefined);
    return {
      times: Object.fromEntries(phases.map((phase) => [phase, marks[phase] - marks.focus])),
      bytes: Object.fromEntries(
        ['focus', ...phases].map((phase) => [phase, bytesUntil(server.log, marks[phase])]),
      ),
    };
  });
}

// Durations of tasks over 50 ms from the first key to the last answer, while everything is being loaded.
async function typeAway(browser, server, peer, query) {
  return withPage(browser, server, peer, (page) =>
    page.evaluate(
      async ([text, pause]) => {
        const begin = performance.now();
        await window.siteSearch.type(text, pause);
        return window.longTasks
          .filter(({ startTime }) => startTime >= begin)
          .map(({ duration }) => duration);
      },
      [query, KEY_PAUSE_MS],
    ),
  );
}

export async function visit(browser, server, peer, round) {
  const query = queries[round % queries.length];
  const waited = await wait(browser, server, peer, query);
  return { ...waited, longTasks: await typeAway(browser, server, peer, query) };
}
