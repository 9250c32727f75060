// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "cli/commands.h"
#include "cli/file_bytes.h"
#include "cli/input_texts.h"
#include "cli/json_line.h"
#include "cli/passage_search.h"

namespace mayfly::cli {
namespace {

constexpr const char* kHelp =
    R"(For each query of standard input one JSON object, best passages first:
  {"results":[{"id":"d7","score":0.71},{"id":"d2","score":0.64}]}
Scores are cosines; equal ones keep the order of the corpus. With --jsonl, a query's "id" follows the
results. The corpus has one object per line: {"id":"d7","title":"Opening hours","text":"We open at ..."};
title (it may be missing) and text are embedded together, with a space between them.

Examples:
  echo 'when do you open' | mayfly search --model minilm.safetensors --corpus corpus.jsonl --k 3
  mayfly search --model minilm.safetensors --corpus corpus.jsonl --jsonl < queries.jsonl)";

constexpr std::size_t kMaxResults = 1'000'000;

struct SearchOptions {
  ModelOptions model;
  InputTexts input;
  BulkEmbedder embedder;
  std::string corpus;
  std::size_t k = 10;
};

void write_results(const std::vector<PassageSearch::Hit>& hits, const InputText& query) {
  std::string line = "{\"results\":[";
  for (const PassageSearch::Hit& hit : hits) {
    line += line.back() == '[' ? "{\"id\":" : ",{\"id\":";
    append_string(line, hit.id);
    line += ",\"score\":";
    append_number(line, hit.score);
    line += '}';
  }
  line += ']';
  if (query.id) line += ",\"id\":" + *query.id;
  write_output(line + "}\n");
}

void run(SearchOptions& options) {
  const auto model = options.model.load();
  const tokenizer::SpecialTokens special_tokens = options.model.special_tokens();
  std::vector<Passage> corpus = read_corpus(options.corpus);
  const EmbeddedTexts embedded =
      options.embedder.embed(model, texts_of(corpus), special_tokens, "passages");
  const PassageSearch passages(*model, std::move(corpus), embedded);
  for (auto batch = options.input.next_batch(); !batch.empty();
       batch = options.input.next_batch()) {
    const EmbeddedTexts queries =
        options.embedder.embed(model, texts_of(batch), special_tokens, "queries");
    for (std::size_t i = 0; i < batch.size(); ++i) {
      write_results(passages.search(queries.vector(i), options.k), batch[i]);
    }
    flush_output();
  }
}

}  // namespace

void add_search_command(CLI::App& program) {
  auto options = std::make_shared<SearchOptions>();
  CLI::App& command = *program.add_subcommand("search", "find the best passages for queries");
  options->model.add_to(command);
  options->input.add_option(command);
  command.add_option("--corpus", options->corpus, "the passages, as JSON lines")
      ->required()
      ->type_name("FILE");
  command.add_option("--k", options->k, "passages per query (default: 10)")
      ->type_name("N")
      ->check(CLI::Range(std::size_t{1}, kMaxResults).description(""));
  options->embedder.add_option(command);
  command.footer(kHelp);
  command.callback([options] { run(*options); });
}

}  // namespace mayfly::cli
