// SPDX-License-Identifier: Apache-2.0
// Sentences in, and out comes what each model makes of them, as soon as it is loaded.
import type { Collection } from 'mayfly';
import { announce } from '../../site/app/announcer.js';
import { element } from '../../site/app/elements.js';
import { showExplanations } from './explanations-view.js';
import { startReaders, type Reader } from './readers.js';
import { MOST_SENTENCES, readSentences, type Sentences } from './sentences.js';
import { newSentences, showSimilarity } from './similarity-view.js';
import { hideProblem, showLoading, showProblem, showReady } from './status-view.js';
import { forgetTimings, showTiming } from './timings-view.js';
import { measure } from './timings.js';
import { showTokens } from './tokens-view.js';

const START = [
  'The cat sat on the mat',
  'A kitten was resting on the rug',
  'Python is a programming language',
  'I love machine learning',
];
const START_QUERY = 'a small cat on a carpet';
const TYPING_PAUSE_MS = 300;

/** What is asked, and the signal that ends it when something else is. */
interface Asked extends Sentences {
  readonly query: string;
  readonly signal: AbortSignal;
}

const input = element('sentences', HTMLTextAreaElement);
const queryInput = element('query', HTMLInputElement);
const note = element('sentences-note', HTMLParagraphElement);
const readers: Reader[] = [];
let current = new AbortController();
let typing: ReturnType<typeof setTimeout> | undefined;

function ask(): Asked {
  current.abort();
  current = new AbortController();
  const sentences = readSentences(input.value);
  const { texts, left } = sentences;
  note.textContent =
    left > 0
      ? `At most ${texts.length}: the last ${left} are not read.`
      : `At most ${MOST_SENTENCES}.`;
  newSentences(texts);
  forgetTimings(texts.length);
  return { ...sentences, query: queryInput.value.trim(), signal: current.signal };
}

/** Failures of what nobody wants any more are none. */
async function showing(asked: Asked, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!asked.signal.aborted) showProblem(error);
  }
}

/** All that one model says of the sentences. */
async function show({ tier, engine }: Reader, asked: Asked): Promise<void> {
  const { texts, query, signal } = asked;
  if (tier === 'static') {
    showTokens(texts, await Promise.all(texts.map((text) => engine.tokenize(text, { signal }))));
  }
  const collection = engine.collection();
  try {
    await collection.add(
      texts.map((text, place) => ({ id: String(place), text })),
      { signal },
    );
    const embeddings = await engine.embed(texts, { signal });
    signal.throwIfAborted();
    showSimilarity(
      tier,
      embeddings.map(({ vector }) => vector),
    );
    if (tier === 'contextual') await explain(collection, asked);
    if (texts.length === 0 || query === '') return;
    if (tier === 'static') {
      showTiming('lexical', await measure(engine, collection, 'lexical', asked));
    }
    showTiming(tier, await measure(engine, collection, 'semantic', asked));
    if (tier === 'contextual') announce(`${texts.length} sentences compared`);
  } finally {
    collection.dispose();
  }
}

async function explain(collection: Collection, { texts, query, signal }: Asked): Promise<void> {
  if (query === '') return showExplanations('', []);
  const explained = await Promise.all(
    texts.map(async (text, place) => ({
      text,
      explanation: await collection.explain(query, String(place), { signal }),
    })),
  );
  const order = explained.sort((a, b) => b.explanation.score - a.explanation.score);
  showExplanations(query, order);
}

/** Models in turn: at the same time they would time each other. */
function showAll(): void {
  const asked = ask();
  hideProblem();
  void showing(asked, async () => {
    for (const reader of readers) await show(reader, asked);
  });
}

async function start(): Promise<void> {
  hideProblem();
  try {
    await startReaders(showLoading, (reader) => {
      readers.push(reader);
      showAll();
    });
    showReady();
  } catch (error) {
    // What the engine that did start is doing is not wanted any more.
    current.abort();
    for (const { engine } of readers.splice(0)) engine.dispose();
    showProblem(error);
  }
}

input.value = START.join('\n');
queryInput.value = START_QUERY;
element('form', HTMLFormElement).addEventListener('input', () => {
  clearTimeout(typing);
  typing = setTimeout(showAll, TYPING_PAUSE_MS);
});
element('form', HTMLFormElement).addEventListener('submit', (event) => event.preventDefault());
element('again', HTMLButtonElement).addEventListener('click', showAll);
element('retry', HTMLButtonElement).addEventListener('click', () => {
  if (readers.length === 2) showAll();
  else void start();
});
void start();
