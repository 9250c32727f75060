// SPDX-License-Identifier: Apache-2.0
// What code blocks of the documents take for granted: names of the reader's own page, and the few
// functions of an extension that the guide calls (as Chrome's reference has them).
import type { MayflyDocument, SearchResult } from 'mayfly';

declare global {
  const query: string;
  const documents: readonly MayflyDocument<{ url: string }>[];
  function show(results: readonly SearchResult[]): void;

  const chrome: {
    offscreen: {
      hasDocument(): Promise<boolean>;
      createDocument(options: {
        url: string;
        reasons: 'WORKERS'[];
        justification: string;
      }): Promise<void>;
    };
    runtime: {
      onMessage: {
        addListener(
          listener: (
            message: { query: string },
            sender: unknown,
            reply: (answer: unknown) => void,
          ) => boolean,
        ): void;
      };
    };
  };
}
