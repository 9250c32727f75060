// SPDX-License-Identifier: Apache-2.0
#include "engine/late_chunking.h"

#include <utility>
#include <vector>

#include "encoder/pooling.h"
#include "text/utf8.h"

namespace mayfly::engine {
namespace {

// The states of the tokens that begin in `range` (code points), before `title_end`, or nowhere: the
// template's. Of one passage alone these are all, as the model was trained to be read.
SecureVector<float> states_of(std::span<const float> states, std::size_t dim,
                              const std::vector<tokenizer::Offset>& offsets,
                              std::uint32_t title_end, const tokenizer::Offset& range) {
  SecureVector<float> chosen;
  for (std::size_t token = 0; token < offsets.size(); ++token) {
    const auto& [begin, end] = offsets[token];
    const bool within = begin >= range.begin && begin < range.end;
    if (begin != end && begin >= title_end && !within) continue;
    const auto state = states.subspan(token * dim, dim);
    chosen.insert(chosen.end(), state.begin(), state.end());
  }
  return chosen;
}

std::uint32_t code_points(std::string_view text) {
  return static_cast<std::uint32_t>(text::count_code_points(text));
}

}  // namespace

LateChunker::LateChunker(const Model& model, tokenizer::SpecialTokens special_tokens)
    : model_(model), special_tokens_(special_tokens), pass_(model.encoder()) {}

tokenizer::Encoding LateChunker::encode(std::string_view text) const {
  tokenizer::EncodeOptions options;
  options.max_length = model_.max_tokens();
  options.special_tokens = special_tokens_;
  options.with_offsets = true;
  return model_.tokenizer().encode(text, options);
}

std::size_t LateChunker::read_window(std::string_view prefix, std::string_view text,
                                     std::span<const PassageBytes> passages,
                                     SecureVector<float>& result) {
  const std::size_t origin = passages.front().begin;
  const auto window_to = [&](std::size_t end) {
    SecureVector<char> bytes(prefix.begin(), prefix.end());
    bytes.insert(bytes.end(), text.begin() + origin, text.begin() + end);
    return encode({bytes.data(), bytes.size()});
  };
  tokenizer::Encoding encoding = window_to(passages.front().end);
  std::size_t count = 1;
  for (; count < passages.size(); ++count) {
    tokenizer::Encoding wider = window_to(passages[count].end);
    if (wider.truncated()) break;
    encoding = std::move(wider);
  }

  const std::span<const tokenizer::TokenId> ids = encoding.ids;
  pass_.begin({&ids, 1});
  while (!pass_.step()) {
  }
  const std::size_t dim = model_.dim();
  const std::uint32_t before = code_points(prefix);
  for (const auto& [begin, end] : passages.first(count)) {
    const tokenizer::Offset range{before + code_points(text.substr(origin, begin - origin)),
                                  before + code_points(text.substr(origin, end - origin))};
    const auto states = states_of(pass_.token_states(0), dim, encoding.offsets, before, range);
    result.resize(result.size() + dim);
    encoder::mean_pool_normalized(states.data(), states.size() / dim, std::span(result).last(dim));
  }
  return count;
}

SecureVector<float> LateChunker::vectors(const DocumentView& document,
                                         const text::PassageLimits& limits) {
  const SecureVector<char> kept = passage_prefix(document);
  const std::string_view prefix(kept.data(), kept.size());
  const std::vector<PassageBytes> passages =
      passage_bytes(model_.tokenizer(), document.text, limits);
  SecureVector<float> result;
  // Without text the title is what there is.
  const PassageBytes title{0, prefix.size()};
  if (passages.empty()) read_window({}, prefix, {&title, 1}, result);
  for (std::span<const PassageBytes> left = passages; !left.empty();) {
    left = left.subspan(read_window(prefix, document.text, left, result));
  }
  return result;
}

}  // namespace mayfly::engine
