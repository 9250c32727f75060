// SPDX-License-Identifier: Apache-2.0
#include "tokenizer/token_index.h"

#include <algorithm>
#include <array>
#include <bit>

#include "base/error.h"

namespace mayfly::tokenizer {
namespace {

static_assert(TokenIndex::kMaxTokenBytes == 1024);  // as the message of insert() says

constexpr std::size_t kLongBit = 63;
// At most half of the slots are taken, so honest tokens meet a few dozen neighbours at worst.
// Tokens made to collide would turn construction, and every search, quadratic.
constexpr std::size_t kMaxProbes = 2048;

std::size_t highest_bit(std::uint64_t bits) {
  return 63 - static_cast<std::size_t>(std::countl_zero(bits));
}

}  // namespace

TokenIndex::State TokenIndex::advance(State state, std::string_view bytes) {
  for (const char byte : bytes) state = step(state, byte);
  return state;
}

TokenIndex::TokenIndex(const Vocabulary& tokens, std::string_view prefix)
    : tokens_(&tokens),
      prefix_(prefix),
      prefix_state_(advance(kEmptyState, prefix)),
      slots_(std::bit_ceil(std::max<std::size_t>(2 * tokens.size(), 16))),
      filter_(std::size_t{1} << kFilterBits) {
  slot_shift_ = 32 - static_cast<std::uint32_t>(std::countr_zero(slots_.size()));
}

bool TokenIndex::insert(TokenId id) {
  const std::string_view token = bytes(id);
  if (token.empty() || token.size() > kMaxTokenBytes) {
    throw Error(ErrorCode::kInvalidTokenizer,
                "a token of the tokenizer has " + std::to_string(token.size()) +
                    " bytes; 1 to 1024 are possible; get the model from its publisher");
  }
  const State state = advance(kEmptyState, token);
  std::size_t slot = slot_of(state);
  for (std::size_t probes = 0; slots_[slot].id != kNone; ++probes, slot = next(slot)) {
    if (slots_[slot].state == state && bytes(slots_[slot].id) == token) return false;
    if (probes == kMaxProbes) {
      throw Error(ErrorCode::kInvalidTokenizer,
                  "the tokenizer's tokens are made to collide; get the model from its publisher");
    }
  }
  slots_[slot] = {state, id};
  longest_ = std::max(longest_, token.size());
  add_to_filter(kEmptyState, token);
  if (!prefix_.empty() && token.starts_with(prefix_)) {
    add_to_filter(prefix_state_, token.substr(prefix_.size()));
  }
  return true;
}

void TokenIndex::add_to_filter(State start, std::string_view rest) {
  if (rest.empty()) return;  // the prefix alone continues nothing
  const State state = advance(start, rest.substr(0, 2));
  filter_[filter_cell(state)] |= std::uint64_t{1} << std::min(rest.size(), kLongBit);
}

TokenId TokenIndex::find(std::string_view token) const {
  return probe(advance(kEmptyState, token), {}, token);
}

TokenId TokenIndex::probe(State state, std::string_view prefix, std::string_view rest) const {
  for (std::size_t slot = slot_of(state); slots_[slot].id != kNone; slot = next(slot)) {
    if (slots_[slot].state != state) continue;
    const std::string_view token = bytes(slots_[slot].id);
    if (token.size() == prefix.size() + rest.size() && token.starts_with(prefix) &&
        token.ends_with(rest)) {
      return slots_[slot].id;
    }
  }
  return kNone;
}

// A superset of the lengths up to `limit` that matching tokens can have, kLongBit for all longer.
std::uint64_t TokenIndex::filtered_lengths(State after_one, State after_two,
                                           std::size_t limit) const {
  const std::uint64_t one_byte = filter_[filter_cell(after_one)] & 2;
  if (limit == 1) return one_byte;
  const std::uint64_t lengths = one_byte | filter_[filter_cell(after_two)];
  return limit < kLongBit ? lengths & ((std::uint64_t{2} << limit) - 1) : lengths;
}

TokenIndex::Match TokenIndex::longest(State start, std::string_view prefix,
                                      std::string_view text) const {
  if (text.empty() || longest_ <= prefix.size()) return {kNone, 0};
  const std::size_t limit = std::min(text.size(), longest_ - prefix.size());
  std::array<State, kMaxTokenBytes + 1> states;  // states[n]: after n bytes of the text
  states[1] = step(start, text[0]);
  states[2] = limit == 1 ? 0 : step(states[1], text[1]);
  std::uint64_t lengths = filtered_lengths(states[1], states[2], limit);
  if (lengths == 0) return {kNone, 0};

  std::size_t length = highest_bit(lengths);
  if (length == kLongBit) length = limit;
  for (std::size_t n = 3; n <= length; ++n) states[n] = step(states[n - 1], text[n - 1]);
  while (true) {
    const TokenId id = probe(states[length], prefix, text.substr(0, length));
    if (id != kNone) return {id, length};
    if (length > kLongBit) {
      --length;
      continue;
    }
    lengths &= (std::uint64_t{1} << length) - 1;
    if (lengths == 0) return {kNone, 0};
    length = highest_bit(lengths);
  }
}

}  // namespace mayfly::tokenizer
