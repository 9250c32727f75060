// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mayfly::tokenizer {

using TokenId = std::int32_t;

// A token's place in the input, in Unicode code points: [begin, end). Special tokens that the
// template adds have {0, 0}.
struct Offset {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool operator==(const Offset&) const = default;
};

// What "[SEP]" written in a text becomes: kParse gives the special id (the reference's behaviour),
// kText treats it as the plain text that visitors and pages mean.
enum class SpecialTokens { kParse, kText };

struct EncodeOptions {
  std::size_t max_length = 0;  // token limit, template tokens included; 0: none
  SpecialTokens special_tokens = SpecialTokens::kText;
  bool add_template = true;  // [CLS] ... [SEP]
  bool with_offsets = false;
};

struct Encoding {
  std::vector<TokenId> ids;
  std::vector<Offset> offsets;  // as many as ids when asked for, else empty
  std::size_t dropped = 0;      // tokens cut off at the right by max_length
  bool truncated() const { return dropped > 0; }
};

// A tokenizer in two parts, as the model container stores it: the Hugging Face tokenizer.json
// without model.vocab, and the vocabulary as bytes, each token's UTF-8 followed by one NUL, in id
// order.
struct TokenizerParts {
  std::string spec_json;
  std::string vocabulary;
};

// Splits an ordinary tokenizer.json. Error(kInvalidTokenizer) when it is malformed, ids are not
// 0..n-1, or a token contains NUL; Error(kUnsupportedModel) for a model type not handled.
TokenizerParts split_tokenizer_json(std::string_view tokenizer_json);

class Tokenizer {
 public:
  virtual ~Tokenizer() = default;
  // Any bytes are accepted: ill-formed UTF-8 becomes U+FFFD as the WHATWG decoder does.
  // Thread-safe. Error(kInvalidArgument) when max_length leaves no room for the template.
  virtual Encoding encode(std::string_view utf8, const EncodeOptions& options) const = 0;
  virtual std::size_t vocabulary_size() const = 0;  // added tokens included
  // UTF-8 of a token; Error(kTokenOutOfRange).
  virtual std::string_view token(TokenId id) const = 0;
};

// Copies what it keeps. Error(kInvalidTokenizer), Error(kUnsupportedModel).
std::unique_ptr<Tokenizer> make_tokenizer(std::string_view spec_json,
                                          std::span<const char> vocabulary);

}  // namespace mayfly::tokenizer
