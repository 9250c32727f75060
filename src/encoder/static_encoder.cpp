// SPDX-License-Identifier: Apache-2.0
#include "encoder/static_encoder.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/error.h"
#include "base/zeroing_allocator.h"
#include "encoder/pooling.h"
#include "model/float_tensors.h"

namespace mayfly::encoder {
namespace {

constexpr const char* kTable = "static.table";
constexpr const char* kScale = "static.table.scale";
constexpr std::size_t kMaxDim = 4096;
constexpr std::size_t kDimStep = 16;  // what sum_int4_rows asks of dim

const model::Tensor& checked_table(const model::Container& container) {
  const model::Tensor& table = container.tensor(kTable);
  const bool sound = table.dtype == model::DType::kU8 && table.shape.size() == 2 &&
                     table.shape[0] > 0 && table.shape[1] > 0 && table.shape[1] <= kMaxDim / 2 &&
                     table.shape[1] % (kDimStep / 2) == 0;
  if (!sound) {
    throw Error(
        ErrorCode::kInvalidModel,
        std::string("tensor \"") + kTable +
            "\" is not U8 [tokens, dim / 2] with a dim that is a multiple of 16 and at most "
            "4,096; make or download the model again");
  }
  return table;
}

}  // namespace

StaticEncoder::StaticEncoder(std::shared_ptr<const model::Container> container)
    : container_(std::move(container)), kernels_(kernels::active()) {
  const model::Tensor& table = checked_table(*container_);
  dim_ = 2 * table.shape[1];
  table_ = {reinterpret_cast<const std::uint8_t*>(table.bytes.data()), table.bytes.size()};
  scales_ = model::FloatTensors(*container_).read(kScale, {table.shape[0]});
}

class StaticEncoder::Pass final : public SentencePass {
 public:
  explicit Pass(const StaticEncoder& encoder)
      : encoder_(encoder), sum_(encoder.dim()), pooled_(encoder.dim()) {}

  void begin(std::span<const std::span<const std::int32_t>> sequences) override {
    for (const auto& sequence : sequences) check(sequence);
    ids_.clear();
    starts_.assign(1, 0);
    for (const auto& sequence : sequences) {
      ids_.insert(ids_.end(), sequence.begin(), sequence.end());
      starts_.push_back(ids_.size());
    }
  }

  // There is nothing to do in advance: pooled() sums a few hundred rows in microseconds.
  bool step() override { return true; }

  std::span<const float> pooled(std::size_t sequence) override {
    std::fill(sum_.begin(), sum_.end(), 0.0F);
    const std::size_t first = starts_[sequence];
    encoder_.kernels_.sum_int4_rows({encoder_.table_.data(), encoder_.scales_.data(),
                                     ids_.data() + first, starts_[sequence + 1] - first,
                                     encoder_.dim_, sum_.data()});
    mean_pool_normalized(sum_.data(), 1, pooled_);
    return pooled_;
  }

 private:
  void check(std::span<const std::int32_t> sequence) const {
    if (sequence.empty() || sequence.size() > kMaxPositions) {
      throw Error(ErrorCode::kInvalidArgument, "a sequence has " + std::to_string(sequence.size()) +
                                                   " tokens; the model takes 1 to " +
                                                   std::to_string(kMaxPositions));
    }
    for (const std::int32_t id : sequence) {
      if (id >= 0 && static_cast<std::size_t>(id) < encoder_.vocabulary_size()) continue;
      throw Error(ErrorCode::kTokenOutOfRange,
                  "there is no token " + std::to_string(id) + "; the model has " +
                      std::to_string(encoder_.vocabulary_size()) + " tokens");
    }
  }

  const StaticEncoder& encoder_;
  SecureVector<std::int32_t> ids_;
  std::vector<std::size_t> starts_;   // [sequences + 1] first id of each, then the total
  SecureVector<float> sum_, pooled_;  // [dim]
};

std::unique_ptr<SentencePass> StaticEncoder::make_pass() const {
  return std::make_unique<Pass>(*this);
}

}  // namespace mayfly::encoder
