// SPDX-License-Identifier: Apache-2.0
import { MayflyError } from '../errors.js';

/** Compares SHA-256 in hexadecimal. Errors: `checksum-mismatch`, `insecure-context`. */
export async function verifySha256(bytes: Uint8Array, expected: string): Promise<void> {
  const subtle = globalThis.crypto?.subtle;
  if (!subtle) {
    throw new MayflyError(
      'insecure-context',
      'the model cannot be verified: browsers offer SHA-256 on https and localhost only; ' +
        'serve the page that way, or pass integrity: false',
    );
  }
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>));
  const actual = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (actual === expected) return;
  throw new MayflyError(
    'checksum-mismatch',
    `the model file is not the one that was named (SHA-256 ${actual}, expected ${expected}); ` +
      'it was changed or damaged on the way, load it again',
  );
}
