// SPDX-License-Identifier: Apache-2.0
// The most memory that a visit's renderer process ever held, as the Linux kernel counted it.
import { readFileSync } from 'node:fs';
import { launchChromium } from './chromium.mjs';

function highWaterMark(pid) {
  const found = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(found[1]) * 1024;
}

// Bytes (resident, peak) of the largest renderer of a browser of its own in which `use(context)` ran, or
// undefined where the system has no /proc.
export async function peakMemory(use) {
  const browser = await launchChromium();
  try {
    const context = await browser.newContext();
    const page = await context.newPage(); // keeps the renderer alive while it is asked
    const session = await browser.newBrowserCDPSession();
    let peak = 0;
    await use(context, async () => {
      const { processInfo } = await session.send('SystemInfo.getProcessInfo');
      const renderers = processInfo.filter(({ type }) => type === 'renderer');
      peak = Math.max(peak, ...renderers.map(({ id }) => highWaterMark(id)));
    });
    await page.close();
    return peak;
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  } finally {
    await browser.close();
  }
}
