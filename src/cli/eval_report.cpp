// SPDX-License-Identifier: Apache-2.0
#include "cli/eval_report.h"

#include <algorithm>
#include <cstdio>

#include "cli/file_bytes.h"
#include "cli/scatter_chart.h"

namespace mayfly::cli {
namespace {

// The policy forbids the browser to fetch anything, whatever the page says.
constexpr const char* kHead = R"(<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Relevance measured by mayfly eval</title>
<style>
:root { color-scheme: light dark; --ground: #fff; --text: #1f2328; --faint: #d0d7de; --point: #0a6e4f; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #0d1117; --text: #e6edf3; --faint: #30363d; --point: #3fb98b; }
}
body { background: var(--ground); color: var(--text); font: 16px/1.5 system-ui, sans-serif;
  margin: 2rem auto; max-width: 45rem; padding: 0 1rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { border-bottom: 1px solid var(--faint); padding: .25rem .75rem; text-align: right; }
th:first-child { text-align: left; }
dt { font-weight: 600; } dd { margin: 0 0 .5rem; overflow-wrap: anywhere; }
svg { width: 100%; height: auto; } svg text { fill: var(--text); font-size: 13px; }
.grid { stroke: var(--faint); } .axis { stroke: var(--text); } .point { fill: var(--point); }
</style>
<h1>Relevance</h1>
)";

constexpr const char* kTimeNote =
    "<p>Mean time of a query's search for the ten best, measured on this machine on one thread. "
    "It is the search only: queries were embedded before. Tiers that join rankings score every "
    "document here.</p>\n";

std::string title_of(const EvalReport& report) {
  return report.tier.empty() ? "contextual" : report.tier;
}

std::string rounded(const char* format, double value) {
  char digits[32];
  std::snprintf(digits, sizeof digits, format, value);
  return digits;
}

std::string row_of(const EvalReport& report, const std::vector<std::string>& names) {
  std::string html = "<tr><th scope=\"row\">" + escape_markup(title_of(report)) + "</th>";
  for (const std::string& name : names) {
    const Figure* figure = figure_of(report, name);
    html += "<td>" + (figure ? rounded("%.4f", figure->value) : "") + "</td>";
  }
  const std::size_t bytes = report.bytes_per_vector;
  html += "<td>" + (bytes > 0 ? std::to_string(bytes) : "") + "</td>";
  return html + "<td>" + rounded("%.3f", report.search_ms) + "</td></tr>\n";
}

std::string table_of(const std::vector<EvalReport>& reports) {
  const std::vector<std::string> names = figure_names(reports);
  std::string html = "<div class=\"wide\"><table>\n<tr><th scope=\"col\">tier</th>";
  for (const std::string& name : names) {
    html += "<th scope=\"col\">" + escape_markup(name) + "</th>";
  }
  html += "<th scope=\"col\">bytes per vector</th><th scope=\"col\">search, ms</th></tr>\n";
  for (const EvalReport& report : reports) html += row_of(report, names);
  return html + "</table></div>\n";
}

std::string chart_of(const std::string& title, const std::string& x_name,
                     std::vector<ChartPoint> points) {
  if (points.empty()) return "<p>None of the tiers has it.</p>\n";
  return scatter_chart(title, x_name, "nDCG@10", std::move(points));
}

}  // namespace

void write_report(const std::filesystem::path& path, const EvalFacts& facts,
                  const std::vector<EvalReport>& reports) {
  std::string html = kHead;
  html += "<dl>\n";
  for (const auto& [name, value] : facts) {
    html += "<dt>" + escape_markup(name) + "</dt><dd>" + escape_markup(value) + "</dd>\n";
  }
  html += "</dl>\n" + table_of(reports);
  std::vector<ChartPoint> by_time, by_bytes;
  for (const EvalReport& report : reports) {
    const Figure* ndcg = figure_of(report, "ndcg@10");
    if (!ndcg) continue;
    by_time.push_back({title_of(report), report.search_ms, ndcg->value});
    if (report.bytes_per_vector == 0) continue;
    const auto bytes = static_cast<double>(report.bytes_per_vector);
    by_bytes.push_back({title_of(report), bytes, ndcg->value});
  }
  html += "<h2>Quality and latency</h2>\n" +
          chart_of("nDCG@10 against the mean time of a search", "search, ms", by_time) + kTimeNote +
          "<h2>Quality and bytes per vector</h2>\n" +
          chart_of("nDCG@10 against bytes per vector", "bytes per vector", by_bytes) +
          "<p>What the index holds for one vector; tiers without vectors are left out.</p>\n" +
          "</html>\n";
  write_file(path, html);
}

}  // namespace mayfly::cli
