// SPDX-License-Identifier: Apache-2.0
// The demo has no package.json of its own: its tools are the development packages of web/.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const { resolve } = createRequire(new URL('../web/package.json', import.meta.url));

export const { Lexer, Marked } = await import(pathToFileURL(resolve('marked')).href);
export const { build: bundle } = await import(pathToFileURL(resolve('esbuild')).href);
