// SPDX-License-Identifier: Apache-2.0
import type { PackedDocument } from './documents.js';

/** An `add` or `update` that the worker has done and that can still be taken back. */
export interface Applied {
  readonly documents: readonly PackedDocument[];
  readonly update: boolean;
  /** By id, what was there before, where that is known. */
  readonly before: Map<string, PackedDocument>;
}

/** What the worker must do to take an `Applied` back. */
export interface TakenBack {
  readonly remove: readonly string[];
  readonly replace: readonly PackedDocument[];
}

/**
 * What the page knows of a collection's documents: all of them, to survive a crash of the worker; or,
 * where they are not to be kept, their number and those that can still be taken back.
 */
export class DocumentLedger {
  readonly #documents = new Map<string, PackedDocument>();
  readonly #open = new Set<Applied>();
  #count = 0;
  #ended = false;

  constructor(private readonly keeps: boolean) {}

  get size(): number {
    return this.keeps ? this.#documents.size : this.#count;
  }

  /** Everything that the worker has; undefined where it is not kept. */
  get all(): PackedDocument[] | undefined {
    return this.keeps ? [...this.#documents.values()] : undefined;
  }

  get(id: string): PackedDocument | undefined {
    return this.keeps ? this.#documents.get(id) : undefined;
  }

  /** Whether this very version of a document is the one that is there. */
  has(document: PackedDocument): boolean {
    return this.#documents.get(document.id) === document;
  }

  apply(documents: readonly PackedDocument[], update: boolean): Applied {
    const before = new Map<string, PackedDocument>();
    const applied = { documents, update, before };
    if (this.#ended) return applied;
    for (const document of documents) {
      const old = this.#documents.get(document.id);
      if (old) before.set(document.id, old);
      this.#documents.set(document.id, document);
    }
    if (!update) this.#count += documents.length;
    this.#open.add(applied);
    return applied;
  }

  /** It stays. */
  close(applied: Applied): void {
    this.#open.delete(applied);
    if (this.keeps) return;
    for (const document of applied.documents) {
      if (this.has(document)) this.#documents.delete(document.id);
    }
  }

  /**
   * As if it had never come. What was removed or replaced meanwhile is not its any more. (An update of
   * documents that are not kept cannot be taken back.) The count follows with `removed`.
   */
  takeBack(applied: Applied): TakenBack {
    this.#open.delete(applied);
    const remove: string[] = [];
    const replace: PackedDocument[] = [];
    for (const document of applied.documents) {
      const { id } = document;
      const old = applied.before.get(id);
      if (!this.has(document)) this.#inherit(document, old);
      else if (old) {
        this.#documents.set(id, old);
        replace.push(old);
      } else {
        this.#documents.delete(id);
        if (this.keeps || !applied.update) remove.push(id);
      }
    }
    return { remove, replace };
  }

  /** The worker has removed `count` of these. */
  removed(ids: readonly string[], count: number): void {
    if (this.#ended) return;
    for (const id of ids) this.#documents.delete(id);
    this.#count -= count;
  }

  cleared(): void {
    this.#documents.clear();
    this.#count = 0;
  }

  /** Forgets all, and learns nothing any more. */
  end(): void {
    this.#ended = true;
    this.cleared();
    this.#open.clear();
  }

  /** Whoever has replaced that document would put back what it had replaced itself. */
  #inherit(document: PackedDocument, old: PackedDocument | undefined): void {
    for (const { before } of this.#open) {
      if (before.get(document.id) !== document) continue;
      if (old) before.set(document.id, old);
      else before.delete(document.id);
    }
  }
}
