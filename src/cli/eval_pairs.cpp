// SPDX-License-Identifier: Apache-2.0
#include "cli/eval_pairs.h"

#include <string_view>
#include <vector>

#include "analysis/rank_correlation.h"
#include "base/error.h"
#include "cli/collection_files.h"

namespace mayfly::cli {

EvalReport evaluate_pairs(const std::filesystem::path& path,
                          const std::shared_ptr<const engine::Model>& model,
                          tokenizer::SpecialTokens special_tokens, const BulkEmbedder& embedder) {
  const std::vector<ScoredPair> pairs = read_pairs(path);
  if (pairs.size() < 2) {
    throw Error(ErrorCode::kInvalidArgument,
                path.string() + " has no two pairs of texts to measure with");
  }
  std::vector<std::string_view> texts;
  std::vector<double> by_people, by_model;
  for (const ScoredPair& pair : pairs) {
    by_people.push_back(pair.score);
    texts.insert(texts.end(), {pair.a, pair.b});
  }
  const EmbeddedTexts embedded = embedder.embed(model, texts, special_tokens, "texts");
  for (std::size_t pair = 0; pair < pairs.size(); ++pair) {
    const auto a = embedded.vector(2 * pair), b = embedded.vector(2 * pair + 1);
    double cosine = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) cosine += double{a[i]} * double{b[i]};
    by_model.push_back(cosine);
  }
  return {"", {{"spearman", analysis::spearman(by_people, by_model)}}, "pairs", pairs.size()};
}

}  // namespace mayfly::cli
