// SPDX-License-Identifier: Apache-2.0
import { chromium, type Browser } from 'playwright-core';
import { launchOptions } from '../chromium-program.mjs';

export const launchChromium = (): Promise<Browser> => chromium.launch(launchOptions());
