// SPDX-License-Identifier: Apache-2.0
// One Chromium for all pages, and pages that note down everything that must not happen there.
import { accessSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

function findChromium() {
  if (process.env.MAYFLY_CHROMIUM) return process.env.MAYFLY_CHROMIUM;
  const folders = (process.env.PATH ?? '').split(delimiter);
  const found = folders
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find((path) => {
      try {
        return accessSync(path) === undefined;
      } catch {
        return false;
      }
    });
  if (!found) throw new Error('no Chromium on PATH: install it, or name it in MAYFLY_CHROMIUM');
  return found;
}

let launching;

export function browser() {
  launching ??= chromium.launch({
    executablePath: findChromium(),
    args: [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
    ],
  });
  return launching;
}

export async function closeBrowser() {
  await (await launching)?.close();
}

/** Opens the address; `t` closes it. `problems` are errors, violations of the policy and failed requests. */
export async function openPage(t, url) {
  const context = await (await browser()).newContext();
  t.after(() => context.close());
  const problems = [];
  const requests = [];
  context.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
  context.on('weberror', (error) => problems.push(`uncaught: ${error.error().message}`));
  context.on('response', (response) => {
    requests.push(new URL(response.url()).pathname);
    if (response.status() >= 400) problems.push(`${response.status()}: ${response.url()}`);
  });
  await context.exposeFunction('reportViolation', (text) => problems.push(`policy: ${text}`));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) =>
      globalThis.reportViolation(`${event.violatedDirective} ${event.blockedURI}`),
    );
  });
  const page = await context.newPage();
  await page.goto(url);
  return { page, problems, requests };
}

/** What the page of project/search.html wrote. */
export async function answerOf(page) {
  const output = page.locator('output:not(:empty)');
  await output.waitFor({ timeout: 60_000 });
  return JSON.parse(await output.textContent());
}
