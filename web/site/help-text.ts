// SPDX-License-Identifier: Apache-2.0
import { FOLDER_KEY, FOLDER_VARIABLE, ROWS, type OptionRow } from './options.js';

export const GENERAL_HELP = `usage: mayfly COMMAND [options]

  site PUBLIC_DIR    make a built site searchable

mayfly COMMAND --help says more. mayfly --version prints the version.`;

function flag({ name, short, value, kind, choices }: OptionRow): string {
  const wanted = kind === 'boolean' ? '' : ` ${value ?? choices!.join('|')}`;
  return `${short ? `-${short}, ` : '    '}--${name}${wanted}`;
}

export function siteHelp(): string {
  const flags = ROWS.map(flag);
  const width = Math.max(...flags.map(({ length }) => length)) + 2;
  const lines = ROWS.map(({ help }, index) => `  ${flags[index]!.padEnd(width)}${help}`);
  return `usage: mayfly site PUBLIC_DIR [options]

Reads the built HTML of PUBLIC_DIR and writes PUBLIC_DIR/mayfly: the site's text in small compressed files
(never vectors), and the scripts and the model that search it in the visitor's browser.

${lines.join('\n')}

A list is given by repeating its flag. Each option is also a variable, --base-url as MAYFLY_SITE_BASE_URL, and a key of
"site" in mayfly.config.json or mayfly.config.mjs, "baseUrl"; PUBLIC_DIR is ${FOLDER_VARIABLE} and "${FOLDER_KEY}".
Flags win over variables, variables over the file.

Exit codes: 0 done, 1 the site could not be read or written, 2 wrong use, 3 warnings with --strict,
4 fewer answers than --questions-min.`;
}
