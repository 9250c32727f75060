// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tokenizer/vocabulary.h"

namespace mayfly::tokenizer {

// Finds the longest token that a text begins with: an open-addressing hash table with a filter in
// front of it. The filter knows for a token's first two bytes the lengths that such tokens have, so
// a search hashes the text once, byte by byte, and then probes only lengths that exist, mostly one.
//
// A search may start behind a prefix ("##"): it then finds tokens that consist of that prefix and
// the beginning of the text. Which prefix is fixed at construction.
class TokenIndex {
 public:
  // A longer token is refused by insert(), which bounds the work per position of a text.
  static constexpr std::size_t kMaxTokenBytes = 1024;
  static constexpr TokenId kNone = -1;

  struct Match {
    TokenId id;              // kNone: no token
    std::size_t byte_count;  // of the text, the prefix not counted
  };

  // `tokens` must outlive the index and keep what it holds now; of these, those are found that
  // insert() names.
  TokenIndex(const Vocabulary& tokens, std::string_view prefix);

  // False when an equal token is there already; the first one stays.
  // Error(kInvalidTokenizer): it is empty or too long, or the tokens are made to collide.
  bool insert(TokenId id);

  TokenId find(std::string_view token) const;
  Match longest_match(std::string_view text) const { return longest(kEmptyState, {}, text); }
  Match longest_match_after_prefix(std::string_view text) const {
    return longest(prefix_state_, prefix_, text);
  }

 private:
  using State = std::uint32_t;  // FNV-1a of the bytes so far
  static constexpr State kEmptyState = 2166136261u;
  static constexpr State step(State state, char byte) {
    return (state ^ static_cast<unsigned char>(byte)) * 16777619u;
  }
  static State advance(State state, std::string_view bytes);
  // FNV's high bits depend on every byte after one more multiplication (by 2^32 / golden ratio).
  static constexpr std::uint32_t spread(State state) { return state * 2654435769u; }

  struct Slot {
    State state = 0;
    TokenId id = kNone;
  };
  std::size_t slot_of(State state) const { return spread(state) >> slot_shift_; }
  std::size_t next(std::size_t slot) const { return (slot + 1) & (slots_.size() - 1); }
  std::string_view bytes(TokenId id) const { return tokens_->token(static_cast<std::size_t>(id)); }
  void add_to_filter(State start, std::string_view rest);
  std::uint64_t filtered_lengths(State after_one, State after_two, std::size_t limit) const;
  Match longest(State start, std::string_view prefix, std::string_view text) const;
  TokenId probe(State state, std::string_view prefix, std::string_view rest) const;

  static constexpr std::uint32_t kFilterBits = 12;
  static std::size_t filter_cell(State state) { return spread(state) >> (32 - kFilterBits); }

  const Vocabulary* tokens_;
  std::string prefix_;
  State prefix_state_;
  std::uint32_t slot_shift_;           // 32 - log2(slots)
  std::size_t longest_ = 0;            // bytes of the longest token
  std::vector<Slot> slots_;            // a power of two, at least twice the tokens
  std::vector<std::uint64_t> filter_;  // bit n: tokens of n bytes, 63: of 63 or more
};

}  // namespace mayfly::tokenizer
