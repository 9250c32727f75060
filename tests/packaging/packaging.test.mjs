// SPDX-License-Identifier: Apache-2.0
// All in one process: they share one packed and installed package, and one browser. The order matters: the site that
// the first file makes is what the search elements of the others search.
import { after } from 'node:test';
import { closeBrowser } from './chromium.mjs';
import { installedPackage } from './installed-package.mjs';
import './published-package.mjs';
import './bundled-pages.mjs';
import './single-file.mjs';

after(async () => {
  await closeBrowser();
  await (await installedPackage()).remove();
});
