// SPDX-License-Identifier: Apache-2.0
// The format is described in wasm/bindings/packed_strings.h.
import type { CoreBuffer, CoreModule } from './core.js';

const WORD = 4;
const encoder = new TextEncoder();
// A byte order mark is a character of the text like any other.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

const isHighSurrogate = (unit: number) => unit >= 0xd800 && unit <= 0xdbff;
const isLowSurrogate = (unit: number) => unit >= 0xdc00 && unit <= 0xdfff;

/** Bytes that TextEncoder will write: a lone surrogate becomes U+FFFD, three bytes. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800) bytes += 2;
    else if (isHighSurrogate(unit) && isLowSurrogate(text.charCodeAt(i + 1))) {
      bytes += 4;
      i += 1;
    } else bytes += 3;
  }
  return bytes;
}

/** Writes the strings straight into the wasm memory. The caller deletes the buffer. */
export function packStrings(core: CoreModule, strings: readonly string[]): CoreBuffer {
  const lengths = strings.map(utf8Length);
  const header = WORD * (strings.length + 1);
  const buffer = new core.Buffer(lengths.reduce((sum, length) => sum + length, header));
  const bytes = buffer.view();
  const words = new DataView(bytes.buffer, bytes.byteOffset);
  words.setUint32(0, strings.length, true);
  let begin = header;
  strings.forEach((text, index) => {
    const length = lengths[index] as number;
    words.setUint32(WORD * (index + 1), length, true);
    encoder.encodeInto(text, bytes.subarray(begin, begin + length));
    begin += length;
  });
  return buffer;
}

export function unpackStrings(packed: Uint8Array): string[] {
  const words = new DataView(packed.buffer, packed.byteOffset);
  const count = words.getUint32(0, true);
  const strings: string[] = [];
  let begin = WORD * (count + 1);
  for (let index = 0; index < count; index++) {
    const end = begin + words.getUint32(WORD * (index + 1), true);
    strings.push(decoder.decode(packed.subarray(begin, end)));
    begin = end;
  }
  return strings;
}
