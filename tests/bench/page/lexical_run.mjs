// SPDX-License-Identifier: Apache-2.0
// A lexical index in the bench's worker, over a collection of tests/eval. The peer's module exports
// `open(options)`: {build(documents), search(query, k) -> ids, best first}; documents {id, title, text}.

async function readLines(url) {
  const response = await fetch(url);
  const plain = response.body.pipeThrough(new DecompressionStream('gzip'));
  return (await new Response(plain).text()).trimEnd().split('\n');
}

export async function open({ module, options }) {
  const peer = await (await import(module)).open(options);
  let documents, queries;
  return {
    async prepare({ collection }) {
      const folder = `/collections/${collection}/`;
      documents = (await readLines(folder + 'corpus.jsonl.gz')).map((line) => JSON.parse(line));
      queries = (await readLines(folder + 'queries.jsonl.gz')).map((line) => JSON.parse(line));
      return { documents: documents.length, queries: queries.length };
    },
    build: () => peer.build(documents),
    // [{query, ids}] of queries begin..end.
    async queries({ begin, end, k }) {
      const results = [];
      for (const { id, text } of queries.slice(begin, end)) {
        results.push({ query: id, ids: await peer.search(text, k) });
      }
      return results;
    },
    // {query: {document: gain}}.
    async judgements({ collection }) {
      const gains = {};
      for (const line of await readLines(`/collections/${collection}/qrels.tsv.gz`)) {
        const [query, document, gain] = line.split('\t');
        (gains[query] ??= {})[document] = Number(gain);
      }
      return gains;
    },
  };
}
