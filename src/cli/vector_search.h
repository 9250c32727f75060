// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <CLI/CLI.hpp>
#include <cstddef>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "cli/sign_rows.h"
#include "index/binary_index.h"
#include "index/flat_index.h"
#include "index/hnsw_index.h"

namespace mayfly::cli {

// How vectors are kept and searched.
struct VectorOptions {
  std::string index = "flat";  // "hnsw", "binary"
  std::size_t dims = 0;        // the first so many, made unit length again; 0: all
  std::size_t bits = 8;        // of a dimension: 8, 10, or 1, its sign, with "flat" alone

  // Adds --index, --dims and --bits to a command that has --collection, which they need.
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
  // The k best rows, best first, with the widths of search that a caller gets unless told: an HNSW
  // search keeps 100 rows in view, a binary one scores BinaryIndex::default_shortlist.
  std::vector<index::RowHit> search(std::span<const float> query, std::size_t k) const;
  std::size_t row_bytes() const;

 private:
  using Index = std::variant<index::FlatIndex, index::HnswIndex, index::BinaryIndex, SignRows>;
  static Index make(std::size_t dims, const VectorOptions& options);
  std::vector<float> shortened(std::span<const float> vector) const;

  std::size_t dims_;
  Index index_;
};

}  // namespace mayfly::cli
