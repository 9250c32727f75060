// SPDX-License-Identifier: Apache-2.0
#include "cli/vector_search.h"

#include <cmath>

#include "base/error.h"

namespace mayfly::cli {
namespace {

constexpr std::size_t kHnswRowsInView = 100;
constexpr std::size_t kMaxDims = 4096;

std::size_t chosen_dims(std::size_t dim, const VectorOptions& options) {
  if (options.dims <= dim) return options.dims > 0 ? options.dims : dim;
  throw Error(ErrorCode::kInvalidArgument, "the model's vectors have " + std::to_string(dim) +
                                               " dimensions; give --dims no more than that");
}

}  // namespace

void VectorOptions::add_options(CLI::App& command) {
  CLI::Option* data = command.get_option("--collection");
  command.add_option("--index", index, "how vectors are searched: flat (default), hnsw, binary")
      ->type_name("NAME")
      ->needs(data)
      ->check(CLI::IsMember({"flat", "hnsw", "binary"}).description(""));
  command.add_option("--dims", dims, "keep the first N dimensions of vectors (default: all)")
      ->type_name("N")
      ->needs(data)
      ->check(CLI::Range(std::size_t{1}, kMaxDims).description(""));
  command
      .add_option("--bits", bits, "bits per dimension: 8 (default), 10, or 1 with the flat index")
      ->type_name("N")
      ->needs(data)
      ->check(CLI::IsMember(std::vector<std::size_t>{1, 8, 10}).description(""));
}

std::string VectorOptions::described() const {
  return index + ", " + std::to_string(bits) + (bits == 1 ? " bit, " : " bits, ") +
         (dims > 0 ? std::to_string(dims) : "all") + " dimensions";
}

VectorSearch::Index VectorSearch::make(std::size_t dims, const VectorOptions& options) {
  const auto precision = options.bits == 10 ? index::Precision::kInt10 : index::Precision::kInt8;
  if (options.bits == 1) {
    if (options.approximate()) {
      throw CLI::ValidationError("--bits", "1 goes with --index flat only");
    }
    return Index(std::in_place_type<SignRows>, dims);
  }
  if (options.index == "hnsw") {
    index::HnswOptions hnsw;
    hnsw.precision = precision;
    return Index(std::in_place_type<index::HnswIndex>, dims, hnsw);
  }
  if (options.index == "binary") {
    return Index(std::in_place_type<index::BinaryIndex>, dims, precision);
  }
  return Index(std::in_place_type<index::FlatIndex>, dims, precision);
}

VectorSearch::VectorSearch(std::size_t dim, std::size_t rows, const VectorOptions& options)
    : dims_(chosen_dims(dim, options)), index_(make(dims_, options)) {
  if (auto* flat = std::get_if<index::FlatIndex>(&index_)) flat->reserve(rows);
}

// Zeros stay zeros: they have no direction.
std::vector<float> VectorSearch::shortened(std::span<const float> vector) const {
  std::vector<float> result(vector.begin(), vector.begin() + static_cast<std::ptrdiff_t>(dims_));
  double squares = 0.0;
  for (const float value : result) squares += double{value} * double{value};
  if (squares == 0.0) return result;
  const auto scale = static_cast<float>(1.0 / std::sqrt(squares));
  for (float& value : result) value *= scale;
  return result;
}

void VectorSearch::append(std::span<const float> vector) {
  std::vector<float> copy;
  if (vector.size() > dims_) vector = copy = shortened(vector);
  std::visit([&](auto& index) { index.append(vector); }, index_);
}

std::vector<index::RowHit> VectorSearch::search(std::span<const float> query, std::size_t k) const {
  std::vector<float> copy;
  if (query.size() > dims_) query = copy = shortened(query);
  if (const auto* hnsw = std::get_if<index::HnswIndex>(&index_)) {
    return hnsw->search(query, k, kHnswRowsInView);
  }
  if (const auto* flat = std::get_if<index::FlatIndex>(&index_)) return flat->search(query, k);
  if (const auto* signs = std::get_if<SignRows>(&index_)) return signs->search(query, k);
  return std::get<index::BinaryIndex>(index_).search(query, k);
}

std::size_t VectorSearch::row_bytes() const {
  return std::visit([](const auto& index) { return index.row_bytes(); }, index_);
}

}  // namespace mayfly::cli
