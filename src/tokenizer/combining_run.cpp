// SPDX-License-Identifier: Apache-2.0
#include "tokenizer/combining_run.h"

#include <algorithm>
#include <array>

namespace mayfly::tokenizer {

void CombiningRun::add(char32_t code_point, std::uint8_t combining_class, bool dropped,
                       Offset source) {
  entries_.push_back({code_point, combining_class, dropped, false});
  sources_.push_back(source);
  keeps_any_ = keeps_any_ || !dropped;
}

void CombiningRun::add_inserted(char32_t code_point, std::uint8_t combining_class) {
  entries_.push_back({code_point, combining_class, false, true});
  keeps_any_ = true;
}

// Runs of a few are sorted in place; longer ones by counting, because a whole text may be one run.
void CombiningRun::sort() {
  const auto by_class = [](const Entry& a, const Entry& b) {
    return a.combining_class < b.combining_class;
  };
  if (std::is_sorted(entries_.begin(), entries_.end(), by_class)) return;
  constexpr std::size_t kFew = 24;
  if (entries_.size() <= kFew) {
    for (auto it = entries_.begin(); it != entries_.end(); ++it) {
      std::rotate(std::upper_bound(entries_.begin(), it, *it, by_class), it, it + 1);
    }
    return;
  }
  std::array<std::size_t, 257> begin{};  // begin[k]: where class k starts
  for (const Entry& entry : entries_) ++begin[entry.combining_class + 1u];
  for (std::size_t k = 1; k < begin.size(); ++k) begin[k] += begin[k - 1];
  SecureVector<Entry> sorted(entries_.size());
  for (const Entry& entry : entries_) sorted[begin[entry.combining_class]++] = entry;
  entries_.swap(sorted);
}

}  // namespace mayfly::tokenizer
