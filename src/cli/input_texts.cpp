// SPDX-License-Identifier: Apache-2.0
#include "cli/input_texts.h"

#include "cli/json_line.h"

namespace mayfly::cli {
namespace {

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

InputText parse_object(std::string_view line, std::size_t number) {
  const std::string where = "line " + std::to_string(number) + " of standard input";
  const nlohmann::json object = parse_json_line(line, where);
  InputText input{string_member(object, "text", where), std::nullopt};
  if (const auto id = object.find("id"); id != object.end()) input.id = id->dump();
  return input;
}

}  // namespace

std::vector<std::string_view> texts_of(const std::vector<InputText>& inputs) {
  std::vector<std::string_view> texts;
  for (const InputText& input : inputs) texts.emplace_back(input.text);
  return texts;
}

void InputTexts::add_option(CLI::App& command) {
  command.add_flag("--jsonl", json_lines_,
                   "read JSON objects with \"text\", one per line, instead of plain lines");
}

std::vector<InputText> InputTexts::next_batch() {
  std::vector<InputText> texts;
  while (texts.empty()) {
    std::vector<std::string> lines = reader_.next_batch();
    if (lines.empty()) break;
    for (std::string& line : lines) {
      ++line_;
      if (!json_lines_) {
        texts.push_back({std::move(line), std::nullopt});
      } else if (!is_blank(line)) {
        texts.push_back(parse_object(line, line_));
      }
    }
  }
  return texts;
}

}  // namespace mayfly::cli
