// SPDX-License-Identifier: Apache-2.0
import { element, make } from '../../site/app/elements.js';
import type { Reader } from './readers.js';
import { cosines, nearestPair } from './similarity.js';
import { fillTable, header, heatCell, number, row } from './table.js';

type Tier = Reader['tier'];

const section = element('similarity', HTMLElement);
const models = element('models', HTMLFieldSetElement);
const table = element('matrix', HTMLTableElement);
const nearest = element('nearest', HTMLParagraphElement);
const NAMES: Readonly<Record<Tier, string>> = {
  static: 'the static model',
  contextual: 'the transformer',
};

const choices = [...models.querySelectorAll('input')];
const matrices = new Map<Tier, number[][]>();
let texts: readonly string[] = [];
let chosenByHand = false;

models.addEventListener('change', () => {
  chosenByHand = true;
  show();
});

/** Other sentences: what was known of the old ones is gone. */
export function newSentences(sentences: readonly string[]): void {
  texts = sentences;
  matrices.clear();
}

export function showSimilarity(tier: Tier, vectors: readonly Float32Array[]): void {
  matrices.set(tier, cosines(vectors));
  for (const choice of choices) {
    if (choice.value !== tier) continue;
    choice.disabled = false;
    // The better model is shown as soon as it is there, unless somebody has chosen.
    if (!chosenByHand && tier === 'contextual') choice.checked = true;
  }
  show();
}

function show(): void {
  const tier = choices.find(({ checked }) => checked)?.value as Tier;
  const matrix = matrices.get(tier);
  section.hidden = texts.length === 0;
  if (!matrix) return;
  const pair = nearestPair(matrix);
  nearest.textContent = pair
    ? `Nearest: ${pair[0] + 1} and ${pair[1] + 1}, ${number(matrix[pair[0]]![pair[1]]!, 2)}.`
    : '';
  fillTable(
    table,
    `Cosines by ${NAMES[tier]}`,
    row(header('col', 'Sentence'), ...texts.map((_, place) => header('col', `${place + 1}`))),
    matrix.map((cells, i) =>
      row(
        header('row', `${i + 1}. ${texts[i]}`),
        ...cells.map((cosine, j) =>
          i === j ? make('td', 'heat same', number(cosine, 2)) : heatCell(cosine),
        ),
      ),
    ),
  );
}
