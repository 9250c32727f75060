// SPDX-License-Identifier: Apache-2.0
// A folder of built HTML to a corpus beside it: reads, extracts, assembles, writes, reports.
import { readFile, stat } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { escapePath, glob } from 'tinyglobby';
import type { CorpusEncoding } from '../corpus/format.js';
import { copyAssets, hasModel, type CopiedAssets } from './assets.js';
import { buildCorpus } from './corpus-files.js';
import { estimateTokens } from './count-words.js';
import { SiteError } from './errors.js';
import type { ExtractCache } from './extract-cache.js';
import { ALWAYS_EXCLUDED } from './options.js';
import type { Report } from './report.js';
import type { SiteSettings } from './settings.js';
import { assembleSite, type SiteFile, type SitePage } from './site-pages.js';
import { WarningList } from './warnings.js';
import { writeCorpus } from './write-corpus.js';

export interface BuildContext {
  readonly cwd: string;
  /** Folder of the built package: index.js, worker.js and the rest. */
  readonly packageFolder: string;
  readonly cache: ExtractCache;
}

const CORPUS_FOLDER = 'corpus';
const ENCODINGS: Record<SiteSettings['compression'], readonly CorpusEncoding[]> = {
  both: ['gzip', 'plain'],
  gzip: ['gzip'],
  none: ['plain'],
};

/** From the site's root with /, checked to stay within it: old files are removed there. */
export function outputWithin(folder: string, output: string): string {
  const path = resolve(folder, output);
  if (!path.startsWith(folder + sep)) {
    throw new SiteError(
      'invalid-option',
      `--output must be a folder within ${folder}, not ${JSON.stringify(output)}`,
    );
  }
  return path
    .slice(folder.length + 1)
    .split(sep)
    .join('/');
}

async function findFiles(
  folder: string,
  output: string,
  settings: SiteSettings,
): Promise<string[]> {
  const found = await stat(folder).catch(() => undefined);
  if (!found?.isDirectory()) {
    throw new SiteError('missing-folder', `${folder} is not a folder: build the site first`);
  }
  const ignore = [...ALWAYS_EXCLUDED, `${escapePath(output)}/**`, ...(settings.exclude ?? [])];
  const paths = await glob([...settings.include], {
    cwd: folder,
    ignore,
    dot: false,
    // A folder may be called page.html.
    expandDirectories: false,
    caseSensitiveMatch: false,
  });
  // A glob may lead out of the folder; what is there has no address on the site.
  const within = paths.filter((path) => !path.startsWith('../'));
  return within.sort((a, b) => (a < b ? -1 : 1));
}

async function readFiles(
  folder: string,
  paths: readonly string[],
  largest: number,
  cache: ExtractCache,
  warnings: WarningList,
): Promise<SiteFile[]> {
  const files: SiteFile[] = [];
  for (const path of paths) {
    try {
      const { size } = await stat(join(folder, path));
      if (size > largest) warnings.add('page-too-large', path);
      else files.push({ path, page: cache.extract(await readFile(join(folder, path))) });
    } catch (cause) {
      // A page that goes away during --watch, or may not be read: the others still can be.
      if ((cause as NodeJS.ErrnoException).code === undefined) throw cause;
      warnings.add('unreadable-page', `${path}: ${(cause as Error).message}`);
    }
  }
  return files;
}

function requirePages(pages: readonly SitePage[], found: number, folder: string): void {
  if (pages.length > 0) return;
  throw new SiteError(
    'no-pages',
    found === 0
      ? `${folder} has no HTML files: is it the folder that the site is built into? (--include says which files)`
      : `none of the ${found} HTML files in ${folder} has text to search: --dry-run --json without --exclude, or data-mayfly-body, may help`,
  );
}

const withSlash = (url: string) => (url.endsWith('/') ? url : `${url}/`);

/** null for none, a path from the corpus for one that is copied, undefined where the page must say. */
async function modelField(name: string, settings: SiteSettings, packageFolder: string) {
  if (name === 'none') return null;
  if (settings['no-assets'] || !(await hasModel(packageFolder, name))) return undefined;
  return `../models/${name}.json`;
}

export async function buildSite(settings: SiteSettings, context: BuildContext): Promise<Report> {
  const { cache, packageFolder } = context;
  const warnings = new WarningList();
  const folder = resolve(context.cwd, settings.folder);
  const output = outputWithin(folder, settings.output);
  const dryRun = settings['dry-run'] === true;
  const cacheFolder =
    settings.cache === undefined ? undefined : resolve(context.cwd, settings.cache);
  if (cacheFolder !== undefined) await cache.load(cacheFolder, warnings);

  const paths = await findFiles(folder, output, settings);
  const largest = settings['max-page-size'] * 1024;
  const files = await readFiles(folder, paths, largest, cache, warnings);
  const site = assembleSite(
    files,
    {
      language: settings.language,
      forceLanguage: settings['force-language'],
      keepRepeated: settings['keep-repeated'] === true,
    },
    warnings,
  );
  requirePages(site.pages, paths.length, folder);

  const { model, 'static-model': staticModel } = settings;
  const up = '../'.repeat(output.split('/').length + 1);
  const corpus = buildCorpus(site.pages, {
    base: settings['base-url'] === undefined ? up : withSlash(settings['base-url']),
    model: await modelField(model, settings, packageFolder),
    staticModel: await modelField(staticModel, settings, packageFolder),
    encodings: ENCODINGS[settings.compression],
    largestFile: settings['chunk-size'] * 1024,
  });
  const written = await writeCorpus(join(folder, output, CORPUS_FOLDER), corpus, dryRun);
  let assets: CopiedAssets | null = null;
  if (!settings['no-assets']) {
    const models = [model, staticModel].filter((name) => name !== 'none');
    const to = join(folder, output);
    assets = await copyAssets({ from: packageFolder, to, models, dryRun }, warnings);
  }
  const parsed = cache.parsed;
  if (cacheFolder !== undefined && !dryRun) await cache.save(cacheFolder);
  cache.forget();
  const { pages, passages, words, languages } = corpus.manifest;
  return {
    folder,
    output: join(folder, output),
    dryRun,
    files: paths.length,
    parsed,
    pages,
    passages,
    words,
    tokensEstimated: site.pages.reduce(
      (total, page) =>
        total + page.passages.reduce((sum, { text }) => sum + estimateTokens(text), 0),
      0,
    ),
    languages: languages.map((shelf) => ({
      language: shelf.language,
      pages: shelf.pages,
      passages: shelf.passages,
    })),
    leftOut: site.leftOut,
    repeated: site.repeated,
    corpus: written,
    assets,
    warnings: warnings.all(),
  };
}
