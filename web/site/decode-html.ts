// SPDX-License-Identifier: Apache-2.0
// Bytes to text, as browsers do it for files: https://html.spec.whatwg.org/#determining-the-character-encoding

/** How far a declaration may be from the beginning. */
const PRESCAN_BYTES = 1024;
const DECLARATIONS = [
  /<meta\s[^>]*?charset\s*=\s*["']?\s*([^"'\s/>;]+)/i,
  /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([^"']+)["']/i,
];

export interface DecodedHtml {
  readonly html: string;
  /** Name of the encoding standard, e.g. `windows-1252`. */
  readonly encoding: string;
  /** What is wrong with the encoding, or undefined. */
  readonly problem?: string;
}

function markOf(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}

function declared(bytes: Uint8Array): string | undefined {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, PRESCAN_BYTES));
  const visible = start.replace(/<!--[\s\S]*?(?:-->|$)/g, '');
  for (const pattern of DECLARATIONS) {
    const label = pattern.exec(visible)?.[1];
    if (label) return label.toLowerCase();
  }
  return undefined;
}

/**
 * 0x80 to 0x9f of https://encoding.spec.whatwg.org/index-windows-1252.txt: some versions of Node decode
 * them as ISO-8859-1. No-op after a right decoding, since none of the results is among the keys but
 * those that stay.
 */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

function decode(decoder: TextDecoder, bytes: Uint8Array): string {
  const text = decoder.decode(bytes);
  if (decoder.encoding !== 'windows-1252') return text;
  return text.replace(/[\u0080-\u009f]/g, (one) => WINDOWS_1252[one.charCodeAt(0) - 0x80]!);
}

function decoderFor(label: string): TextDecoder | undefined {
  try {
    return new TextDecoder(label);
  } catch {
    return undefined;
  }
}

export function decodeHtml(bytes: Uint8Array): DecodedHtml {
  const label = markOf(bytes) ?? declared(bytes) ?? '';
  // A declaration that can be read as ASCII is not UTF-16, whatever it says.
  const wished = label.startsWith('utf-16') && !markOf(bytes) ? 'utf-8' : label;
  const decoder = decoderFor(wished || 'utf-8');
  if (decoder && decoder.encoding !== 'utf-8') {
    return { html: decode(decoder, bytes), encoding: decoder.encoding };
  }
  try {
    const html = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const unknown = decoder ? {} : { problem: `declares the unknown encoding "${label}"` };
    return { html, encoding: 'utf-8', ...unknown };
  } catch {
    // Declared UTF-8 that is none shows U+FFFD, as in a browser; undeclared is most likely Western.
    const encoding = wished && decoder ? 'utf-8' : 'windows-1252';
    const problem =
      encoding === 'utf-8'
        ? 'has bytes that are not UTF-8'
        : 'names no encoding and is not UTF-8; read as windows-1252';
    return { html: decode(new TextDecoder(encoding), bytes), encoding, problem };
  }
}
