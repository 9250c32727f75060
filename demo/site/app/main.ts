// SPDX-License-Identifier: Apache-2.0
import { Mayfly } from 'mayfly';
import { announce } from './announcer.js';
import { loadCorpus, type PassageInfo } from './corpus.js';
import { element, make } from './elements.js';
import { installKeyboard } from './keyboard.js';
import { Reader } from './reader.js';
import { Searcher } from './searcher.js';
import {
  count,
  hideProblem,
  showComplete,
  showFigure,
  showLoading,
  showProblem,
  showReading,
} from './status-view.js';

const EXAMPLES = [
  'My laptop was stolen',
  'time off for a new baby',
  'who pays for my train ticket?',
  'screen reader for blind users',
  'can I work from another country?',
  'giving feedback to the person I manage',
];
const TYPING_PAUSE_MS = 120;
const QUARTERS = 4;

const form = element('search-form', HTMLFormElement);
const input = element('query', HTMLInputElement);
const pause = element('pause', HTMLButtonElement);

let searcher: Searcher | undefined;
let reader: Reader | undefined;
let typing: ReturnType<typeof setTimeout> | undefined;

function ask(query: string): void {
  clearTimeout(typing);
  const url = new URL(location.href);
  if (query.trim() === '') url.searchParams.delete('q');
  else url.searchParams.set('q', query);
  history.replaceState(null, '', url);
  reader?.prefer(query);
  void searcher?.search(query);
}

function fail(error: unknown): void {
  console.warn(error);
  showProblem(error instanceof Error ? `The search stopped: ${error.message}` : String(error));
}

function installInput(): void {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    ask(input.value);
  });
  input.addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(() => ask(input.value), TYPING_PAUSE_MS);
  });
  installKeyboard(input, () => {
    input.value = '';
    ask('');
  });
  const items = EXAMPLES.map((example) => {
    const button = make('button', '', example);
    button.type = 'button';
    button.addEventListener('click', () => {
      input.value = example;
      input.focus();
      ask(example);
    });
    const item = document.createElement('li');
    item.append(button);
    return item;
  });
  element('example-list', HTMLUListElement).replaceChildren(...items);
  input.value = new URL(location.href).searchParams.get('q') ?? '';
}

async function start(): Promise<void> {
  hideProblem();
  const corpus = await loadCorpus(new URL('corpus.json', document.baseURI));
  const begin = performance.now();
  const engine = await Mayfly.create({ onProgress: showLoading });
  showFigure('load', `${((performance.now() - begin) / 1000).toFixed(1)} s`);
  const collection = engine.collection<PassageInfo>();
  const total = corpus.passages.length;
  const current = new Searcher(collection, total, fail);
  searcher = current;

  let announced = 0;
  const reading: Reader = new Reader(collection, corpus.passages, {
    progress: (completed) => showReading(completed, total, reading.paused),
    grown: () => {
      showFigure('rate', reading.rate.toFixed(reading.rate < 10 ? 1 : 0));
      const quarter = Math.floor((QUARTERS * collection.size) / total);
      if (quarter > announced && quarter < QUARTERS) {
        announced = quarter;
        announce(`${count(collection.size)} of ${count(total)} passages understood`);
      }
      void current.grown();
    },
    done: () => {
      showComplete(total);
      announce('All passages understood');
    },
    failed: fail,
  });
  reader = reading;
  pause.onclick = () => {
    if (reading.paused) void reading.resume();
    else reading.pause();
    showReading(collection.size, total, reading.paused);
  };
  showReading(0, total, false);
  void reading.resume();
  if (input.value !== '') ask(input.value);
}

installInput();
element('retry', HTMLButtonElement).addEventListener('click', () => void start().catch(fail));
start().catch(fail);
