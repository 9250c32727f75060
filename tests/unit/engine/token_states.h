// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "encoder/encoder.h"
#include "engine/model.h"

namespace mayfly::testing {

// The transformer's last states of a text's tokens, the template's first and last among them, from
// one pass: [tokens][dim].
inline std::vector<std::vector<double>> token_states(const engine::Model& model,
                                                     std::string_view text) {
  const auto ids = model.tokenizer().encode(text, {}).ids;
  encoder::ForwardPass pass(model.encoder());
  const std::span<const std::int32_t> sequence(ids);
  pass.begin({&sequence, 1});
  while (!pass.step()) {
  }
  const auto states = pass.token_states(0);
  std::vector<std::vector<double>> vectors;
  for (std::size_t token = 0; token < ids.size(); ++token) {
    const float* state = states.data() + token * model.dim();
    vectors.emplace_back(state, state + model.dim());
  }
  return vectors;
}

}  // namespace mayfly::testing
