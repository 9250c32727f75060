// SPDX-License-Identifier: Apache-2.0
// The built package on an otherwise empty page, fresh for each test of a file.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type * as Package from '../../web/client/index.js';
import { launchChromium } from './chromium.js';
import { openPage, serveSite, type Site, type WatchedPage } from './strict-site.js';

/** What functions given to page.evaluate find: the package, and what the tests keep there. */
export type HarnessWindow = {
  mayfly: typeof Package;
  engine: Package.Mayfly;
} & Record<string, unknown>;

declare const window: HarnessWindow;

export interface Harness {
  readonly page: Page;
  readonly watched: WatchedPage;
  readonly site: Site;
  /** Makes `window.engine`. */
  createEngine(): Promise<Package.ModelInfo>;
  assertNoWorkerLeft(): Promise<void>;
}

/** `withStaticModel`: served beside the other model, which the demo alone may not need. */
export function useHarness({ withStaticModel = false } = {}): Harness {
  let browser: Browser;
  let site: Site;
  let watched: WatchedPage;
  before(async () => {
    [browser, site] = await Promise.all([launchChromium(), serveSite()]);
    if (withStaticModel) site.addModel('minilm-static');
  });
  after(async () => {
    await browser.close();
    await site.close();
  });
  beforeEach(async () => {
    watched = await openPage(browser, `${site.url}harness.html`);
    await watched.page.waitForFunction(() => 'mayfly' in window);
  });
  afterEach(() => watched.close());
  return {
    get page() {
      return watched.page;
    },
    get watched() {
      return watched;
    },
    get site() {
      return site;
    },
    createEngine: () =>
      watched.page.evaluate(async () => {
        window.engine = await window.mayfly.Mayfly.create();
        return window.engine.info;
      }),
    async assertNoWorkerLeft() {
      // A terminated worker disappears a moment later.
      for (let tries = 0; tries < 100 && watched.page.workers().length > 0; tries++) {
        await watched.page.waitForTimeout(50);
      }
      assert.equal(watched.page.workers().length, 0, 'no worker is left behind');
    },
  };
}
