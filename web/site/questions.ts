// SPDX-License-Identifier: Apache-2.0
// --questions: a site's own test of relevance. Loaded only where it is asked for.
import { join, resolve } from 'node:path';
import { hasModel } from './assets.js';
import { SiteError } from './errors.js';
import { askQuestions, readDocuments } from './questions-engine.js';
import { readQuestions, type Question } from './questions-file.js';
import { placeQuestions } from './questions-pages.js';
import { toQuestionsReport, type QuestionsReport } from './questions-report.js';
import type { SiteSettings } from './settings.js';
import { slowProgress } from './slow-progress.js';

export interface QuestionsContext {
  readonly cwd: string;
  readonly packageFolder: string;
  say(line: string): void;
}

/** The file's questions, to ask once the corpus is written, and the models that answer. */
export interface Questions {
  readonly name: string;
  readonly list: readonly Question[];
  readonly model: string | undefined;
  readonly staticModel: string | undefined;
}

function refuse(settings: SiteSettings): void {
  if (settings.watch) {
    throw new SiteError(
      'invalid-option',
      '--questions takes too long for every change of a page: leave --watch out',
    );
  }
  if (settings['dry-run']) {
    throw new SiteError(
      'invalid-option',
      '--questions searches what was written, and --dry-run writes nothing: leave one of them out',
    );
  }
}

/** The name, undefined for none. One that the package lacks is an error: pages would search without it in silence. */
async function modelNamed(name: string, packageFolder: string): Promise<string | undefined> {
  if (name === 'none') return undefined;
  if (await hasModel(packageFolder, name)) return name;
  throw new SiteError(
    'search-failed',
    `the installed package has no model "${name}" to ask the questions with: install it again, or choose another or none`,
  );
}

/** Before anything is built: what is wrong with the call or the file is said at once. */
export async function prepareQuestions(
  settings: SiteSettings,
  { cwd, packageFolder }: QuestionsContext,
): Promise<Questions> {
  refuse(settings);
  const name = settings.questions as string;
  return {
    name,
    list: await readQuestions(resolve(cwd, name), name),
    model: await modelNamed(settings.model, packageFolder),
    staticModel: await modelNamed(settings['static-model'], packageFolder),
  };
}

/** `output`: the folder that holds the corpus. */
export async function answerQuestions(
  { name, list, model, staticModel }: Questions,
  settings: SiteSettings,
  output: string,
  { packageFolder, say }: QuestionsContext,
): Promise<QuestionsReport> {
  const manifest = join(output, 'corpus/manifest.json');
  const baseUrl = settings['base-url'];
  const placed = placeQuestions(list, await readDocuments(manifest), baseUrl, name);
  const options = { packageFolder, manifest, model, staticModel, say: slowProgress(say) };
  const asked = await askQuestions(placed, options);
  const { 'questions-top': top, 'questions-min': least = null } = settings;
  return toQuestionsReport(name, asked, top, least);
}
