// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <memory>

#include "cli/bulk_embedder.h"
#include "cli/eval_figures.h"

namespace mayfly::cli {

// The rank correlation of people's scores with the cosines of pairs of texts. The file as
// read_pairs() has it, with its errors, and Error(kInvalidArgument) for fewer than two pairs.
EvalReport evaluate_pairs(const std::filesystem::path& path,
                          const std::shared_ptr<const engine::Model>& model,
                          tokenizer::SpecialTokens special_tokens, const BulkEmbedder& embedder);

}  // namespace mayfly::cli
