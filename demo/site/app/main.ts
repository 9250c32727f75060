// SPDX-License-Identifier: Apache-2.0
import { Mayfly, type Collection, type ReadingProgress } from 'mayfly';
import { announce } from './announcer.js';
import { loadCorpus, type PassageInfo } from './corpus.js';
import { element, make } from './elements.js';
import { installKeyboard } from './keyboard.js';
import { Searcher } from './searcher.js';
import {
  count,
  hideProblem,
  pauseChanged,
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
let typing: ReturnType<typeof setTimeout> | undefined;

function ask(query: string): void {
  clearTimeout(typing);
  const url = new URL(location.href);
  if (query.trim() === '') url.searchParams.delete('q');
  else url.searchParams.set('q', query);
  history.replaceState(null, '', url);
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

let engine: Mayfly | undefined;

/** What is understood, and how fast: of the transformer, the slowest of the tiers. */
function showReadingOf(collection: Collection<PassageInfo>): (progress: ReadingProgress) => void {
  let begin: { time: number; read: number } | undefined;
  let announced = 0;
  return ({ tier, read, size }) => {
    if (tier !== 'contextual') return;
    showReading(read, size, collection.paused);
    begin ??= { time: performance.now(), read };
    const rate = (1000 * (read - begin.read)) / (performance.now() - begin.time);
    if (rate > 0) showFigure('rate', rate.toFixed(rate < 10 ? 1 : 0));
    const quarter = Math.floor((QUARTERS * read) / size);
    if (quarter <= announced) return;
    announced = quarter;
    if (quarter < QUARTERS) announce(`${count(read)} of ${count(size)} passages understood`);
    else {
      showComplete(size);
      announce('All passages understood');
    }
  };
}

function installPause(collection: Collection<PassageInfo>): void {
  pause.onclick = () => {
    if (collection.paused) collection.resume();
    else collection.pause();
    pauseChanged(collection.paused);
  };
}

/** Words first, then the static model, then the transformer: the page answers from the first on. */
async function start(failed: (error: unknown) => void): Promise<void> {
  hideProblem();
  engine?.dispose();
  const begin = performance.now();
  const corpus = loadCorpus(new URL('corpus.json', document.baseURI));
  // Until all text can be searched, models would take the line and the worker from it.
  let textAdded = () => {};
  const text = new Promise<void>((resolve) => (textAdded = resolve));
  engine = await Mayfly.create({
    staticModel: new URL('mayfly/models/minilm-static.json', document.baseURI),
    waitFor: 'lexical',
    modelsAfter: text,
    onProgress: showLoading,
  });
  engine.ready.then(
    () => showFigure('load', `${((performance.now() - begin) / 1000).toFixed(1)} s`),
    failed,
  );
  const collection: Collection<PassageInfo> = engine.collection<PassageInfo>({
    onReading: (progress) => report(progress),
  });
  const report = showReadingOf(collection);
  installPause(collection);
  await collection.add((await corpus).passages, { until: 'searchable' });
  textAdded();
  searcher = new Searcher(collection, failed);
  if (input.value !== '') ask(input.value);
}

let latest = 0;

/** An attempt ends when the next one begins; that is no problem to show. */
function startAnew(): void {
  const own = ++latest;
  const failed = (error: unknown) => {
    if (own === latest) fail(error);
  };
  start(failed).catch(failed);
}

installInput();
element('retry', HTMLButtonElement).addEventListener('click', startAnew);
startAnew();
