// SPDX-License-Identifier: Apache-2.0
#include "cli/calibration_text.h"

namespace mayfly::cli {
namespace {

constexpr std::string_view kText =
#include "generated/calibration_text.inc"
    ;

}  // namespace

std::vector<std::string_view> calibration_texts() {
  std::vector<std::string_view> lines;
  std::string_view rest = kText;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    if (end != 0) lines.push_back(rest.substr(0, end));
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  }
  return lines;
}

}  // namespace mayfly::cli
