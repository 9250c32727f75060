// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tokenizer/tokenizer.h"

// What the tokenizer's golden tests read. A missing file fails the test and says what to do.
namespace mayfly::tokenizer::golden {

inline std::string read_file(const std::string& path, const std::string& remedy) {
  std::ifstream file(path, std::ios::binary);
  if (!file) FAIL(path << " is missing; " << remedy);
  return {std::istreambuf_iterator<char>(file), {}};
}

// One JSON value per line of a file under tests/golden (checked in as *.gz).
inline std::vector<nlohmann::json> read_lines(const std::string& name) {
  const std::string text =
      read_file(std::string(MAYFLY_GOLDEN_UNPACKED_DIR) + "/" + name, "run cmake again");
  std::vector<nlohmann::json> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    lines.push_back(nlohmann::json::parse(text.substr(at, end - at)));
    at = end == std::string::npos ? text.size() : end + 1;
  }
  return lines;
}

inline const TokenizerParts& minilm_parts() {
  static const TokenizerParts parts = split_tokenizer_json(
      read_file(std::string(MAYFLY_MODEL_DIR) + "/source/all-MiniLM-L6-v2/tokenizer.json",
                "run ./dev setup"));
  return parts;
}

inline const Tokenizer& minilm() {
  static const std::unique_ptr<Tokenizer> tokenizer =
      make_tokenizer(minilm_parts().spec_json, minilm_parts().vocabulary);
  return *tokenizer;
}

// The vocabulary as the contract wants it: each token followed by one NUL.
inline std::string vocabulary_blob(const std::vector<std::string>& tokens) {
  std::string blob;
  for (const std::string& token : tokens) (blob += token) += '\0';
  return blob;
}

// begin, end, begin, end, ...
inline std::vector<std::uint32_t> flat(const std::vector<Offset>& offsets) {
  std::vector<std::uint32_t> numbers;
  for (const Offset& offset : offsets) {
    numbers.push_back(offset.begin);
    numbers.push_back(offset.end);
  }
  return numbers;
}

inline std::string as_json(const std::string& text) {
  return nlohmann::json(text).dump(-1, ' ', true);
}

}  // namespace mayfly::tokenizer::golden
