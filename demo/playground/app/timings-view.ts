// SPDX-License-Identifier: Apache-2.0
import { element, make } from '../../site/app/elements.js';
import { fillTable, header, number, row } from './table.js';
import type { Timing } from './timings.js';

const section = element('timings', HTMLElement);
const table = element('timing-table', HTMLTableElement);

const TIERS = {
  lexical: 'Words',
  static: 'Static model',
  contextual: 'Transformer',
} as const;
export type TimedTier = keyof typeof TIERS;

const timings = new Map<TimedTier, Timing>();
let sentences = 0;

export function forgetTimings(count: number): void {
  timings.clear();
  sentences = count;
  section.hidden = count === 0;
  show();
}

export function showTiming(tier: TimedTier, timing: Timing): void {
  timings.set(tier, timing);
  show();
}

function cell(value: number | undefined, known: boolean): HTMLTableCellElement {
  const text = value === undefined ? (known ? 'none needed' : '…') : `${number(value, 1)} ms`;
  return make('td', 'number', text);
}

function show(): void {
  fillTable(
    table,
    'Measured in this page just now',
    row(
      header('col', 'Tier'),
      header('col', `Vectors of all ${sentences} sentences`),
      header('col', 'One search'),
    ),
    (Object.keys(TIERS) as TimedTier[]).map((tier) => {
      const timing = timings.get(tier);
      return row(
        header('row', TIERS[tier]),
        cell(timing?.embed, timing !== undefined),
        cell(timing?.search, timing !== undefined),
      );
    }),
  );
}
