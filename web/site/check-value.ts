// SPDX-License-Identifier: Apache-2.0
import { SiteError } from './errors.js';
import type { OptionRow, OptionValue } from './options.js';

/** `source`: how the caller wrote it, for the message. */
export function checkValue(row: OptionRow, value: unknown, source: string): OptionValue {
  const fail = (wish: string) =>
    new SiteError('invalid-option', `${source} takes ${wish}, not ${JSON.stringify(value)}`);
  if (row.kind === 'boolean') {
    if (value === true || value === 'true' || value === '1') return true;
    if (value === false || value === 'false' || value === '0' || value === '') return false;
    throw fail('true or false');
  }
  if (row.kind === 'list') {
    const items = typeof value === 'string' ? value.split(/[\n,](?![^{]*\})/) : value;
    if (!Array.isArray(items)) throw fail('a list');
    const texts = items.map((item) => (typeof item === 'string' ? item.trim() : ''));
    if (texts.includes('')) throw fail('a list of globs');
    return texts;
  }
  if (row.kind === 'number') {
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    const { least = 0, most = Infinity } = row;
    if (
      typeof number !== 'number' ||
      !Number.isInteger(number) ||
      number < least ||
      number > most
    ) {
      throw fail(`a whole number from ${least} to ${most}`);
    }
    return number;
  }
  if (typeof value !== 'string' || value === '') throw fail('text');
  if (row.choices && !row.choices.includes(value)) throw fail(`one of ${row.choices.join(', ')}`);
  return value;
}
