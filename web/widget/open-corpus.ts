// SPDX-License-Identifier: Apache-2.0
// The one place that knows how a corpus is written.
import type { CorpusSource, Passage } from './corpus-source.js';

/** `base`, `model` and `staticModel` are relative to the manifest; `base` is the site's root by default. */
interface Manifest {
  readonly passages?: number;
  readonly base?: string;
  readonly model?: string | null;
  readonly staticModel?: string | null;
  /** Files of JSON arrays of passages. */
  readonly chunks: readonly string[];
}

/** What could not be had, in a sentence; `cause` says why. */
export class CorpusError extends Error {
  override readonly name = 'CorpusError';
  readonly code = 'corpus-unavailable';
}

async function fetchJson<T>(url: URL, signal: AbortSignal): Promise<T> {
  let response: Response;
  try {
    response = await fetch(url, { signal });
  } catch (cause) {
    signal.throwIfAborted();
    throw new CorpusError(`${url.href} could not be reached; check the connection`, { cause });
  }
  if (!response.ok) {
    throw new CorpusError(`${url.href} answered ${response.status}; check the corpus attribute`);
  }
  try {
    return (await response.json()) as T;
  } catch (cause) {
    signal.throwIfAborted();
    throw new CorpusError(`${url.href} is not a Mayfly corpus; build it again`, { cause });
  }
}

function resolved(reference: string | null | undefined, manifest: URL): string | null | undefined {
  return typeof reference === 'string' ? new URL(reference, manifest).href : reference;
}

/** `language`: a wish, which this form of corpus cannot grant. */
export async function openCorpus(
  manifestUrl: string,
  _language: string | null,
  signal: AbortSignal,
): Promise<CorpusSource> {
  const url = new URL(manifestUrl);
  const manifest = await fetchJson<Manifest>(url, signal);
  if (!Array.isArray(manifest?.chunks)) {
    throw new CorpusError(`${url.href} is not a Mayfly corpus; build it again`);
  }
  return {
    size: manifest.passages,
    base: new URL(manifest.base ?? '/', url).href,
    model: resolved(manifest.model, url),
    staticModel: resolved(manifest.staticModel, url),
    async *chunks(chunkSignal) {
      // The next chunk is on its way while one is being added.
      const load = (name: string | undefined) =>
        name === undefined ? undefined : fetchJson<Passage[]>(new URL(name, url), chunkSignal);
      let next = load(manifest.chunks[0]);
      for (let i = 1; next; i++) {
        const chunk = await next;
        next = load(manifest.chunks[i]);
        next?.catch(() => {});
        yield chunk;
      }
    },
  };
}
