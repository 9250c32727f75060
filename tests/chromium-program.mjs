// SPDX-License-Identifier: Apache-2.0
// The system's Chromium for every suite that opens pages. Those have a playwright-core each, which is why none is
// imported here.
import { accessSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** MAYFLY_CHROMIUM, or the first of these on PATH. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

function isThere(path) {
  try {
    accessSync(path);
    return true;
  } catch {
    return false;
  }
}

function findChromium() {
  if (process.env.MAYFLY_CHROMIUM) return process.env.MAYFLY_CHROMIUM;
  const folders = (process.env.PATH ?? '').split(delimiter);
  const found = folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find(isThere);
  if (found) return found;
  throw new Error('no Chromium on PATH: run ./dev setup, or name one in MAYFLY_CHROMIUM');
}

/**
 * For `launch`: a fresh profile, with nothing running in the background.
 *
 * @param {readonly string[]} more switches
 */
export const launchOptions = (more = []) => ({
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
    ...more,
  ],
});

/**
 * Notes down what must not happen in pages of this context and their workers: errors in the console, uncaught ones,
 * violations of the policy.
 *
 * @param {import('playwright-core').BrowserContext} context without a page yet
 * @returns {Promise<string[]>} the list, which grows
 */
export async function noteProblems(context) {
  /** @type {string[]} */
  const problems = [];
  context.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
  context.on('weberror', (error) => problems.push(`uncaught: ${error.error().message}`));
  await context.exposeFunction('reportViolation', (text) => problems.push(`policy: ${text}`));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) =>
      globalThis.reportViolation(`${event.violatedDirective} ${event.blockedURI}`),
    );
  });
  return problems;
}
