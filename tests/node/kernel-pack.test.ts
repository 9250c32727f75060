// SPDX-License-Identifier: Apache-2.0
// The kernel pack shares the core's memory, so what it is made of matters even where it cannot run.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { repositoryFile } from './repository.js';

/** The section ids of a WebAssembly file (WebAssembly core specification, 5.5.2). */
function sections(file: Buffer): Map<number, Buffer> {
  const found = new Map<number, Buffer>();
  let at = 8;
  while (at < file.length) {
    const id = file[at++] as number;
    let size = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = file[at++] as number;
      size |= (byte & 127) << shift;
      if (byte < 128) break;
    }
    found.set(id, file.subarray(at, at + size));
    at += size;
  }
  return found;
}

const START = 8;
const DATA = 11;

test('the kernel pack has no data and nothing that runs at instantiation', async () => {
  const found = sections(await readFile(repositoryFile('web/dist/mayfly-kernels.wasm')));
  assert.ok(found.has(10), 'it has code');
  assert.ok(!found.has(DATA) && !found.has(START));
});

test('the kernel pack never touches a stack, which would lie in memory of the core', async () => {
  const code = sections(await readFile(repositoryFile('web/dist/mayfly-kernels.wasm'))).get(10);
  // global.get and global.set of global 0, the stack pointer: 0x23 0x00, 0x24 0x00. A loop's constant
  // could look the same; none does, and a false alarm is the safe side.
  assert.ok(code && !code.includes(Buffer.from([0x24, 0x00])), 'global.set 0');
});

// ./dev demo builds that target only, on a machine where nothing else was built before.
test('whoever builds the core builds the kernel pack, which the package needs', () => {
  const folder = repositoryFile('build/wasm');
  const needed = execFileSync('ninja', ['-C', folder, '-t', 'graph', 'mayfly_core']).toString();
  assert.match(needed, /mayfly-kernels\.wasm/);
});
