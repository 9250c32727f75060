// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <CLI/CLI.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/eval_figures.h"

namespace mayfly::cli {

// Figures of an earlier run, as --json printed them, that a later run must not fall below. An
// object without a tier counts as contextual, here and in the run: that is what it is without
// --tier.
class EvalBaseline {
 public:
  // Adds --baseline and --max-drop to a command.
  void add_options(CLI::App& command);

  // Reads the file, if one is given; to be called before the work, so that a wrong file does not
  // cost minutes. Error(kIo), Error(kInvalidArgument) for a line that is no report and for a tier
  // of the file that is not among those of the run.
  void read(const std::vector<std::string>& tiers);

  // Compares each figure that both have. Drops by more than --max-drop are listed on standard
  // error, one line each, then CLI::RuntimeError(1) ends the program. Other numbers of queries are
  // noted. Error(kInvalidArgument) for a tier without a figure in common.
  void check(const std::vector<EvalReport>& reports) const;

 private:
  void take_line(std::string_view line, const std::string& where);
  std::size_t drops(const EvalReport& report, const nlohmann::json& before) const;

  std::string path_;
  double max_drop_ = 0.01;
  std::map<std::string, nlohmann::json> tiers_;
};

}  // namespace mayfly::cli
