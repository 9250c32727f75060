// SPDX-License-Identifier: Apache-2.0
import { make } from './make.js';
import type { Messages } from './messages.js';
import type { SearchView } from './search-controller.js';
import type { SessionPhase } from './session.js';

/** Words of a kind stand instead of results; the site may add its own (slots `start`, `nothing`). */
export type NoticeKind = 'none' | 'start' | 'searching' | 'nothing' | 'error';

export function noticeKind({ state, tier, final }: SearchView): NoticeKind {
  switch (state) {
    case 'empty':
      return 'start';
    case 'waiting':
      return 'searching';
    case 'nothing':
      // No word occurs; meaning has not been asked yet.
      return final || tier !== 'lexical' ? 'nothing' : 'searching';
    case 'error':
      return 'error';
    case 'shown':
      return 'none';
  }
}

export function makeNotice(view: SearchView, phase: SessionPhase, messages: Messages): Node[] {
  switch (noticeKind(view)) {
    case 'none':
      return [];
    case 'start':
      return [make('slot', { name: 'start' }, messages.text('start'))];
    case 'searching':
      return [document.createTextNode(messages.text('searching'))];
    case 'nothing':
      return [
        make('strong', {}, messages.text('nothing', { query: view.query })),
        make('slot', { name: 'nothing' }, messages.text('nothingHint')),
      ];
    case 'error':
      return [make('strong', {}, messages.text(phase === 'failed' ? 'failed' : 'failedSearch'))];
  }
}
