// SPDX-License-Identifier: Apache-2.0
import type { LoadProgress } from 'mayfly';
import { element } from './elements.js';

const text = element('status-text', HTMLParagraphElement);
const bar = element('progress', HTMLProgressElement);
const status = element('status', HTMLElement);
const pause = element('pause', HTMLButtonElement);
const problem = element('problem', HTMLDivElement);
const problemText = element('problem-text', HTMLParagraphElement);

export const count = (value: number) => value.toLocaleString('en');
const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);

function show(message: string, part: number | undefined): void {
  status.hidden = false;
  text.textContent = message;
  if (part === undefined) bar.removeAttribute('value');
  else bar.value = part;
}

export function showLoading({ stage, loaded, total }: LoadProgress): void {
  if (stage === 'download' && total) {
    const message = `Loading the language model: ${megabytes(loaded)} of ${megabytes(total)} MB`;
    show(message, loaded / total);
  } else if (stage === 'restore') {
    show(`Starting again after a problem: ${count(loaded)} of ${count(total ?? 0)}`, undefined);
  } else show('Preparing the language model…', undefined);
}

/** The last that was read, for a pause to show. */
let reading = { read: 0, size: 0 };

export function showReading(read: number, size: number, paused: boolean): void {
  reading = { read, size };
  const state = paused ? ', paused' : '';
  show(`${count(read)} of ${count(size)} passages understood${state}`, read / size);
  pause.hidden = false;
  pause.textContent = paused ? 'Resume' : 'Pause';
}

export function pauseChanged(paused: boolean): void {
  showReading(reading.read, reading.size, paused);
}

export function showComplete(total: number): void {
  show(`All ${count(total)} passages understood`, 1);
  pause.hidden = true;
}

export function showProblem(message: string): void {
  status.hidden = true;
  problem.hidden = false;
  problemText.textContent = message;
}

export function hideProblem(): void {
  problem.hidden = true;
}

export type Figure = 'load' | 'rate' | 'search';

export function showFigure(figure: Figure, value: string): void {
  element(`figure-${figure}`, HTMLElement).textContent = value;
}
