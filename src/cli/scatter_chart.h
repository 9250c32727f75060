// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace mayfly::cli {

// `text` for HTML and SVG, in content and in quoted attributes; ill-formed UTF-8 becomes U+FFFD.
std::string escape_markup(std::string_view text);

struct ChartPoint {
  std::string label;
  double x, y;  // finite, x >= 0
};

// An SVG element of points with labels, for a page that gives its classes their colours: "axis",
// "grid", "point". `title` names it to screen readers. x begins at 0, y at a tenth below the
// points. At least one point.
std::string scatter_chart(const std::string& title, const std::string& x_name,
                          const std::string& y_name, std::vector<ChartPoint> points);

}  // namespace mayfly::cli
