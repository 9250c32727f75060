// SPDX-License-Identifier: Apache-2.0
#include "cli/eval_figures.h"

#include <algorithm>
#include <cstdio>

#include "cli/file_bytes.h"
#include "cli/json_line.h"

namespace mayfly::cli {
namespace {

std::string padded(const std::string& text, std::size_t width) {
  return text + std::string(text.size() < width ? width - text.size() : 0, ' ');
}

std::string cell(const EvalReport& report, const std::string& name) {
  const Figure* figure = figure_of(report, name);
  if (!figure) return "";
  char rounded[32];
  std::snprintf(rounded, sizeof rounded, "%.4f", figure->value);
  return rounded;
}

}  // namespace

const Figure* figure_of(const EvalReport& report, const std::string& name) {
  for (const Figure& figure : report.figures) {
    if (figure.name == name) return &figure;
  }
  return nullptr;
}

std::vector<std::string> figure_names(const std::vector<EvalReport>& reports) {
  std::vector<std::string> names;
  for (const EvalReport& report : reports) {
    for (const Figure& figure : report.figures) {
      if (std::find(names.begin(), names.end(), figure.name) == names.end()) {
        names.push_back(figure.name);
      }
    }
  }
  return names;
}

void write_json(const EvalReport& report) {
  std::string line = "{";
  if (!report.tier.empty()) {
    line += "\"tier\":";
    append_string(line, report.tier);
    line += ',';
  }
  for (const Figure& figure : report.figures) {
    append_string(line, figure.name);
    line += ':';
    append_number(line, figure.value);
    line += ',';
  }
  if (report.bytes_per_vector > 0) {
    line += "\"bytes_per_vector\":" + std::to_string(report.bytes_per_vector) + ",";
  }
  if (!report.settings.empty()) {
    line += "\"index\":";
    append_string(line, report.settings);
    line += ',';
  }
  append_string(line, report.count_name);
  write_output(line + ":" + std::to_string(report.count) + "}\n");
}

void write_row(const std::string& name, const std::string& value) {
  write_output(padded(name, 12) + " " + value + "\n");
}

void write_table(const std::vector<EvalReport>& reports) {
  constexpr std::size_t kColumn = 12;
  std::string titles;
  for (const EvalReport& report : reports) titles += padded(report.tier, kColumn);
  titles.erase(titles.find_last_not_of(' ') + 1);
  if (!titles.empty()) write_row("", titles);
  for (const std::string& name : figure_names(reports)) {
    std::string cells;
    for (const EvalReport& report : reports) cells += padded(cell(report, name), kColumn);
    write_row(name, cells.erase(cells.find_last_not_of(' ') + 1));
  }
  std::string bytes;
  for (const EvalReport& report : reports) {
    const std::size_t count = report.bytes_per_vector;
    bytes += padded(count > 0 ? std::to_string(count) : "", kColumn);
  }
  bytes.erase(bytes.find_last_not_of(' ') + 1);
  if (!bytes.empty()) write_row("bytes/vector", bytes);
}

}  // namespace mayfly::cli
