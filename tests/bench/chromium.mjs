// SPDX-License-Identifier: Apache-2.0
// The system's Chromium, with a fresh profile and nothing running in the background.
import { execFileSync } from 'node:child_process';
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

export function launchChromium() {
  return chromium.launch({
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
    ],
  });
}
