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
  if (failure_) std::rethrow_exception(failure_);
  std::vector<InputText> texts;
  std::vector<std::string> lines;
  do {
    lines = reader_.next_batch();
    try {
      for (std::string& line : lines) take(std::move(line), texts);
    } catch (...) {
      // Answers must not depend on how the lines happened to arrive.
      if (texts.empty()) throw;
      failure_ = std::current_exception();
    }
  } while (texts.empty() && !lines.empty());
  return texts;
}

void InputTexts::take(std::string line, std::vector<InputText>& texts) {
  ++line_;
  if (!json_lines_) {
    texts.push_back({std::move(line), std::nullopt});
  } else if (!is_blank(line)) {
    texts.push_back(parse_object(line, line_));
  }
}

}  // namespace mayfly::cli
