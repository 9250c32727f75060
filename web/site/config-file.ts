// SPDX-License-Identifier: Apache-2.0
// mayfly.config.json or mayfly.config.mjs: `{ "site": { "publicDir": "dist", "exclude": ["drafts/**"] } }`.
import { access, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkValue } from './check-value.js';
import { closest } from './did-you-mean.js';
import { SiteError } from './errors.js';
import { FOLDER_KEY, keyOf, ROWS, type OptionName, type OptionValues } from './options.js';

const NAMES = ['mayfly.config.json', 'mayfly.config.mjs'];

export interface Config {
  readonly values: OptionValues;
  readonly folder: string | undefined;
}

async function findConfig(cwd: string): Promise<string | undefined> {
  for (const name of NAMES) {
    const path = resolve(cwd, name);
    if (
      await access(path).then(
        () => true,
        () => false,
      )
    )
      return path;
  }
  return undefined;
}

async function loadConfig(path: string): Promise<unknown> {
  try {
    if (!path.endsWith('.json')) {
      const module = (await import(pathToFileURL(path).href)) as { default?: unknown };
      return module.default;
    }
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new SiteError('invalid-config', `${path} cannot be read: ${(cause as Error).message}`, {
      cause,
    });
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `path` undefined: the usual names in `cwd`, and nothing where there is none. */
export async function readConfig(path: string | undefined, cwd: string): Promise<Config> {
  const found = path === undefined ? await findConfig(cwd) : resolve(cwd, path);
  if (found === undefined) return { values: {}, folder: undefined };
  const content = await loadConfig(found);
  const site = isObject(content) ? (content['site'] ?? {}) : undefined;
  if (!isObject(site)) {
    throw new SiteError('invalid-config', `${found} must hold an object { "site": { ... } }`);
  }
  const rows = ROWS.filter(({ callOnly, name }) => !callOnly && name !== 'config');
  const values: OptionValues = {};
  let folder: string | undefined;
  for (const [key, value] of Object.entries(site)) {
    const row = rows.find(({ name }) => keyOf(name) === key);
    if (row) values[row.name as OptionName] = checkValue(row, value, `${found}: ${key}`);
    else if (key === FOLDER_KEY && typeof value === 'string' && value !== '') folder = value;
    else throw unknownKey(found, key, [FOLDER_KEY, ...rows.map(({ name }) => keyOf(name))]);
  }
  return { values, folder };
}

function unknownKey(path: string, key: string, known: readonly string[]): SiteError {
  const hint = closest(key, known);
  const help = hint ? `did you mean "${hint}"?` : `it knows ${known.join(', ')}`;
  return new SiteError('invalid-config', `${path}: "${key}" is no setting of site; ${help}`);
}
