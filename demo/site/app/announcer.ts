// SPDX-License-Identifier: Apache-2.0
import { element } from './elements.js';

const live = element('live', HTMLParagraphElement);
let timer: ReturnType<typeof setTimeout> | undefined;

/** Tells screen readers, after a pause in typing; the last message wins. */
export function announce(message: string): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    live.textContent = message;
  }, 500);
}
