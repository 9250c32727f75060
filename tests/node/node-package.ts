// SPDX-License-Identifier: Apache-2.0
// The built package as Node gets it: what `import 'mayfly'` leads to there.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type * as Package from '../../web/client/index.js';
import { repositoryFile } from './repository.js';

const manifest = JSON.parse(readFileSync(repositoryFile('web/package.json'), 'utf8')) as {
  exports: { '.': { node: string } };
};

/** As Node resolves it. */
export const packageUrl = pathToFileURL(repositoryFile(`web/${manifest.exports['.'].node}`)).href;

export const loadPackage = () => import(packageUrl) as Promise<typeof Package>;

export const handbook = [
  {
    id: 'leave',
    title: 'Leave',
    text: 'Twelve weeks of parental leave.',
    metadata: { year: 2024 },
  },
  { id: 'laptop', title: 'IT', text: 'Report lost equipment to the service desk.', metadata: {} },
  { id: 'food', title: 'Canteen', text: 'Lunch is served from noon to two.', metadata: {} },
];
