// SPDX-License-Identifier: Apache-2.0
#include "cli/vector_search.h"

#include "base/error.h"
#include "index/index_choice.h"
#include "index/truncate_vector.h"

namespace mayfly::cli {
namespace {

constexpr const char* kAuto = "auto";
constexpr std::size_t kMaxDims = 4096;

std::size_t chosen_dims(std::size_t dim, const VectorOptions& options) {
  if (options.dims <= dim) return options.dims > 0 ? options.dims : dim;
  throw Error(ErrorCode::kInvalidArgument, "the model's vectors have " + std::to_string(dim) +
                                               " dimensions; give --dims no more than that");
}

}  // namespace

void VectorOptions::add_options(CLI::App& command) {
  CLI::Option* data = command.get_option("--collection");
  std::vector<std::string> names{kAuto};
  std::string list = kAuto;
  for (const index::IndexKindInfo& kind : index::all_index_kinds()) {
    names.emplace_back(kind.name);
    list += ", " + names.back();
  }
  command.add_option("--index", index, "how vectors are searched (default: flat): " + list)
      ->type_name("NAME")
      ->needs(data)
      ->check(CLI::IsMember(names).description(""));
  command.add_option("--queries", queries, "of a visit, for which auto chooses (default: 20)")
      ->type_name("N")
      ->needs(data);
  command.add_option("--dims", dims, "keep the first N dimensions of vectors (default: all)")
      ->type_name("N")
      ->needs(data)
      ->check(CLI::Range(std::size_t{1}, kMaxDims).description(""));
  command.add_option("--bits", bits, "bits per dimension: 8 (default), 10, 32, or 1 with flat")
      ->type_name("N")
      ->needs(data)
      ->check(CLI::IsMember(std::vector<std::size_t>{1, 8, 10, 32}).description(""));
}

std::string VectorOptions::described() const {
  return index + ", " + std::to_string(bits) + (bits == 1 ? " bit, " : " bits, ") +
         (dims > 0 ? std::to_string(dims) : "all") + " dimensions";
}

VectorSearch::VectorSearch(std::size_t dim, std::size_t rows, const VectorOptions& options)
    : dims_(chosen_dims(dim, options)) {
  if (options.bits == 1) {
    if (options.approximate()) {
      throw CLI::ValidationError("--bits", "1 goes with --index flat only");
    }
    signs_.emplace(dims_);
    return;
  }
  const auto kind = options.index == kAuto ? index::choose_index({rows, dims_, options.queries})
                                           : index::index_kind(options.index);
  auto precision = index::Precision::kInt8;
  if (options.bits == 10) precision = index::Precision::kInt10;
  if (options.bits == 32) precision = index::Precision::kFloat32;
  index_ = index::make_index(kind, dims_, precision);
}

std::vector<float> VectorSearch::shortened(std::span<const float> vector) const {
  std::vector<float> result(dims_);
  index::truncate_vector(vector, result);
  return result;
}

void VectorSearch::append(std::span<const float> vector) {
  std::vector<float> copy;
  if (vector.size() > dims_) vector = copy = shortened(vector);
  if (signs_) return signs_->append(vector);
  index_->append(vector);
}

std::vector<index::RowHit> VectorSearch::search(std::span<const float> query, std::size_t k) const {
  std::vector<float> copy;
  if (query.size() > dims_) query = copy = shortened(query);
  return signs_ ? signs_->search(query, k) : index_->search(query, k);
}

std::size_t VectorSearch::row_bytes() const {
  return signs_ ? signs_->row_bytes() : index_->row_bytes();
}

}  // namespace mayfly::cli
