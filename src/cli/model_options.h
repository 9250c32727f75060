// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "engine/model.h"
#include "tokenizer/tokenizer.h"

namespace mayfly::cli {

// The options of every command that runs a model.
class ModelOptions {
 public:
  enum class Need { kRequired, kOptional };
  // Adds --model, --sha256 and --special-tokens to a command.
  void add_to(CLI::App& command, Need need = Need::kRequired);

  bool given() const { return !path_.empty(); }

  // Error(kIo), Error(kChecksumMismatch) before the file is parsed, and those of Model::load.
  std::shared_ptr<const engine::Model> load() const;
  tokenizer::SpecialTokens special_tokens() const;

 private:
  std::string path_;
  std::string sha256_;
  // As the reference tokenizer does; the engine in the browser takes them as text.
  std::string special_tokens_ = "parse";
};

}  // namespace mayfly::cli
