// SPDX-License-Identifier: Apache-2.0
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Of every bundle that a page loads. */
export const forPages = {
  absWorkingDir: dirname(fileURLToPath(import.meta.url)),
  bundle: true,
  format: 'esm',
  target: 'es2022',
  minify: true,
  sourcemap: 'linked',
  legalComments: 'none',
  logLevel: 'warning',
};
