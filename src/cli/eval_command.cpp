// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <utility>

#include "base/clock.h"
#include "base/error.h"
#include "cli/commands.h"
#include "cli/eval_baseline.h"
#include "cli/eval_figures.h"
#include "cli/eval_help.h"
#include "cli/eval_pairs.h"
#include "cli/eval_report.h"
#include "cli/eval_tiers.h"
#include "cli/file_bytes.h"
#include "cli/model_options.h"
#include "cli/progress.h"

namespace mayfly::cli {
namespace {

constexpr std::size_t kMaxCandidates = 10'000;

struct EvalOptions {
  ModelOptions model;
  BulkEmbedder embedder;
  TierSettings settings;
  VectorOptions vectors;
  EvalBaseline baseline;
  std::vector<std::string> tiers;
  std::string static_model, collection, pairs, nonsense, report;
  bool rerank = false, json = false;
};

std::vector<TierInfo> chosen_tiers(const EvalOptions& options) {
  std::vector<TierInfo> chosen;
  for (const TierInfo& info : all_tiers()) {
    const bool named =
        std::find(options.tiers.begin(), options.tiers.end(), info.name) != options.tiers.end();
    const bool by_default = options.tiers.empty() && info.tier == Tier::kContextual;
    const bool by_flag = options.rerank && info.tier == Tier::kReranked;
    if (named || by_default || by_flag) chosen.push_back(info);
  }
  return chosen;
}

// The vectors that the tiers need, once it is clear that the models are given.
std::vector<VectorKind> needed_vectors(const std::vector<TierInfo>& tiers,
                                       const EvalOptions& options) {
  std::vector<VectorKind> kinds;
  for (std::size_t i = 0; i < kVectorKinds; ++i) {
    const auto kind = static_cast<VectorKind>(i);
    const auto uses = [kind](const TierInfo& tier) { return tier.uses(kind); };
    if (std::none_of(tiers.begin(), tiers.end(), uses)) continue;
    const bool given =
        of_static_model(kind) ? !options.static_model.empty() : options.model.given();
    if (!given) throw CLI::RequiredError(of_static_model(kind) ? "--static-model" : "--model");
    kinds.push_back(kind);
  }
  const auto joins = [](const TierInfo& tier) { return !tier.is_single(); };
  if (options.vectors.approximate() && std::any_of(tiers.begin(), tiers.end(), joins)) {
    // They need each document's score, of which an approximate index gives a few.
    throw CLI::ValidationError("--index", options.vectors.index +
                                              " finds for lexical, static and contextual only; "
                                              "leave the other tiers out");
  }
  return kinds;
}

// As output has it: without --tier there is one tier, which is not named.
std::string name_of(const TierInfo& tier, const EvalOptions& options) {
  return options.tiers.empty() && !options.rerank ? "" : std::string(tier.name);
}

std::vector<std::string> names_of(const std::vector<TierInfo>& tiers, const EvalOptions& options) {
  std::vector<std::string> names;
  for (const TierInfo& tier : tiers) names.push_back(name_of(tier, options));
  return names;
}

// The queries that have a relevant document, and behind them those that none answers.
struct CollectionQueries {
  Qrels qrels;
  std::vector<Query> queries;
  std::size_t judged;
};

double share_unanswered(const TierRanking& ranking, const TierInfo& tier,
                        const CollectionQueries& asked) {
  std::size_t unanswered = 0;
  for (std::size_t i = asked.judged; i < asked.queries.size(); ++i) {
    if (ranking.rank(tier, i, 1).empty()) ++unanswered;
  }
  return static_cast<double>(unanswered) / static_cast<double>(asked.queries.size() - asked.judged);
}

EvalReport measure(const TierRanking& ranking, const TierInfo& tier, const CollectionQueries& asked,
                   const EvalOptions& options) {
  std::vector<Figure> means{{"ndcg@10", 0}, {"recall@10", 0}, {"recall@100", 0}, {"mrr@10", 0}};
  const std::string count = std::to_string(options.settings.candidates);
  const bool with_candidates = tier.tier == Tier::kReranked;
  if (with_candidates) means.push_back({"recall@" + count + "+" + count, 0});
  std::size_t first = 0;
  for (std::size_t i = 0; i < asked.judged; ++i) {
    const std::vector<std::string> ranked = ranking.rank(tier, i, 100);
    const analysis::Judgements& relevant = asked.qrels.find(asked.queries[i].id)->second;
    if (!ranked.empty() && relevant.contains(ranked.front())) ++first;
    means[0].value += analysis::ndcg_at(ranked, relevant, 10);
    means[1].value += analysis::recall_at(ranked, relevant, 10);
    means[2].value += analysis::recall_at(ranked, relevant, 100);
    means[3].value += analysis::reciprocal_rank_at(ranked, relevant, 10);
    if (!with_candidates) continue;
    const std::vector<std::string> joined = ranking.candidates(i);
    if (!joined.empty()) means[4].value += analysis::recall_at(joined, relevant, joined.size());
  }
  means.push_back({"first", static_cast<double>(first)});
  for (Figure& mean : means) mean.value /= static_cast<double>(asked.judged);
  if (asked.judged < asked.queries.size()) {
    means.push_back({"unanswered", share_unanswered(ranking, tier, asked)});
  }
  const std::size_t bytes = ranking.vector_bytes(tier);
  return {name_of(tier, options), means, "queries",
          asked.judged,           bytes, bytes > 0 ? options.vectors.described() : ""};
}

double mean_search_ms(const TierRanking& ranking, const TierInfo& tier, std::size_t queries) {
  const double begin = monotonic_ms();
  for (std::size_t i = 0; i < queries; ++i) ranking.search(tier, i, 10);
  return (monotonic_ms() - begin) / static_cast<double>(queries);
}

CollectionQueries read_asked(const EvalOptions& options) {
  const std::filesystem::path folder(options.collection);
  CollectionQueries asked{read_qrels(folder / "qrels.tsv"), {}, 0};
  for (Query& query : read_queries(folder / "queries.jsonl")) {
    if (asked.qrels.contains(query.id)) asked.queries.push_back(std::move(query));
  }
  asked.judged = asked.queries.size();
  if (asked.judged == 0) {
    throw Error(ErrorCode::kInvalidArgument,
                folder.string() + " has no query with a relevant document to measure with");
  }
  if (options.nonsense.empty()) return asked;
  for (Query& query : read_queries(options.nonsense)) asked.queries.push_back(std::move(query));
  return asked;
}

// What --json has not printed already.
void publish(EvalFacts facts, const std::vector<EvalReport>& reports, const EvalOptions& options) {
  if (!options.json) {
    for (const auto& [name, value] : facts) write_row(name, value);
    write_table(reports);
  }
  flush_output();
  if (!options.report.empty()) {
    facts.insert(facts.begin(), {"collection", options.collection});
    facts.push_back({"index", options.vectors.described()});
    write_report(options.report, facts, reports);
  }
}

void evaluate_collection(EvalOptions& options) {
  const std::vector<TierInfo> tiers = chosen_tiers(options);
  const std::vector<VectorKind> kinds = needed_vectors(tiers, options);
  options.baseline.read(names_of(tiers, options));
  const std::filesystem::path folder(options.collection);
  const CollectionQueries asked_for = read_asked(options);
  const std::vector<Query>& queries = asked_for.queries;
  const std::vector<Passage> passages = read_corpus(folder / "corpus.jsonl");

  const auto special_tokens = options.model.special_tokens();
  std::shared_ptr<const EmbeddedQueries> of_static, contextual;
  VectorSets vectors;
  for (const VectorKind kind : kinds) {
    auto& asked = of_static_model(kind) ? of_static : contextual;
    if (!asked) {
      asked = std::make_shared<const EmbeddedQueries>(
          of_static_model(kind) ? engine::Model::load(read_file(options.static_model))
                                : options.model.load(),
          queries, special_tokens, options.embedder);
    }
    vectors[static_cast<std::size_t>(kind)].emplace(kind, asked, passages, special_tokens,
                                                    options.embedder, options.vectors);
  }
  const TierRanking ranking(passages, queries, vectors, options.settings);

  std::vector<EvalReport> reports;
  for (const TierInfo& tier : tiers) {
    reports.push_back(measure(ranking, tier, asked_for, options));
    if (options.json) write_json(reports.back());
    if (options.report.empty()) continue;
    reports.back().search_ms = mean_search_ms(ranking, tier, asked_for.judged);
  }
  EvalFacts facts;
  for (const auto& asked : {of_static, contextual}) {
    if (asked) facts.push_back({"model", asked->model->name()});
  }
  facts.push_back({"passages", with_thousands(passages.size())});
  facts.push_back({"queries", with_thousands(asked_for.judged)});
  publish(facts, reports, options);
  options.baseline.check(reports);
}

void evaluate_pairs(EvalOptions& options) {
  if (!options.model.given()) throw CLI::RequiredError("--model");
  options.baseline.read({""});
  const auto model = options.model.load();
  const EvalReport report =
      evaluate_pairs(options.pairs, model, options.model.special_tokens(), options.embedder);
  if (options.json) {
    write_json(report);
  } else {
    write_row("model", model->name());
    write_row("pairs", with_thousands(report.count));
    write_table({report});
  }
  flush_output();
  options.baseline.check({report});
}

std::vector<std::string> tier_names() {
  std::vector<std::string> names;
  for (const TierInfo& info : all_tiers()) names.emplace_back(info.name);
  return names;
}

void add_tier_options(CLI::App& command, EvalOptions& options) {
  command.add_option("--tier", options.tiers, "what ranks the passages (default: contextual)")
      ->type_name("NAME,...")
      ->delimiter(',')
      ->check(CLI::IsMember(tier_names()).description(""));
  command.add_option("--static-model", options.static_model, "model file of the static tier")
      ->type_name("FILE");
  command
      .add_option("--lexical-weight", options.settings.lexical_weight,
                  "what a unit of BM25 adds to the cosine in hybrid, 0..1 (default: 0.0085)")
      ->type_name("W")
      ->check(CLI::Range(0.0, 1.0).description(""));
  command
      .add_option("--maxsim-weight", options.settings.maxsim_weight,
                  "what late interaction adds to the score in hybrid-maxsim, 0..100 (default: 0.1)")
      ->type_name("W")
      ->check(CLI::Range(0.0, 100.0).description(""));
  command
      .add_option("--candidates", options.settings.candidates,
                  "passages that each tier gives to be re-ranked (default: 50)")
      ->type_name("N")
      ->check(CLI::Range(std::size_t{1}, kMaxCandidates).description(""));
  command.add_flag("--rerank", options.rerank, "measure the re-ranked candidates as well");
}

}  // namespace

void add_eval_command(CLI::App& program) {
  auto options = std::make_shared<EvalOptions>();
  CLI::App& command = *program.add_subcommand("eval", "measure relevance on judged data");
  options->model.add_to(command, ModelOptions::Need::kOptional);
  CLI::Option_group& data = *command.add_option_group("data", "what to measure on");
  CLI::Option* collection =
      data.add_option("--collection", options->collection, "folder of a retrieval collection")
          ->type_name("DIR");
  data.add_option("--pairs", options->pairs, "file of scored pairs of texts")->type_name("FILE");
  data.require_option(1);
  add_tier_options(command, *options);
  options->vectors.add_options(command);
  command.add_flag("--json", options->json, "print one JSON object per tier instead of a table");
  command.add_option("--report", options->report, "write a page with table and charts")
      ->type_name("FILE.html")
      ->needs(collection);
  command.add_option("--nonsense", options->nonsense, "file of queries that no passage answers")
      ->type_name("FILE")
      ->needs(collection);
  options->baseline.add_options(command);
  options->embedder.add_option(command);
  command.footer(kEvalHelp);
  command.callback([options] {
    if (options->pairs.empty()) {
      evaluate_collection(*options);
    } else {
      evaluate_pairs(*options);
    }
  });
}

}  // namespace mayfly::cli
