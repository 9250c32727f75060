// SPDX-License-Identifier: Apache-2.0
import type { SearchView } from './search-controller.js';
import type { SessionState } from './session.js';
import type { Messages } from './messages.js';

/** The quiet line below the results. */
export interface Status {
  readonly text: string;
  /** 0 to 1; undefined where nothing is under way. */
  readonly progress: number | undefined;
}

const MB = 1e6;

/** What is loaded and how much of the site has been understood: the one thing that matters now. */
export function statusOf(
  session: SessionState,
  view: Pick<SearchView, 'state' | 'tier' | 'coverage' | 'answered'>,
  messages: Messages,
): Status {
  const { phase, searchable, size, complete, download, models } = session;
  if (phase === 'idle' || phase === 'failed') return { text: '', progress: undefined };
  if (!complete) {
    const part = size ? searchable / size : 0;
    const percent = messages.percent(part);
    return { text: messages.text('loadingText', { percent }), progress: part };
  }
  if (models === 'none' || models === 'failed') {
    if (view.tier === 'lexical') return { text: messages.text('wordsOnly'), progress: undefined };
  }
  if (download?.total) {
    const loaded = messages.number(download.loaded / MB, 0);
    const total = messages.number(download.total / MB, 0);
    return {
      text: messages.text('loadingModel', { loaded, total }),
      progress: download.loaded / download.total,
    };
  }
  if (models === 'loading' || view.state !== 'shown' || !view.answered || view.tier === 'lexical') {
    return { text: '', progress: undefined };
  }
  if (view.coverage >= 1) return { text: messages.text('complete'), progress: undefined };
  const percent = messages.percent(view.coverage);
  return { text: messages.text('understood', { percent }), progress: view.coverage };
}
