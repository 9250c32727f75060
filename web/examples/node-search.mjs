// SPDX-License-Identifier: Apache-2.0
// node web/examples/node-search.mjs QUESTION FILE.md...: what Markdown files say about a question. Each heading
// begins a document.
import { readFile } from 'node:fs/promises';
import { Mayfly } from 'mayfly';

const [question, ...files] = process.argv.slice(2);
if (question === undefined || files.length === 0) {
  console.error('usage: node node-search.mjs QUESTION FILE.md...');
  process.exit(2);
}

const engine = await Mayfly.create();
const sections = engine.collection();
for (const file of files) {
  const parts = (await readFile(file, 'utf8')).split(/^(?=#{1,6} )/m);
  const documents = parts.map((part, place) => {
    const [heading = '', ...lines] = part.split('\n');
    return {
      id: `${file}#${place}`,
      title: heading.replace(/^#+ /, ''),
      text: lines.join('\n'),
      metadata: { file },
    };
  });
  await sections.add(documents);
}
const { results } = await sections.search(question, { k: 3 });
for (const { title, snippet, metadata } of results) {
  console.log(`${metadata.file}: ${title}\n  ${snippet.text.replace(/\s+/g, ' ')}`);
}
engine.dispose();
