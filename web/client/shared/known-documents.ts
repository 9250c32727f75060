// SPDX-License-Identifier: Apache-2.0
import { DOCUMENT_PARTS } from '../documents.js';

/** FNV-1a over UTF-16 units, and the length: tells another version of a text from the one that is there. */
function digest(parts: readonly string[]): string {
  const text = parts.join('\0');
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return `${text.length}:${hash >>> 0}`;
}

/** Which documents a shared collection has, and in which version; not their texts. */
export class KnownDocuments {
  readonly #digests = new Map<string, string>();

  /** Of documents as `ingest` takes them: those that are not there, and those that are in another version. */
  compare(documents: readonly string[]): { added: string[]; changed: string[] } {
    const added: string[] = [];
    const changed: string[] = [];
    for (const [id, parts] of split(documents)) {
      const known = this.#digests.get(id);
      if (known === undefined) added.push(...parts);
      else if (known !== digest(parts)) changed.push(...parts);
    }
    return { added, changed };
  }

  keep(documents: readonly string[]): void {
    for (const [id, parts] of split(documents)) this.#digests.set(id, digest(parts));
  }

  forget(ids: readonly string[]): void {
    for (const id of ids) this.#digests.delete(id);
  }

  clear(): void {
    this.#digests.clear();
  }
}

function* split(documents: readonly string[]): Generator<[id: string, parts: readonly string[]]> {
  for (let at = 0; at < documents.length; at += DOCUMENT_PARTS) {
    const parts = documents.slice(at, at + DOCUMENT_PARTS);
    yield [parts[0] as string, parts];
  }
}
