// SPDX-License-Identifier: Apache-2.0
import { Announcer } from './announcer.js';
import { emit, errorCode } from './events.js';
import type { Messages } from './messages.js';
import { noticeKind } from './notice.js';
import type { SearchController, SearchView } from './search-controller.js';
import type { SearchSession, SessionState } from './session.js';

/** Tells page and screen reader what happens in a box, everything once. */
export class BoxNews {
  readonly #announcer: Announcer;
  #view: SearchView | undefined;
  #state: SessionState | undefined;

  constructor(
    private readonly host: Element,
    live: HTMLElement,
    private readonly messages: Messages,
  ) {
    this.#announcer = new Announcer(live);
  }

  searchBegins({ view, choice }: SearchController): void {
    const filters = Object.fromEntries([...choice].map(([name, values]) => [name, [...values]]));
    emit(this.host, 'mayfly-search', { query: view.query, filters });
  }

  update(session: SearchSession, view: SearchView): void {
    const { state } = session;
    if (state !== this.#state) this.#ofSession(state, this.#state);
    this.#state = state;
    if (view !== this.#view) this.#ofView(view);
    this.#view = view;
  }

  end(): void {
    this.#announcer.silence();
  }

  #ofSession(state: SessionState, before: SessionState | undefined): void {
    if (state.searchable !== before?.searchable && state.searchable > 0) {
      const { searchable: loaded, size: total } = state;
      emit(this.host, 'mayfly-progress', { stage: 'corpus', loaded, total });
    }
    if (state.download && state.download !== before?.download) {
      emit(this.host, 'mayfly-progress', { stage: 'model', ...state.download });
    }
    if (state.models === 'ready' && before?.models !== 'ready') {
      emit(this.host, 'mayfly-progress', { stage: 'ready', loaded: 1, total: 1 });
    }
    if (state.error !== undefined && state.error !== before?.error) this.#error(state.error, false);
    if (state.modelError !== undefined && state.modelError !== before?.modelError) {
      this.#error(state.modelError, true);
    }
  }

  #ofView(view: SearchView): void {
    const { query, results, tier, coverage, final, state, answered } = view;
    const kind = noticeKind(view);
    if (kind === 'error') {
      this.#announcer.say(this.messages.text('failedSearch'));
      if (view.error !== this.#state?.error) this.#error(view.error, false);
    } else if (kind === 'nothing' || (state === 'shown' && answered)) {
      const said =
        kind === 'nothing'
          ? this.messages.text('nothing', { query })
          : this.messages.results(results.length);
      this.#announcer.say(said);
      emit(this.host, 'mayfly-results', { query, results, tier, coverage, final });
    } else if (state === 'empty') this.#announcer.silence();
  }

  #error(error: unknown, recovered: boolean): void {
    emit(this.host, 'mayfly-error', { code: errorCode(error), error, recovered });
  }
}
