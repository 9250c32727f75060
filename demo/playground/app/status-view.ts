// SPDX-License-Identifier: Apache-2.0
import { MayflyError, type LoadProgress } from 'mayfly';
import { element } from '../../site/app/elements.js';
import { number } from './table.js';

const status = element('status', HTMLElement);
const text = element('status-text', HTMLParagraphElement);
const bar = element('progress', HTMLProgressElement);
const problem = element('problem', HTMLDivElement);
const code = element('problem-code', HTMLElement);
const sentence = element('problem-text', HTMLElement);

export function showLoading({ stage, loaded, total }: LoadProgress): void {
  if (stage === 'ready') return;
  if (stage === 'download' && total) {
    const megabytes = (bytes: number) => number(bytes / 1e6, 1);
    text.textContent = `Loading the transformer: ${megabytes(loaded)} of ${megabytes(total)} MB`;
    bar.value = loaded / total;
  } else {
    text.textContent = 'Preparing the transformer…';
    bar.removeAttribute('value');
  }
}

export function showReady(): void {
  text.textContent = 'All models are loaded.';
  bar.hidden = true;
}

/** Codes are for looking them up; the sentence says what to do. */
export function showProblem(error: unknown): void {
  status.hidden = true;
  problem.hidden = false;
  code.textContent = error instanceof MayflyError ? error.code : '';
  sentence.textContent = error instanceof Error ? error.message : String(error);
}

export function hideProblem(): void {
  status.hidden = false;
  problem.hidden = true;
}
