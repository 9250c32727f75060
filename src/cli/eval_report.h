// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "cli/eval_figures.h"

namespace mayfly::cli {

// What was measured on, as names and values.
using EvalFacts = std::vector<std::pair<std::string, std::string>>;

// Writes a page that needs nothing but itself: facts, a table of all figures, and nDCG@10 against
// the mean time of a search and against bytes per vector, where tiers have them. Error(kIo).
void write_report(const std::filesystem::path& path, const EvalFacts& facts,
                  const std::vector<EvalReport>& reports);

}  // namespace mayfly::cli
