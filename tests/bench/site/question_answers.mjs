// SPDX-License-Identifier: Apache-2.0
// Questions with the pages that answer them, and how many of them a list of pages answers.
import { readFileSync } from 'node:fs';

// [{question, pages}] of a file of demo/questions: the address of each page that answers it.
export function readQuestions(file) {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [question, addresses] = line.split('\t');
      return { question, pages: addresses.split(' ') };
    });
}

// Place of the first right page, from 0; -1 where none is listed.
export const placeOf = (found, { pages }) => found.findIndex((address) => pages.includes(address));

export function shares(found, questions) {
  const places = questions.map((question, number) => placeOf(found[number], question));
  const share = (holds) => places.filter(holds).length / places.length;
  return {
    first: share((place) => place === 0),
    top3: share((place) => place >= 0 && place < 3),
    nothing: found.filter((list) => list.length === 0).length / found.length,
  };
}
