// SPDX-License-Identifier: Apache-2.0
import { make } from '../../site/app/elements.js';

export function header(scope: 'row' | 'col', text: string): HTMLTableCellElement {
  const cell = make('th', '', text);
  cell.scope = scope;
  return cell;
}

export const number = (value: number, digits: number) =>
  value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** A cosine with a shade from 0 to 1 behind it; below 0 there is none. */
export function heatCell(cosine: number): HTMLTableCellElement {
  const cell = make('td', 'heat', number(cosine, 2));
  cell.style.setProperty('--heat', Math.max(0, Math.min(1, cosine)).toFixed(3));
  return cell;
}

export function row(...cells: HTMLTableCellElement[]): HTMLTableRowElement {
  const made = make('tr', '', '');
  made.append(...cells);
  return made;
}

/** Fills a table anew. */
export function fillTable(
  table: HTMLTableElement,
  caption: string,
  columns: HTMLTableRowElement,
  rows: readonly HTMLTableRowElement[],
): void {
  const head = make('thead', '', '');
  head.append(columns);
  const body = make('tbody', '', '');
  body.append(...rows);
  table.replaceChildren(make('caption', '', caption), head, body);
}
