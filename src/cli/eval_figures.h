// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <string>
#include <vector>

namespace mayfly::cli {

struct Figure {
  std::string name;
  double value;
};

// What was measured in one way on one set of data.
struct EvalReport {
  std::string tier;  // empty: not named in the output
  std::vector<Figure> figures;
  std::string count_name;  // "queries", "pairs"
  std::size_t count;
  std::size_t bytes_per_vector = 0;  // in the index; 0: there are no vectors
  std::string settings;              // how vectors are kept; empty: there are none
  double search_ms = 0;              // mean of a query's search; measured for a page only
};

// Null where the report lacks it.
const Figure* figure_of(const EvalReport& report, const std::string& name);

// Names in the order in which the reports have them; one that only some have comes last.
std::vector<std::string> figure_names(const std::vector<EvalReport>& reports);

// One JSON object on one line of standard output.
void write_json(const EvalReport& report);

// A name and its value, as the lines of a table.
void write_row(const std::string& name, const std::string& value);
// The figures below one another, a column per report.
void write_table(const std::vector<EvalReport>& reports);

}  // namespace mayfly::cli
