// SPDX-License-Identifier: Apache-2.0
// The package as its users get it: packed by npm, and installed from that file into a project of its own.
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const here = dirname(fileURLToPath(import.meta.url));
export const web = resolve(here, '../../web');
export const run = promisify(execFile);

async function install() {
  const project = await mkdtemp(join(tmpdir(), 'mayfly-packaging-'));
  const { stdout } = await run('npm', ['pack', web, '--json', '--pack-destination', project]);
  const [{ filename, files, size }] = JSON.parse(stdout);
  await writeFile(join(project, 'package.json'), '{ "private": true, "type": "module" }');
  const quiet = ['--offline', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await run('npm', ['install', join(project, filename), ...quiet], { cwd: project });
  await cp(join(here, 'project'), project, { recursive: true });
  return {
    project,
    tarball: join(project, filename),
    /** Paths within it, sorted. */
    files: files.map(({ path }) => path).sort(),
    size,
    folder: join(project, 'node_modules/mayfly'),
    remove: () => rm(project, { recursive: true, force: true }),
  };
}

let installing;

/** Installed once; whoever ends the tests removes it. */
export const installedPackage = () => (installing ??= install());

export const readme = () => readFile(join(web, 'README.md'), 'utf8');
