// SPDX-License-Identifier: Apache-2.0
#include "model/convert.h"

#ifndef __EMSCRIPTEN__
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <vector>

#include "model/bert_config.h"
#include "model/float_tensors.h"
#include "model/quantize_int8.h"
#include "model/safetensors_writer.h"

namespace mayfly::model {
namespace {

constexpr const char* kFormatVersion = "1";

constexpr float kEqualisation = 0.7F;  // exponent of the range; 1 - it is that of the weights
// Channels with less than this part of the widest weight or range count as that wide.
constexpr float kNarrowest = 1e-4F;

// Mathematical libraries differ in the last bit of pow; the file must not.
float round_to_8_bits(float value) {
  int exponent = 0;
  const float fraction = std::frexp(value, &exponent);
  return std::ldexp(std::round(fraction * 256.0F), exponent - 8);
}

std::vector<float> equalising_scale(std::vector<float> weights, std::vector<float> ranges) {
  for (std::vector<float>* values : {&weights, &ranges}) {
    const float widest = *std::max_element(values->begin(), values->end());
    for (float& value : *values)
      value = widest > 0.0F ? std::max(value / widest, kNarrowest) : 1.0F;
  }
  std::vector<float> scale(weights.size());
  for (std::size_t i = 0; i < scale.size(); ++i) {
    scale[i] = round_to_8_bits(std::pow(weights[i], 1.0F - kEqualisation) /
                               std::pow(ranges[i], kEqualisation));
  }
  return scale;
}

// One conversion: reads from `source`, writes to `writer`.
class Conversion {
 public:
  Conversion(const Container& source, const ChannelRanges& ranges, SafetensorsWriter& writer)
      : source_(source), ranges_(ranges), writer_(writer) {}

  void copy_vector(const std::string& name, std::size_t n) {
    writer_.add_f32(name, {n}, source_.read(name, {n}));
  }

  void convert_table(const std::string& name, std::size_t rows, std::size_t columns) {
    quantize_matrix(name, source_.read(name, {rows, columns}), rows, columns);
  }

  void convert_linear(const std::string& name, std::size_t out, std::size_t in) {
    convert_table(name + ".weight", out, in);
    copy_vector(name + ".bias", out);
  }

  // Several layers that read the same LayerNorm's output, with one equalisation for all.
  void convert_equalised(const std::string& scale_name, const std::vector<std::string>& names,
                         std::size_t out, std::size_t in) {
    std::vector<std::vector<float>> weights;
    std::vector<float> widest(in, 0.0F);
    for (const std::string& name : names) {
      weights.push_back(source_.read(name + ".weight", {out, in}));
      for (std::size_t i = 0; i < out * in; ++i) {
        widest[i % in] = std::max(widest[i % in], std::fabs(weights.back()[i]));
      }
    }
    const auto range = ranges_.find(scale_name);
    const std::vector<float> scale = range == ranges_.end()
                                         ? std::vector<float>(in, 1.0F)
                                         : equalising_scale(widest, range->second);
    for (std::size_t part = 0; part < names.size(); ++part) {
      for (std::size_t i = 0; i < out * in; ++i) weights[part][i] /= scale[i % in];
      quantize_matrix(names[part] + ".weight", weights[part], out, in);
      copy_vector(names[part] + ".bias", out);
    }
    writer_.add_f32(scale_name + ".input_scale", {in}, scale);
  }

  void convert_layer_norm(const std::string& name, std::size_t dim) {
    copy_vector(name + ".weight", dim);
    copy_vector(name + ".bias", dim);
  }

  // Position embeddings with the (only) token type's row added: one table less at run time.
  void convert_positions(const BertConfig& config) {
    std::vector<float> table =
        source_.read("embeddings.position_embeddings.weight", {config.max_positions, config.dim});
    const std::vector<float> types =
        source_.read_rows("embeddings.token_type_embeddings.weight", config.dim);
    for (std::size_t i = 0; i < table.size(); ++i) table[i] += types[i % config.dim];
    quantize_matrix("embeddings.position_and_type_embeddings.weight", table, config.max_positions,
                    config.dim);
  }

 private:
  // int8 per row; for a weight [out, in] that is per output channel.
  void quantize_matrix(const std::string& name, const std::vector<float>& values, std::size_t rows,
                       std::size_t columns) {
    const Int8Matrix q = quantize_int8_rows(values, rows, columns);
    writer_.add_i8(name, {rows, columns}, q.values);
    writer_.add_f32(name + ".scale", {rows}, q.scales);
  }

  const FloatTensors source_;
  const ChannelRanges& ranges_;
  SafetensorsWriter& writer_;
};

void convert_bert(const BertConfig& config, Conversion& conversion) {
  const std::size_t dim = config.dim;
  conversion.convert_table("embeddings.word_embeddings.weight", config.vocabulary_size, dim);
  conversion.convert_positions(config);
  conversion.convert_layer_norm("embeddings.LayerNorm", dim);
  for (std::size_t layer = 0; layer < config.layers; ++layer) {
    const std::string p = "encoder.layer." + std::to_string(layer) + ".";
    const std::string self = p + "attention.self";
    conversion.convert_equalised(self, {self + ".query", self + ".key", self + ".value"}, dim, dim);
    conversion.convert_linear(p + "attention.output.dense", dim, dim);
    conversion.convert_layer_norm(p + "attention.output.LayerNorm", dim);
    conversion.convert_equalised(p + "intermediate.dense", {p + "intermediate.dense"},
                                 config.feed_forward, dim);
    conversion.convert_linear(p + "output.dense", dim, config.feed_forward);
    conversion.convert_layer_norm(p + "output.LayerNorm", dim);
  }
}

}  // namespace

SecureVector<char> convert(const ConvertInput& input, const ChannelRanges& ranges) {
  const BertConfig config = parse_bert_config(input.config_json);
  const Container source(input.weights);
  SafetensorsWriter writer;
  Conversion conversion(source, ranges, writer);
  convert_bert(config, conversion);
  writer.add_u8("tokenizer.vocab", input.vocabulary);
  writer.set_metadata("mayfly.format", kFormatVersion);
  writer.set_metadata("config", nlohmann::json::parse(input.config_json).dump());
  writer.set_metadata("tokenizer", input.tokenizer_spec);
  writer.set_metadata("sentence", input.sentence_json);
  writer.set_metadata("fingerprint", writer.digest());
  writer.set_metadata("name", input.name);  // a name does not change the vector space
  return writer.finish();
}

}  // namespace mayfly::model
#endif
