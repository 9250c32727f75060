// SPDX-License-Identifier: Apache-2.0
// Every option once: flag, environment variable, key of the config file, help and check come from this table.

export type OptionKind = 'boolean' | 'string' | 'list' | 'number' | 'choice';

export interface OptionRow {
  /** Of the flag, without --. */
  readonly name: string;
  readonly kind: OptionKind;
  readonly short?: string;
  /** What the help calls the value. */
  readonly value?: string;
  readonly choices?: readonly string[];
  readonly least?: number;
  readonly most?: number;
  readonly help: string;
  /** Of the call itself, not of the site: no key in the config file and no variable. */
  readonly callOnly?: boolean;
}

export const OPTIONS = [
  {
    name: 'output',
    kind: 'string',
    value: 'FOLDER',
    help: 'where to write, within PUBLIC_DIR (mayfly)',
  },
  { name: 'include', kind: 'list', value: 'GLOB', help: 'files to read (**/*.{html,htm,xhtml})' },
  { name: 'exclude', kind: 'list', value: 'GLOB', help: 'files to leave out, besides 404 pages' },
  {
    name: 'base-url',
    kind: 'string',
    value: 'URL',
    help: 'where the site is, if not where the corpus lies: https://host/docs/ or /docs/',
  },
  { name: 'language', kind: 'string', value: 'TAG', help: 'language of pages that name none' },
  { name: 'force-language', kind: 'string', value: 'TAG', help: 'language of all pages' },
  { name: 'keep-repeated', kind: 'boolean', help: 'keep blocks that stand on most pages' },
  {
    name: 'compression',
    kind: 'choice',
    choices: ['both', 'gzip', 'none'],
    help: 'how files of the corpus are written: both, gzip or none (both)',
  },
  {
    name: 'chunk-size',
    kind: 'number',
    value: 'KB',
    least: 16,
    most: 16384,
    help: 'largest file of the corpus before compression (256)',
  },
  {
    name: 'max-page-size',
    kind: 'number',
    value: 'KB',
    least: 1,
    most: 262144,
    help: 'larger pages are left out (20480)',
  },
  {
    name: 'model',
    kind: 'string',
    value: 'NAME',
    help: 'model to copy, or none (minilm)',
  },
  {
    name: 'static-model',
    kind: 'string',
    value: 'NAME',
    help: 'model for early answers to copy, or none (minilm-static)',
  },
  { name: 'no-assets', kind: 'boolean', help: "write the corpus only, not the package's files" },
  { name: 'cache', kind: 'string', value: 'FOLDER', help: 'keep what was read for the next run' },
  { name: 'strict', kind: 'boolean', help: 'exit with 3 where there are warnings' },
  {
    name: 'questions',
    kind: 'string',
    value: 'FILE',
    help: 'ask the questions of a file afterwards: a line is a question, a tab, addresses of its answer',
  },
  {
    name: 'questions-top',
    kind: 'number',
    value: 'N',
    least: 1,
    most: 10,
    help: 'a question counts as answered where such a page is among the first N (3)',
  },
  {
    name: 'questions-min',
    kind: 'number',
    value: 'PERCENT',
    least: 0,
    most: 100,
    help: 'exit with 4 where fewer of them are answered',
  },
  { name: 'dry-run', kind: 'boolean', help: 'write nothing, report what would be' },
  { name: 'serve', kind: 'boolean', help: 'serve PUBLIC_DIR on this machine afterwards' },
  { name: 'port', kind: 'number', value: 'N', least: 0, most: 65535, help: 'for --serve (8080)' },
  { name: 'host', kind: 'string', value: 'NAME', help: 'for --serve (127.0.0.1)' },
  { name: 'watch', kind: 'boolean', help: 'build again whenever a page changes' },
  { name: 'json', kind: 'boolean', help: 'print the report as JSON' },
  { name: 'quiet', kind: 'boolean', short: 'q', help: 'print errors only' },
  { name: 'config', kind: 'string', value: 'FILE', help: 'in place of mayfly.config.json or .mjs' },
  { name: 'help', kind: 'boolean', short: 'h', help: 'print this', callOnly: true },
  { name: 'version', kind: 'boolean', help: 'print the version', callOnly: true },
] as const satisfies readonly OptionRow[];

export type OptionName = (typeof OPTIONS)[number]['name'];
export type OptionValue = string | boolean | number | readonly string[];
export type OptionValues = Partial<Record<OptionName, OptionValue>>;

export const ROWS: readonly OptionRow[] = OPTIONS;

export const variableOf = (name: string) => `MAYFLY_SITE_${name.toUpperCase().replace(/-/g, '_')}`;
export const keyOf = (name: string) =>
  name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** The folder may be given in all three ways too. */
export const FOLDER_VARIABLE = 'MAYFLY_SITE_PUBLIC_DIR';
export const FOLDER_KEY = 'publicDir';

/** What everything is where nobody says otherwise. */
export const DEFAULTS = {
  output: 'mayfly',
  include: ['**/*.{html,htm,xhtml}'],
  compression: 'both',
  'chunk-size': 256,
  'max-page-size': 20480,
  model: 'minilm',
  'static-model': 'minilm-static',
  'questions-top': 3,
  port: 8080,
  host: '127.0.0.1',
} as const satisfies OptionValues;

/** Pages that hosts show for other pages, and what is no page. */
export const ALWAYS_EXCLUDED = ['**/404.html', '**/404/index.html', '**/node_modules/**'];
