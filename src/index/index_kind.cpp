// SPDX-License-Identifier: Apache-2.0
#include "index/index_kind.h"

#include <algorithm>
#include <string>

#include "base/error.h"
#include "index/binary_index.h"
#include "index/flat_vector_index.h"
#include "index/hnsw_index.h"
#include "index/ivf_index.h"
#include "index/pq_index.h"
#include "index/two_stage_index.h"

namespace mayfly::index {
namespace {

constexpr IndexKindInfo kKinds[] = {
    {IndexKind::kFlat, "flat"}, {IndexKind::kBinary, "binary"}, {IndexKind::kTwoStage, "two-stage"},
    {IndexKind::kPq, "pq"},     {IndexKind::kIvf, "ivf"},       {IndexKind::kHnsw, "hnsw"}};

template <typename Index, typename Options>
std::unique_ptr<VectorIndex> with_options(std::size_t dim, Options options, Precision precision,
                                          Metric metric) {
  options.precision = precision;
  options.metric = metric;
  return std::make_unique<Index>(dim, options);
}

}  // namespace

std::span<const IndexKindInfo> all_index_kinds() { return kKinds; }

IndexKind index_kind(std::string_view name) {
  for (const IndexKindInfo& info : kKinds) {
    if (info.name == name) return info.kind;
  }
  throw Error(ErrorCode::kInvalidArgument, "there is no index called " + std::string(name) +
                                               "; take flat, binary, two-stage, pq, ivf or hnsw");
}

std::string_view name_of(IndexKind kind) {
  const auto* info = std::find_if(std::begin(kKinds), std::end(kKinds),
                                  [kind](const IndexKindInfo& each) { return each.kind == kind; });
  return info->name;
}

std::unique_ptr<VectorIndex> make_index(IndexKind kind, std::size_t dim, Precision precision,
                                        Metric metric) {
  switch (kind) {
    case IndexKind::kBinary:
      return std::make_unique<BinaryIndex>(dim, precision, metric);
    case IndexKind::kTwoStage: {
      TwoStageOptions options;
      options.leading = std::min(options.leading, dim);
      return with_options<TwoStageIndex>(dim, options, precision, metric);
    }
    case IndexKind::kPq:
      return with_options<PqIndex>(dim, PqOptions{}, precision, metric);
    case IndexKind::kIvf:
      return with_options<IvfIndex>(dim, IvfOptions{}, precision, metric);
    case IndexKind::kHnsw:
      return with_options<HnswIndex>(dim, HnswOptions{}, precision, metric);
    case IndexKind::kFlat:
      break;
  }
  return std::make_unique<FlatVectorIndex>(dim, precision, metric);
}

}  // namespace mayfly::index
