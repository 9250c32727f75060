// SPDX-License-Identifier: Apache-2.0
#include "kernels/fastest_variant.h"

#include <algorithm>
#include <vector>

#include "base/clock.h"
#include "kernels/kernels.h"

namespace mayfly::kernels {
namespace {

// A piece of a feed-forward layer, 0.6 million multiply-accumulates: about 15 microseconds.
constexpr std::size_t kRows = 16, kColumns = 96, kDepth = 384;

class Trial {
 public:
  // Times as many products as fit into slice_ms; browsers' clocks are coarse, so single ones cannot
  // be.
  double milliseconds_per_product(const Kernels& kernels, double slice_ms) {
    const double begin = monotonic_ms();
    double elapsed = 0.0;
    int count = 0;
    do {
      kernels.gemm_u7s8({activations_.data(), rows_.data(), weights_.data(), ones_.data(),
                         ones_.data(), ones_.data(), out_.data(), kRows, kColumns, kDepth,
                         kColumns});
      ++count;
      elapsed = monotonic_ms() - begin;
    } while (elapsed < slice_ms);
    return elapsed / count;
  }

 private:
  // Ones, in every variant's order; the ones behind the weights say that all panels are narrow.
  std::vector<std::uint8_t> activations_ =
      std::vector<std::uint8_t>(2 * activation_count(kRows, kDepth), 1);
  std::vector<std::int8_t> weights_ = std::vector<std::int8_t>(packed_bytes(kColumns, kDepth), 1);
  std::vector<RowScale> rows_ = std::vector<RowScale>(kRows, RowScale{1.0F, 0.0F});
  std::vector<float> ones_ = std::vector<float>(kColumns, 1.0F);
  std::vector<float> out_ = std::vector<float>(kRows * kColumns);
};

}  // namespace

std::string_view fastest_variant(double budget_ms) {
  constexpr int kRounds = 3;
  const auto candidates = variants().subspan(1);
  const double slice_ms = budget_ms / (kRounds * static_cast<double>(candidates.size()));
  std::vector<double> best(candidates.size(), 1e9);
  Trial trial;
  for (int round = 0; round < kRounds; ++round) {
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      best[i] = std::min(best[i], trial.milliseconds_per_product(candidates[i], slice_ms));
    }
  }
  const auto fastest = std::min_element(best.begin(), best.end()) - best.begin();
  return candidates[static_cast<std::size_t>(fastest)].variant;
}

}  // namespace mayfly::kernels
