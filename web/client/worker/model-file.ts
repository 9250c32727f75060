// SPDX-License-Identifier: Apache-2.0
import type { CoreModel } from '../core/core.js';

/** Bytes of the header's length; data begins at a multiple of it. */
const ALIGNMENT = 8;

/**
 * A loaded model as a safetensors file (https://github.com/huggingface/safetensors#format), from
 * which another core loads an equal one: for further workers. Not the file that was downloaded,
 * where that was coded.
 */
export function writeModelFile(model: CoreModel): Uint8Array<ArrayBuffer> {
  const { metadata, tensors } = model.describe();
  // Numbers of four bytes first: what follows them needs no alignment.
  const order = tensors
    .map((tensor, place) => ({ tensor, place, wide: /32$/.test(tensor.dtype) }))
    .sort((a, b) => Number(b.wide) - Number(a.wide));
  const header: Record<string, unknown> = { __metadata__: metadata };
  let end = 0;
  for (const { tensor } of order) {
    const { name, dtype, shape, byteCount } = tensor;
    header[name] = { dtype, shape, data_offsets: [end, (end += byteCount)] };
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const begin = Math.ceil((ALIGNMENT + text.length) / ALIGNMENT) * ALIGNMENT;
  // The format pads the header with spaces.
  const file = new Uint8Array(begin + end).fill(0x20, 0, begin);
  new DataView(file.buffer).setBigUint64(0, BigInt(begin - ALIGNMENT), true);
  file.set(text, ALIGNMENT);
  let at = begin;
  for (const { tensor, place } of order) {
    file.set(model.tensor(place), at);
    at += tensor.byteCount;
  }
  return file;
}
