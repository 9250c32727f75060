// SPDX-License-Identifier: Apache-2.0
import { resultLinks } from './results-view.js';

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLElement && target.isContentEditable)
  );
}

/** Focus by `step` along the input (place 0) and the results. */
function move(input: HTMLInputElement, step: number): void {
  const stops: HTMLElement[] = [input, ...resultLinks()];
  const place = stops.findIndex((stop) => stop === document.activeElement);
  const next = stops[Math.min(stops.length - 1, Math.max(0, place + step))];
  next?.focus();
  if (next !== input) next?.closest('li')?.scrollIntoView({ block: 'nearest' });
}

/** `/` focuses, arrows move, Escape clears; Enter is the link's own. */
export function installKeyboard(input: HTMLInputElement, clear: () => void): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const inList =
      event.target === input || (event.target as Element).closest?.('#results') !== null;
    if (event.key === '/' && !isTyping(event.target)) {
      event.preventDefault();
      input.focus();
      input.select();
    } else if (event.key === 'Escape' && inList) {
      event.preventDefault();
      clear();
      input.focus();
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && inList) {
      event.preventDefault();
      move(input, event.key === 'ArrowDown' ? 1 : -1);
    }
  });
}
