// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "tokenizer/added_tokens.h"
#include "tokenizer/bert_normalizer.h"
#include "tokenizer/definition.h"
#include "tokenizer/token_collector.h"
#include "tokenizer/tokenizer.h"
#include "tokenizer/wordpiece.h"

namespace mayfly::tokenizer {

// BertNormalizer, BertPreTokenizer, WordPiece and TemplateProcessing, with added tokens.
class WordPieceTokenizer final : public Tokenizer {
 public:
  // Error(kInvalidTokenizer): the parts do not fit together.
  WordPieceTokenizer(const Definition& definition, std::span<const char> vocabulary);
  WordPieceTokenizer(const WordPieceTokenizer&) = delete;  // wordpiece_ refers to vocabulary_
  WordPieceTokenizer& operator=(const WordPieceTokenizer&) = delete;

  Encoding encode(std::string_view utf8, const EncodeOptions& options) const override;
  std::size_t vocabulary_size() const override { return vocabulary_.size(); }
  std::string_view token(TokenId id) const override;

 private:
  void number_added_tokens(const std::vector<AddedToken>& tokens);
  void set_matchers(const std::vector<AddedToken>& tokens);
  void check_template_ids() const;
  std::string normalized(std::string_view utf8) const;
  void encode_text(std::string_view utf8, SpecialTokens special_tokens,
                   TokenCollector& collector) const;
  std::uint32_t encode_piece(std::string_view utf8, std::uint32_t index,
                             SpecialTokens special_tokens, TokenCollector& collector) const;

  Vocabulary vocabulary_;  // the model's tokens, then added ones that it lacks
  WordPiece wordpiece_;
  BertNormalizer normalizer_;
  AddedTokenMatcher raw_tokens_;         // looked for in the text as it is
  AddedTokenMatcher normalized_tokens_;  // looked for in the normalized text
  std::vector<TokenId> before_, after_;
};

}  // namespace mayfly::tokenizer
