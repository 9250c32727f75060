// SPDX-License-Identifier: Apache-2.0
// Reads the handbook's Markdown files: front matter, shortcodes, links between pages.
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { Lexer } from '../web-packages.mjs';
import { decodeEntities } from './plain-text.mjs';
import { expandShortcodes } from './shortcodes.mjs';
import { makeSlugger } from './slugs.mjs';

const FRONT_MATTER = /^---\n([\s\S]*?)\n---\n/;

function parseFrontMatter(source) {
  const matter = source.match(FRONT_MATTER)?.[1] ?? '';
  const title = matter
    .match(/^title: *(.*)$/m)?.[1]
    .trim()
    .replace(/^(["'])(.*)\1$/, '$2');
  const former = matter.match(/^redirect_from:((?:\n *- .*)+)/m)?.[1] ?? '';
  return {
    title,
    formerPaths: [...former.matchAll(/- *(\S+)/g)].map((match) => match[1]),
    body: source.replace(FRONT_MATTER, ''),
  };
}

const trimSlashes = (path) => path.replace(/^\/+|\/+$/g, '');

const ABBREVIATIONS = { '18f': '18F', tts: 'TTS', gsa: 'GSA' };

/** "travel-and-leave" -> "Travel and leave" */
function folderTitle(folder) {
  const words = folder
    .split('-')
    .map((word) => ABBREVIATIONS[word] ?? word)
    .join(' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Every page: {path, url, title, section, tokens, slugger}. `url` is relative to the site's root. */
export async function readHandbook(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map((entry) => relative(folder, join(entry.path, entry.name)).split(sep).join('/'))
    .sort();
  const sources = await Promise.all(
    files.map(async (file) => {
      const path = file.replace(/\.md$/, '').replace(/(^|\/)index$/, '');
      return { path, ...parseFrontMatter(await readFile(join(folder, file), 'utf8')) };
    }),
  );
  const pathOf = new Map();
  for (const { path, formerPaths } of sources) {
    for (const former of formerPaths) pathOf.set(trimSlashes(former), path);
  }
  for (const { path } of sources) pathOf.set(path, path);
  const rootUrl = (target) => {
    const [path, anchor] = target.split('#');
    const known = pathOf.get(trimSlashes(path));
    return known === undefined ? undefined : `page:${known}${anchor ? `#${anchor}` : ''}`;
  };
  return sources.map(({ path, title, body }) => ({
    path,
    url: `pages/${path}/`,
    title: title
      ? decodeEntities(title.replace(/<[^>]*>/g, ''))
      : folderTitle(path.split('/').at(-1)),
    section: path.includes('/') ? folderTitle(path.split('/')[0]) : '',
    tokens: new Lexer({ gfm: true }).lex(expandShortcodes(body, rootUrl)),
    slugger: makeSlugger,
  }));
}
