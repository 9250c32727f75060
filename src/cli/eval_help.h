// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace mayfly::cli {

// What mayfly eval --help says below the options.
inline constexpr const char* kEvalHelp = R"(Measures relevance, in one of two ways.

--collection DIR holds corpus.jsonl, queries.jsonl and qrels.tsv as BEIR has them (queries without a
relevant document are left out; figures are means over queries):
  {"ndcg@10":0.64,"recall@10":0.78,"recall@100":0.92,"mrr@10":0.60,"first":0.51,
  "bytes_per_vector":400,"index":"flat, 8 bits","queries":300}
"first" is the share of queries whose best passage is relevant. --nonsense FILE holds queries that nothing answers, as
queries.jsonl has them: "unanswered" is the share of those for which the tier finds nothing.
--tier says what ranks the passages, and may name several, which then share the work:
  lexical     BM25 over title and text, no model
  static      vectors of --static-model, one for each document
  early       what a visitor sees first: lexical, and the best of each document's passages by --static-model
  contextual  vectors of --model (default), one for each document, title and text together
  reranked    the union of the best --candidates of lexical and static in the order of contextual; also with
              --rerank; with "recall@50+50", the share of relevant documents in that union
  rrf-60, rrf-10, min-max-0.5, min-max-0.7
              lexical and contextual joined as others do: reciprocal ranks, or scores mapped to 0..1 and the
              vectors so much of the sum
  hybrid      what Mayfly answers with: lexical, and the best of each document's passages by --model
  hybrid-late as hybrid, with late chunking: as many passages as the model reads at a time go through it together,
              and each gets the mean of its own tokens. Not what Mayfly does: see docs/decisions/late-chunking.md
  hybrid-maxsim
              hybrid, its best --candidates ordered by late interaction too: the mean over the query's tokens of
              the cosine of the nearest token of the passage, times --maxsim-weight. Not what Mayfly does, and
              slow: see docs/decisions/late-interaction.md
--index, --dims and --bits change how vectors are kept and found (not for lexical and --pairs). All indexes but flat
rank with static and contextual only; auto takes what is fastest for the passages and --queries. Output then shows what it costs: "bytes_per_vector" is what the index holds
for one vector.
With --tier, each JSON object begins with its name: {"tier":"lexical",...
--pairs FILE holds pairs of texts scored by people (score, text, text, separated by tabs):
  {"spearman":0.88,"pairs":1500}
--baseline FILE, written by --json, makes a gate: each figure that dropped by more than --max-drop is a line
"mayfly: regression: ..." on standard error, and the exit code is 1.
--report FILE.html is a page without anything from elsewhere: the figures, and charts of nDCG@10 against the mean
time of a search (measured here, without embedding the query) and against bytes per vector.

Examples:
  mayfly eval --model minilm.safetensors --collection scifact/ --json
  mayfly eval --tier lexical,hybrid --model minilm.safetensors --collection scifact/
  mayfly eval --model minilm.safetensors --collection scifact/ --index binary --dims 256
  mayfly eval --tier lexical,hybrid --model minilm.safetensors --collection scifact/ --report report.html
  mayfly eval --model minilm.safetensors --pairs sts.tsv
  mayfly eval --model minilm.safetensors --collection scifact/ --json > baseline.json
  mayfly eval --model minilm.safetensors --collection scifact/ --baseline baseline.json --max-drop 0.01)";

}  // namespace mayfly::cli
