// SPDX-License-Identifier: Apache-2.0
#include "cli/scatter_chart.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

#include "cli/json_line.h"

namespace mayfly::cli {
namespace {

constexpr double kWidth = 640, kHeight = 360, kLeft = 52, kRight = 24, kTop = 34, kBottom = 48;
constexpr double kLabelHeight = 14, kLabelGap = 9;
constexpr double kTicks = 5;

std::string number(double value) {
  char digits[32];
  std::snprintf(digits, sizeof digits, "%.6g", value);
  return digits;
}

std::string coordinate(double value) {
  char digits[32];
  std::snprintf(digits, sizeof digits, "%.1f", value);
  return digits;
}

std::string text(double x, double y, const char* anchor, const std::string& content) {
  return "<text x=\"" + coordinate(x) + "\" y=\"" + coordinate(y) + "\" text-anchor=\"" + anchor +
         "\">" + escape_markup(content) + "</text>\n";
}

std::string line(const char* kind, double x1, double y1, double x2, double y2) {
  return std::string("<line class=\"") + kind + "\" x1=\"" + coordinate(x1) + "\" y1=\"" +
         coordinate(y1) + "\" x2=\"" + coordinate(x2) + "\" y2=\"" + coordinate(y2) + "\"/>\n";
}

// From one end of an axis to the other in steps of 1, 2 or 5 times a power of ten.
struct Scale {
  double low, high, step;

  Scale(double least, double most) {
    const double range = most > least ? most - least : 1.0;
    const double magnitude = std::pow(10.0, std::floor(std::log10(range / kTicks)));
    step = magnitude;
    for (const double factor : {2.0, 5.0, 10.0}) {
      if (range / step > kTicks) step = factor * magnitude;
    }
    low = std::floor(least / step) * step;
    high = std::ceil((low + range) / step) * step;
    if (high < most) high += step;
  }
  double share(double value) const { return (value - low) / (high - low); }
  // Counted in whole steps: sums of steps drift.
  int steps() const { return static_cast<int>(std::lround((high - low) / step)); }
};

double across(const Scale& scale, double value) {
  return kLeft + scale.share(value) * (kWidth - kLeft - kRight);
}

double down(const Scale& scale, double value) {
  return kHeight - kBottom - scale.share(value) * (kHeight - kTop - kBottom);
}

std::string axes(const Scale& x, const Scale& y, const std::string& x_name,
                 const std::string& y_name) {
  const double bottom = kHeight - kBottom;
  std::string svg;
  for (int i = 0; i <= x.steps(); ++i) {
    const double value = x.low + i * x.step;
    svg += line("grid", across(x, value), kTop, across(x, value), bottom);
    svg += text(across(x, value), bottom + 18, "middle", number(value));
  }
  for (int i = 0; i <= y.steps(); ++i) {
    const double value = y.low + i * y.step;
    svg += line("grid", kLeft, down(y, value), kWidth - kRight, down(y, value));
    svg += text(kLeft - 8, down(y, value) + 4, "end", number(value));
  }
  svg += line("axis", kLeft, bottom, kWidth - kRight, bottom);
  svg += line("axis", kLeft, kTop, kLeft, bottom);
  svg += text(kWidth - kRight, bottom + 38, "end", x_name);
  return svg + text(8, kTop - 16, "start", y_name);
}

// From the top down, each label below the one before it, so that none covers another.
std::string marks(const Scale& x, const Scale& y, std::vector<ChartPoint> points) {
  std::stable_sort(points.begin(), points.end(),
                   [](const ChartPoint& a, const ChartPoint& b) { return a.y > b.y; });
  double free_from = -std::numeric_limits<double>::infinity();
  std::string svg;
  for (const ChartPoint& point : points) {
    const double left = across(x, point.x), top = down(y, point.y);
    svg += "<circle class=\"point\" cx=\"" + coordinate(left) + "\" cy=\"" + coordinate(top) +
           "\" r=\"5\"><title>" +
           escape_markup(point.label + ": " + number(point.x) + ", " + number(point.y)) +
           "</title></circle>\n";
    const double place = std::max(top + 4, free_from);
    free_from = place + kLabelHeight;
    const bool to_the_left = x.share(point.x) > 0.7;
    svg += text(to_the_left ? left - kLabelGap : left + kLabelGap, place,
                to_the_left ? "end" : "start", point.label);
  }
  return svg;
}

}  // namespace

std::string escape_markup(std::string_view text) {
  std::string result;
  for (const char c : repair_utf8(text)) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\'':
        result += "&#39;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

std::string scatter_chart(const std::string& title, const std::string& x_name,
                          const std::string& y_name, std::vector<ChartPoint> points) {
  const auto by_x = [](const ChartPoint& a, const ChartPoint& b) { return a.x < b.x; };
  const auto by_y = [](const ChartPoint& a, const ChartPoint& b) { return a.y < b.y; };
  const auto [low, high] = std::minmax_element(points.begin(), points.end(), by_y);
  const Scale x(0.0, std::max_element(points.begin(), points.end(), by_x)->x);
  const Scale y(std::floor(low->y * 10 - 0.5) / 10, std::ceil(high->y * 10) / 10);
  return "<svg viewBox=\"0 0 " + number(kWidth) + " " + number(kHeight) +
         "\" role=\"img\" aria-label=\"" + escape_markup(title) + "\">\n" +
         axes(x, y, x_name, y_name) + marks(x, y, std::move(points)) + "</svg>\n";
}

}  // namespace mayfly::cli
