// SPDX-License-Identifier: Apache-2.0
// A recipe built as its owner would: a copy in build/recipes, `npm run build` there, `mayfly site --serve` to look at it.
import { execFile, spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import type { TestContext } from 'node:test';
import { promisify } from 'node:util';
import { repositoryFile } from '../node/repository.js';
import type { Recipe } from './recipes.js';

const program = repositoryFile('web/dist/site/mayfly.js');
const copies = repositoryFile('build/recipes');

/** `mayfly` as npm would have installed it, and the generators where a folder's own node_modules would be. */
function installBeside(): string {
  const bin = join(copies, 'bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, 'mayfly'), `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`);
  chmodSync(join(bin, 'mayfly'), 0o755);
  const modules = join(copies, 'node_modules');
  rmSync(modules, { force: true });
  symlinkSync(repositoryFile('tests/recipes/node_modules'), modules);
  return bin;
}

/** The folder of the built site. Rejects with the build's output where it fails. */
export async function buildRecipe({ name, publicDir }: Recipe): Promise<string> {
  const bin = installBeside();
  const folder = join(copies, name);
  rmSync(folder, { recursive: true, force: true });
  cpSync(repositoryFile(`docs/recipes/${name}`), folder, { recursive: true });
  const path = `${bin}${delimiter}${process.env['PATH'] ?? ''}`;
  await promisify(execFile)('npm', ['run', '--silent', 'build'], {
    cwd: folder,
    env: { ...process.env, PATH: path, ASTRO_TELEMETRY_DISABLED: '1' },
  });
  const built = join(folder, publicDir);
  if (!existsSync(join(built, 'mayfly/widget.js')))
    throw new Error(`${built} has no mayfly/widget.js`);
  return built;
}

/** Its address, until the test ends. */
export function serveBuilt(t: TestContext, folder: string): Promise<string> {
  const server = spawn(process.execPath, [program, 'site', folder, '--serve', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => server.kill());
  let said = '';
  return new Promise((resolve, reject) => {
    server.stdout.on('data', (chunk) => {
      said += String(chunk);
      const address = /serving (\S+)/.exec(said)?.[1];
      if (address) resolve(address);
    });
    server.on('exit', () => reject(new Error(`--serve ended without an address:\n${said}`)));
  });
}
