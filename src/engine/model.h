// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "base/zeroing_allocator.h"
#include "encoder/encoder.h"
#include "encoder/sentence_encoder.h"
#include "model/container.h"
#include "tokenizer/tokenizer.h"

namespace mayfly::engine {

// A loaded model: a tokenizer joined with a transformer or, for the static tier, with a table of
// token vectors. Immutable and shared by every job and collection.
class Model {
 public:
  // Takes a file written by `mayfly convert` or models/static. Errors: kInvalidModel,
  // kUnsupportedModel, kInvalidTokenizer, kTokenOutOfRange (the tokenizer names ids beyond the
  // table).
  static std::shared_ptr<const Model> load(SecureVector<char> file);

  // What it was loaded from, coded tensors decoded except those that were only packed: whoever
  // writes that into a file can load an equal model in a memory of its own.
  const model::Container& container() const { return *container_; }

  const tokenizer::Tokenizer& tokenizer() const { return *tokenizer_; }
  const encoder::SentenceEncoder& sentence_encoder() const { return *encoder_; }
  // A table of token vectors and no transformer.
  bool is_static() const { return is_static_; }
  // The transformer. Error(kUnsupportedModel) where the model has none.
  const encoder::Encoder& encoder() const;
  std::size_t dim() const { return encoder_->dim(); }
  std::size_t max_tokens() const { return max_tokens_; }  // template tokens included, e.g. 256
  // Names the vector space: SHA-256 over tokenizer, weights, pooling and prefixes, hexadecimal.
  const std::string& fingerprint() const { return fingerprint_; }
  const std::string& name() const { return name_; }

 private:
  Model() = default;
  std::shared_ptr<const model::Container> container_;
  std::unique_ptr<tokenizer::Tokenizer> tokenizer_;
  std::unique_ptr<encoder::SentenceEncoder> encoder_;
  bool is_static_ = false;
  std::size_t max_tokens_ = 0;
  std::string fingerprint_;
  std::string name_;
};

}  // namespace mayfly::engine
