// SPDX-License-Identifier: Apache-2.0
// The sessions of this page: boxes with the same settings share one.
import { SearchSession } from './session.js';
import type { Device, WishedModels } from './engine-choice.js';

/** What boxes must have in common to share a session; addresses are absolute. */
export interface SessionSettings extends WishedModels {
  readonly corpus: string;
  /** Of the page: where a corpus has several languages, this one is loaded. */
  readonly language: string | null;
  /** The engine is shared with the other pages of the visit. */
  readonly shared: boolean;
}

interface Held {
  readonly session: SearchSession;
  users: number;
  leaving: ReturnType<typeof setTimeout> | undefined;
}

/** Sites that change pages by script take a header out and put it in again: wait for that. */
const KEEP_MS = 30_000;

const held = new Map<string, Held>();

/** The package's own files lie beside this one, unless a bundler has moved it. */
const OWN_FILE = /^http.*\/widget\.js(?:[?#]|$)/;

function makeSession(
  { corpus, language, shared, ...models }: SessionSettings,
  key: string,
): SearchSession {
  const here = import.meta.url;
  const own = OWN_FILE.test(here);
  // At once: the shared worker lives as long as some page holds on to it.
  const sharing =
    shared && own
      ? import('./shared-engine.js').then(
          ({ shareEngine }) => shareEngine(here, key),
          () => {},
        )
      : undefined;
  return new SearchSession({
    async openCorpus(signal) {
      // The engine's code comes with the manifest, not after it; createEngine says where it fails.
      import('mayfly').catch(() => {});
      const { openCorpus } = await import('mayfly/corpus');
      return openCorpus(corpus, { signal, languages: language ? [language] : [] });
    },
    async createEngine(options) {
      const { Mayfly } = await import('mayfly');
      const share = await sharing;
      return Mayfly.create(share ? share(options) : options);
    },
    models,
    device: navigator as Device,
  });
}

export function takeSession(settings: SessionSettings): SearchSession {
  const key = JSON.stringify(settings);
  let entry = held.get(key);
  if (!entry)
    held.set(key, (entry = { session: makeSession(settings, key), users: 0, leaving: undefined }));
  clearTimeout(entry.leaving);
  entry.users += 1;
  return entry.session;
}

/** The last one out ends the session a little later. */
export function leaveSession(session: SearchSession): void {
  for (const [key, entry] of held) {
    if (entry.session !== session || --entry.users > 0) continue;
    entry.leaving = setTimeout(() => {
      held.delete(key);
      session.dispose();
    }, KEEP_MS);
  }
}
