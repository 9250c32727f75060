// SPDX-License-Identifier: Apache-2.0
import type { Explain } from './explanation.js';
import type { FilterChoice } from './facets.js';
import { FiltersView } from './filters-view.js';
import type { Messages } from './messages.js';
import { makeNotice } from './notice.js';
import { ResultsView } from './results-view.js';
import type { SearchController } from './search-controller.js';
import type { SearchSession } from './session.js';
import type { Shell } from './shell.js';
import { statusOf } from './status-text.js';

export interface BoxHost extends HTMLElement {
  readonly explain: Explain;
}

/** All below the input: filters, results or a notice, status. */
export class PanelView {
  readonly results: ResultsView;
  showsWhy = false;
  readonly #filters: FiltersView;

  constructor(
    private readonly host: BoxHost,
    private readonly shell: Shell,
    private readonly messages: Messages,
    onChoose: (choice: FilterChoice) => void,
  ) {
    this.results = new ResultsView(shell.list);
    this.#filters = new FiltersView(shell.filters, onChoose);
  }

  show({ state, facets, base }: SearchSession, { view, choice }: SearchController): void {
    const { shell, messages, host } = this;
    const shown = view.state === 'shown';
    this.results.show(shown ? view.results : [], {
      messages,
      explain: host.explain,
      showWhy: this.showsWhy,
      template: host.querySelector(':scope > template[slot=result]'),
      base,
    });
    const counted = view.query === '' ? [] : facets.facets(choice, messages.language);
    this.#filters.show(counted, messages);
    shell.notice.replaceChildren(...makeNotice(view, state.phase, messages));
    shell.better.hidden = !view.better;
    shell.more.hidden = !shown || !view.more || !view.answered;
    shell.retry.hidden = view.state !== 'error';
    shell.why.hidden = !shown;
    shell.why.setAttribute('aria-pressed', String(this.showsWhy));
    const { text, progress } = statusOf(state, view, messages);
    shell.status.textContent = text;
    shell.bar.hidden = progress === undefined;
    shell.bar.value = progress ?? 0;
  }
}
