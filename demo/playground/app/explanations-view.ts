// SPDX-License-Identifier: Apache-2.0
import type { Explanation, TextRange } from 'mayfly';
import { element, make } from '../../site/app/elements.js';
import { fillTable, header, heatCell, number, row } from './table.js';

const section = element('explanations', HTMLElement);
const list = element('explanation-list', HTMLOListElement);

export interface ExplainedSentence {
  readonly text: string;
  readonly explanation: Explanation;
}

/** Best first. What was open stays open, by its text. */
export function showExplanations(query: string, explained: readonly ExplainedSentence[]): void {
  const open = new Set(
    [...list.querySelectorAll<HTMLDetailsElement>('details[open]')].map(
      ({ dataset }) => dataset['text'],
    ),
  );
  section.hidden = explained.length === 0;
  list.replaceChildren(
    ...explained.map((one, place) => {
      const details = make('details', '', '');
      details.dataset['text'] = one.text;
      details.open = open.size > 0 ? open.has(one.text) : place === 0;
      const { rank, score } = one.explanation;
      const where = rank === undefined ? 'not in the answer' : `place ${rank}`;
      const summary = make('summary', '', `${one.text} `);
      summary.append(make('span', 'score', `${where}, score ${number(score, 3)}`));
      details.append(summary, partsOf(query, one));
      const item = make('li', '', '');
      item.append(details);
      return item;
    }),
  );
}

function partsOf(query: string, { text, explanation }: ExplainedSentence): HTMLElement {
  const parts = make('div', 'parts', '');
  const { scores, lexicalWeight, nameBonus, words, tokens, tokenScore } = explanation;
  const figures = make('dl', '', '');
  const add = (name: string, value: string) =>
    figures.append(make('dt', '', name), make('dd', '', value));
  add('Cosine by the transformer', number(scores.contextual, 3));
  add('Cosine by the static model', number(scores.static, 3));
  add('Words (BM25), times weight', `${number(scores.lexical, 2)} × ${number(lexicalWeight, 4)}`);
  if (nameBonus > 0) add('It is named so', number(nameBonus, 3));
  add('Mean of the tokens below', number(tokenScore, 3));
  parts.append(figures);
  const slice = (whole: string, [begin, end]: TextRange) => whole.slice(begin, end);
  if (words.length > 0) {
    parts.append(
      scrolled(
        'Words of the question that it has',
        ['In the question', 'In the sentence', 'How', 'BM25'],
        words.map(({ range, word, kind, score }) =>
          row(
            header('row', slice(query, range)),
            make('td', '', word),
            make('td', '', kind),
            make('td', 'number', number(score, 2)),
          ),
        ),
      ),
    );
  }
  if (tokens.length > 0) {
    parts.append(
      scrolled(
        'Each token of the question, and the nearest of the sentence',
        ['In the question', 'In the sentence', 'Cosine'],
        tokens.map(({ range, target, cosine }) =>
          row(
            header('row', slice(query, range)),
            make('td', '', slice(text, target)),
            heatCell(cosine),
          ),
        ),
      ),
    );
  }
  return parts;
}

function scrolled(
  caption: string,
  columns: readonly string[],
  rows: readonly HTMLTableRowElement[],
): HTMLElement {
  const table = make('table', '', '');
  fillTable(table, caption, row(...columns.map((name) => header('col', name))), rows);
  const region = make('div', 'scroll', '');
  // For the keyboard: it may be wider than the window.
  region.tabIndex = 0;
  region.setAttribute('role', 'group');
  region.setAttribute('aria-label', caption);
  region.append(table);
  return region;
}
