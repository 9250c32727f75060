// SPDX-License-Identifier: Apache-2.0
// Tests are bundled before they run, so they find files through the folder that the runner names.
import { resolve } from 'node:path';

export function repositoryFile(path: string): string {
  const root = process.env['MAYFLY_ROOT'];
  if (!root) throw new Error('run the tests with npm run test:node or test:browser');
  return resolve(root, path);
}
