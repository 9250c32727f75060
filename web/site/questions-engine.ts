// SPDX-License-Identifier: Apache-2.0
// Asks the corpus with the package's own engine, under Node, as the search elements ask it in a page.
import { availableParallelism } from 'node:os';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Collection, Mayfly, SearchTier } from 'mayfly';
import { openCorpus, type CorpusDocument } from '../corpus/reader.js';
import { SiteError } from './errors.js';
import type { PlacedQuestion } from './questions-pages.js';
import { anchorsShown, SHOWN_PAGES, type PageMetadata } from './shown-pages.js';

/** More threads share the memory's bandwidth rather than the work. */
const MOST_WORKERS = 4;

export interface EngineOptions {
  /** Folder of the built package. */
  readonly packageFolder: string;
  readonly manifest: string;
  /** Names of models in the package; undefined for none. */
  readonly model: string | undefined;
  readonly staticModel: string | undefined;
  say(line: string): void;
}

export interface AskedQuestion {
  readonly question: PlacedQuestion;
  /** Of the page with the answer among those shown, from 1; null where it is not. */
  readonly place: number | null;
  readonly first: { readonly address: string; readonly title: string } | null;
}

export interface Asked {
  readonly tier: SearchTier;
  readonly questions: readonly AskedQuestion[];
}

const readFromDisk = async (url: string) => new Response(await readFile(fileURLToPath(url)));

/** Passages of these languages, best first; of all without a wish. */
export async function readDocuments(
  manifest: string,
  languages: readonly string[] = [],
): Promise<CorpusDocument[]> {
  const options = { fetch: readFromDisk, languages };
  const corpus = await openCorpus(pathToFileURL(manifest), options);
  const documents: CorpusDocument[] = [];
  for await (const chunk of corpus.chunks()) documents.push(...chunk);
  return documents;
}

async function createEngine({ packageFolder, model, staticModel }: EngineOptions): Promise<Mayfly> {
  const file = pathToFileURL(join(packageFolder, 'node/index.js')).href;
  const modelFile = (name: string) => join(packageFolder, 'models', `${name}.json`);
  const { Mayfly } = (await import(file)) as typeof import('mayfly');
  return Mayfly.create({
    model: model === undefined ? null : modelFile(model),
    ...(staticModel === undefined ? {} : { staticModel: modelFile(staticModel) }),
    workers: Math.min(availableParallelism(), MOST_WORKERS),
  });
}

async function ask(
  question: PlacedQuestion,
  collection: Collection<PageMetadata>,
): Promise<AskedQuestion> {
  const { results } = await collection.search(question.text, SHOWN_PAGES);
  const place = results.findIndex((result) =>
    question.targets.some(
      ({ page, anchor }) =>
        page === result.metadata.page &&
        (anchor === undefined || anchorsShown(result).includes(anchor)),
    ),
  );
  const [best] = results;
  const anchor = best?.metadata.anchor;
  const first = best && {
    address: best.metadata.page + (anchor ? `#${anchor}` : ''),
    title: best.title,
  };
  return { question, place: place < 0 ? null : place + 1, first: first ?? null };
}

/** Questions are asked in the language of their answer, as visitors search the pages of their language. */
function byLanguage(questions: readonly PlacedQuestion[]): Map<string, PlacedQuestion[]> {
  const groups = new Map<string, PlacedQuestion[]>();
  for (const question of questions) {
    const group = groups.get(question.language);
    if (group) group.push(question);
    else groups.set(question.language, [question]);
  }
  return groups;
}

async function askAll(
  engine: Mayfly,
  questions: readonly PlacedQuestion[],
  { manifest, say }: EngineOptions,
): Promise<AskedQuestion[]> {
  const asked: AskedQuestion[] = [];
  for (const [language, group] of byLanguage(questions)) {
    const collection = engine.collection<PageMetadata>({ restore: false });
    const documents = await readDocuments(manifest, language === 'und' ? [] : [language]);
    await collection.add(documents, {
      onProgress: ({ completed, total }) => say(`${completed} of ${total} passages read`),
    });
    for (const question of group) {
      asked.push(await ask(question, collection));
      say(`${asked.length} of ${questions.length} questions asked`);
    }
    collection.dispose();
  }
  return asked.sort((a, b) => a.question.line - b.question.line);
}

/** Every passage is read by the models first, so that the answers do not depend on time. */
export async function askQuestions(
  questions: readonly PlacedQuestion[],
  options: EngineOptions,
): Promise<Asked> {
  try {
    const engine = await createEngine(options);
    try {
      const asked = await askAll(engine, questions, options);
      return { tier: engine.tiers.at(-1) ?? 'lexical', questions: asked };
    } finally {
      engine.dispose();
    }
  } catch (cause) {
    const { message } = cause as Error;
    throw new SiteError('search-failed', `the questions could not be asked: ${message}`, { cause });
  }
}
