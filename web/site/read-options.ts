// SPDX-License-Identifier: Apache-2.0
// The command line, the environment and the config file to one set of checked options. What is nearer to
// the caller wins: flags, then variables, then the file, then defaults.
import { parseArgs } from 'node:util';
import { checkValue } from './check-value.js';
import { readConfig } from './config-file.js';
import { closest } from './did-you-mean.js';
import { SiteError } from './errors.js';
import {
  DEFAULTS,
  FOLDER_VARIABLE,
  ROWS,
  variableOf,
  type OptionName,
  type OptionRow,
  type OptionValue,
  type OptionValues,
} from './options.js';
import type { SiteSettings } from './settings.js';

export interface Call {
  readonly values: OptionValues;
  readonly folder: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

const rowOf = (name: string) => ROWS.find((row) => row.name === name);

export function parseCall(args: readonly string[]): Call {
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      ROWS.map(({ name, kind, short }) => [
        name,
        { type: kind === 'boolean' ? 'boolean' : 'string', ...(short ? { short } : {}) } as const,
      ]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values: OptionValues = {};
  const folders: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') folders.push(token.value);
    if (token.kind !== 'option') continue;
    const row = rowOf(token.name);
    if (!row) throw unknownOption(token.rawName);
    const name = row.name as OptionName;
    const forgotten = !token.inlineValue && /^-./.test(token.value ?? '');
    const value = flagValue(row, forgotten ? undefined : token.value, token.rawName);
    values[name] =
      row.kind === 'list'
        ? [...((values[name] as string[] | undefined) ?? []), String(value)]
        : value;
  }
  if (folders.length > 1) {
    throw new SiteError(
      'invalid-option',
      `one folder is read, not ${folders.length}: ${folders.join(' ')}`,
    );
  }
  return { values, folder: folders[0] };
}

function unknownOption(flag: string): SiteError {
  const hint = closest(
    flag.replace(/^-+/, ''),
    ROWS.map(({ name }) => name),
  );
  const help = hint ? `did you mean --${hint}?` : 'mayfly site --help lists them all';
  return new SiteError('unknown-option', `there is no option ${flag}; ${help}`);
}

function flagValue(row: OptionRow, value: string | undefined, flag: string): OptionValue {
  if (row.kind === 'boolean') {
    if (value === undefined) return true;
    throw new SiteError('invalid-option', `${flag} takes no value`);
  }
  // A following flag is a forgotten value, not the value.
  if (value === undefined || value === '') {
    throw new SiteError('invalid-option', `${flag} needs a value: ${flag} ${row.value ?? 'VALUE'}`);
  }
  return checkValue(row, value, flag);
}

function fromEnvironment(environment: Environment): OptionValues {
  const values: OptionValues = {};
  for (const row of ROWS.filter(({ callOnly }) => !callOnly)) {
    const variable = variableOf(row.name);
    const value = environment[variable];
    if (value !== undefined && (value !== '' || row.kind === 'boolean')) {
      values[row.name as OptionName] = checkValue(row, value, variable);
    }
  }
  return values;
}

/** Reads the config file too. `call` as parsed; relative paths are relative to `cwd`. */
export async function readOptions(
  call: Call,
  environment: Environment,
  cwd: string,
): Promise<SiteSettings> {
  const variables = fromEnvironment(environment);
  const configPath = (call.values.config ?? variables.config) as string | undefined;
  const config = await readConfig(configPath, cwd);
  const values = { ...DEFAULTS, ...config.values, ...variables, ...call.values };
  const folder = call.folder ?? (environment[FOLDER_VARIABLE] || undefined) ?? config.folder;
  if (folder === undefined) {
    throw new SiteError(
      'missing-folder',
      'which folder holds the built site? mayfly site PUBLIC_DIR, e.g. mayfly site dist',
    );
  }
  return { ...(values as unknown as Omit<SiteSettings, 'folder'>), folder };
}
