// SPDX-License-Identifier: Apache-2.0
// One Chromium for all pages, and pages that note down everything that must not happen there.
import { chromium } from 'playwright-core';
import { launchOptions, noteProblems } from '../chromium-program.mjs';

let launching;

export function browser() {
  launching ??= chromium.launch(launchOptions());
  return launching;
}

export async function closeBrowser() {
  await (await launching)?.close();
}

/** Opens the address; `t` closes it. `problems` are errors, violations of the policy and failed requests. */
export async function openPage(t, url) {
  const context = await (await browser()).newContext();
  t.after(() => context.close());
  const problems = await noteProblems(context);
  const requests = [];
  context.on('response', (response) => {
    requests.push(new URL(response.url()).pathname);
    if (response.status() >= 400) problems.push(`${response.status()}: ${response.url()}`);
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
