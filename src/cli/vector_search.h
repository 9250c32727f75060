// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <CLI/CLI.hpp>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cli/sign_rows.h"
#include "index/vector_index.h"

namespace mayfly::cli {

// How vectors are kept and searched.
struct VectorOptions {
  std::string index = "flat";  // a name of index::all_index_kinds() or "auto"
  std::size_t dims = 0;        // the first so many, made unit length again; 0: all
  std::size_t bits = 8;        // of a dimension: 8, 10, 32, or 1, its sign, with "flat" alone
  std::size_t queries = 20;    // of a visit: what "auto" chooses for

  // Adds --index, --queries, --dims and --bits to a command that has --collection, which they need.
  void add_options(CLI::App& command);
  // The index may miss some of the best.
  bool approximate() const { return index != "flat"; }
  // "hnsw, 8 bits, 256 dimensions"
  std::string described() const;
};

// An index of the kind that the options name, filled with whole vectors and asked with them.
class VectorSearch {
 public:
  // For `rows` vectors of `dim` dimensions. CLI::ValidationError for --bits 1 with another index
  // than flat, Error(kInvalidArgument) where --dims is more than there are.
  VectorSearch(std::size_t dim, std::size_t rows, const VectorOptions& options);

  // A unit vector, or zeros, of dim values.
  void append(std::span<const float> vector);
  // The k best rows, best first, with the widths of search that a caller gets unless told.
  std::vector<index::RowHit> search(std::span<const float> query, std::size_t k) const;
  std::size_t row_bytes() const;

 private:
  std::vector<float> shortened(std::span<const float> vector) const;

  std::size_t dims_;
  std::optional<SignRows> signs_;
  std::unique_ptr<index::VectorIndex> index_;  // without signs
};

}  // namespace mayfly::cli
