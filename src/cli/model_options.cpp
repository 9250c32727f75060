// SPDX-License-Identifier: Apache-2.0
#include "cli/model_options.h"

#include "base/error.h"
#include "base/sha256.h"
#include "cli/file_bytes.h"

namespace mayfly::cli {
namespace {

// A CLI11 validator: returns what is wrong, and changes the value.
std::string lower_case_digest(std::string& value) {
  for (char& digit : value) {
    if (digit >= 'A' && digit <= 'F') digit = static_cast<char>(digit - 'A' + 'a');
  }
  const bool valid =
      value.size() == 64 && value.find_first_not_of("0123456789abcdef") == std::string::npos;
  return valid ? "" : "must be 64 hexadecimal digits";
}

void require_digest(const SecureVector<char>& file, const std::string& path,
                    const std::string& expected) {
  const std::span<const char> bytes(file);
  const std::string actual = sha256_hex({&bytes, 1});
  if (actual == expected) return;
  throw Error(ErrorCode::kChecksumMismatch, path + " has SHA-256 " + actual + ", not " + expected +
                                                "; download or convert it again");
}

}  // namespace

void ModelOptions::add_to(CLI::App& command, Need need) {
  command.add_option("--model", path_, "model file, written by mayfly convert")
      ->required(need == Need::kRequired)
      ->type_name("FILE");
  command.add_option("--sha256", sha256_, "refuse the model file unless it has this SHA-256")
      ->type_name("HEX")
      ->transform(CLI::Validator(lower_case_digest, ""));
  command
      .add_option("--special-tokens", special_tokens_,
                  "what \"[SEP]\" and the like in a text mean: the special token (parse, default) "
                  "or the text that it is (text, as in the browser)")
      ->type_name("HOW")
      ->check(CLI::IsMember({"parse", "text"}).description(""));
}

tokenizer::SpecialTokens ModelOptions::special_tokens() const {
  return special_tokens_ == "text" ? tokenizer::SpecialTokens::kText
                                   : tokenizer::SpecialTokens::kParse;
}

std::shared_ptr<const engine::Model> ModelOptions::load() const {
  SecureVector<char> file = read_file(path_);
  if (!sha256_.empty()) require_digest(file, path_, sha256_);
  return engine::Model::load(std::move(file));
}

}  // namespace mayfly::cli
