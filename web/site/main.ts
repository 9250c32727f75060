// SPDX-License-Identifier: Apache-2.0
// The program `mayfly` of the npm package, built to dist/site/mayfly.js.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { run } from './command.js';

const packageFolder = fileURLToPath(new URL('..', import.meta.url));
const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
const { version } = JSON.parse(manifest) as { version: string };

/** Until there is something to end in order, a signal ends the process as usual. */
const untilEnded = () =>
  new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });

// A reader that goes away early (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await run(process.argv.slice(2), {
  cwd: process.cwd(),
  environment: process.env,
  packageFolder,
  version,
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
  untilEnded,
});
