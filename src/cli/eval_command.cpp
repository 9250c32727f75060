// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <memory>

#include "analysis/rank_correlation.h"
#include "base/error.h"
#include "cli/collection_files.h"
#include "cli/commands.h"
#include "cli/file_bytes.h"
#include "cli/json_line.h"
#include "cli/model_options.h"
#include "cli/passage_search.h"
#include "cli/progress.h"

namespace mayfly::cli {
namespace {

constexpr const char* kHelp = R"(Measures how well the vectors alone do, in one of two ways.

--collection DIR holds corpus.jsonl, queries.jsonl and qrels.tsv as BEIR has them (title and text are
embedded together; queries without a relevant document are left out; figures are means over queries):
  {"ndcg@10":0.64,"recall@10":0.78,"recall@100":0.92,"mrr@10":0.60,"queries":300}
--pairs FILE holds pairs of texts scored by people (score, text, text, separated by tabs):
  {"spearman":0.88,"pairs":1500}

Examples:
  mayfly eval --model minilm.safetensors --collection scifact/ --json
  mayfly eval --model minilm.safetensors --pairs sts.tsv)";

struct EvalOptions {
  ModelOptions model;
  BulkEmbedder embedder;
  std::string collection, pairs;
  bool json = false;
};

struct Figure {
  std::string name;
  double value;
};

void write_json(const std::vector<Figure>& figures, const std::string& count_name,
                std::size_t count) {
  std::string line;
  for (const Figure& figure : figures) {
    line += (line.empty() ? "{\"" : ",\"") + figure.name + "\":";
    append_number(line, figure.value);
  }
  write_output(line + ",\"" + count_name + "\":" + std::to_string(count) + "}\n");
}

void write_row(const std::string& name, const std::string& value) {
  write_output(name + std::string(name.size() < 12 ? 12 - name.size() : 0, ' ') + " " + value +
               "\n");
}

void write_table(const std::vector<Figure>& figures) {
  for (const Figure& figure : figures) {
    char rounded[32];
    std::snprintf(rounded, sizeof rounded, "%.4f", figure.value);
    write_row(figure.name, rounded);
  }
}

void require_data(bool there, const std::string& path, const char* what) {
  if (there) return;
  throw Error(ErrorCode::kInvalidArgument, path + " has no " + what + " to measure with");
}

void evaluate_collection(const EvalOptions& options) {
  const auto model = options.model.load();
  const std::filesystem::path folder(options.collection);
  const Qrels qrels = read_qrels(folder / "qrels.tsv");
  std::vector<Query> queries;
  std::vector<std::string_view> texts;
  for (Query& query : read_queries(folder / "queries.jsonl")) {
    if (qrels.contains(query.id)) queries.push_back(std::move(query));
  }
  for (const Query& query : queries) texts.emplace_back(query.text);
  require_data(!queries.empty(), options.collection, "query with a relevant document");
  const auto special_tokens = options.model.special_tokens();
  const PassageSearch passages(model, read_corpus(folder / "corpus.jsonl"), special_tokens,
                               options.embedder);
  const EmbeddedTexts vectors = options.embedder.embed(model, texts, special_tokens, "queries");

  std::vector<Figure> means{{"ndcg@10", 0}, {"recall@10", 0}, {"recall@100", 0}, {"mrr@10", 0}};
  for (std::size_t i = 0; i < queries.size(); ++i) {
    std::vector<std::string> ranking;
    for (const auto& hit : passages.search(vectors.vector(i), 100)) ranking.push_back(hit.id);
    const analysis::Judgements& relevant = qrels.find(queries[i].id)->second;
    means[0].value += analysis::ndcg_at(ranking, relevant, 10);
    means[1].value += analysis::recall_at(ranking, relevant, 10);
    means[2].value += analysis::recall_at(ranking, relevant, 100);
    means[3].value += analysis::reciprocal_rank_at(ranking, relevant, 10);
  }
  for (Figure& mean : means) mean.value /= static_cast<double>(queries.size());
  if (options.json) return write_json(means, "queries", queries.size());
  write_row("model", model->name());
  write_row("passages", with_thousands(passages.size()));
  write_row("queries", with_thousands(queries.size()));
  write_table(means);
}

void evaluate_pairs(const EvalOptions& options) {
  const auto model = options.model.load();
  const std::vector<ScoredPair> pairs = read_pairs(options.pairs);
  require_data(pairs.size() >= 2, options.pairs, "two pairs of texts");
  std::vector<std::string_view> texts;
  std::vector<double> by_people, by_model;
  for (const ScoredPair& pair : pairs) {
    by_people.push_back(pair.score);
    texts.insert(texts.end(), {pair.a, pair.b});
  }
  const EmbeddedTexts embedded =
      options.embedder.embed(model, texts, options.model.special_tokens(), "texts");
  for (std::size_t pair = 0; pair < pairs.size(); ++pair) {
    const auto a = embedded.vector(2 * pair), b = embedded.vector(2 * pair + 1);
    double cosine = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) cosine += double{a[i]} * double{b[i]};
    by_model.push_back(cosine);
  }
  const std::vector<Figure> figures{{"spearman", analysis::spearman(by_people, by_model)}};
  if (options.json) return write_json(figures, "pairs", pairs.size());
  write_row("model", model->name());
  write_row("pairs", with_thousands(pairs.size()));
  write_table(figures);
}

}  // namespace

void add_eval_command(CLI::App& program) {
  auto options = std::make_shared<EvalOptions>();
  CLI::App& command = *program.add_subcommand("eval", "measure relevance on judged data");
  options->model.add_to(command);
  CLI::Option_group& data = *command.add_option_group("data", "what to measure on");
  data.add_option("--collection", options->collection, "folder of a retrieval collection")
      ->type_name("DIR");
  data.add_option("--pairs", options->pairs, "file of scored pairs of texts")->type_name("FILE");
  data.require_option(1);
  command.add_flag("--json", options->json, "print one JSON object instead of a table");
  options->embedder.add_option(command);
  command.footer(kHelp);
  command.callback([options] {
    if (options->pairs.empty()) {
      evaluate_collection(*options);
    } else {
      evaluate_pairs(*options);
    }
    flush_output();
  });
}

}  // namespace mayfly::cli
