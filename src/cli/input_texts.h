// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <CLI/CLI.hpp>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/line_reader.h"

namespace mayfly::cli {

struct InputText {
  std::string text;               // any bytes
  std::optional<std::string> id;  // as JSON, where an input object has one
};

// Views of the texts.
std::vector<std::string_view> texts_of(const std::vector<InputText>& inputs);

// The texts on standard input: one per line, or with --jsonl one JSON object with "text" per line,
// so that a text may hold line ends and any other character. Blank lines are texts in the one form
// and skipped in the other.
class InputTexts {
 public:
  // Adds --jsonl to a command.
  void add_option(CLI::App& command);

  // The next texts, as many as are there; none at the end. Error(kInvalidArgument) naming a line
  // that is malformed, once the texts before it were returned.
  std::vector<InputText> next_batch();

 private:
  void take(std::string line, std::vector<InputText>& texts);

  bool json_lines_ = false;
  LineReader reader_;
  std::size_t line_ = 0;        // lines read so far
  std::exception_ptr failure_;  // of the line after the texts that were returned
};

}  // namespace mayfly::cli
