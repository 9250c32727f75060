// SPDX-License-Identifier: Apache-2.0
#include "model/convert.h"

#ifndef __EMSCRIPTEN__
#include <nlohmann/json.hpp>
#include <string_view>

#include "base/error.h"
#include "model/bert_config.h"
#include "model/float_tensors.h"
#include "model/safetensors_writer.h"

namespace mayfly::model {
namespace {

constexpr const char* kFormatVersion = "1";

// One conversion: reads what stays f32 from `source`, writes to `writer`.
class Conversion {
 public:
  Conversion(const Container& source, const QuantizedEncoder& quantized, SafetensorsWriter& writer)
      : source_(source), quantized_(quantized), writer_(writer) {}

  void write_table(const std::string& name, std::size_t rows, std::size_t columns) {
    write_matrix(name, find(quantized_.tables, name), rows, columns);
  }

  void write_linear(const std::string& name, std::size_t out, std::size_t in) {
    const QuantizedLayer& layer = find(quantized_.layers, name);
    write_matrix(name + ".weight", layer.weights, out, in);
    writer_.add_f32(name + ".bias", {out}, layer.bias);
  }

  void write_input_factors(const std::string& name, std::size_t in) {
    writer_.add_f32(name + ".input_scale", {in}, find(quantized_.input_factors, name));
  }

  void copy_layer_norm(const std::string& name, std::size_t dim) {
    for (const char* part : {".weight", ".bias"}) {
      writer_.add_f32(name + part, {dim}, source_.read(name + part, {dim}));
    }
  }

 private:
  template <typename Map>
  static const typename Map::mapped_type& find(const Map& map, const std::string& name) {
    const auto found = map.find(name);
    if (found == map.end()) throw Error(ErrorCode::kInternal, "\"" + name + "\" is not quantized");
    return found->second;
  }

  void write_matrix(const std::string& name, const Int8Matrix& matrix, std::size_t rows,
                    std::size_t columns) {
    writer_.add_i8(name, {rows, columns}, matrix.values);
    writer_.add_f32(name + ".scale", {rows}, matrix.scales);
  }

  const FloatTensors source_;
  const QuantizedEncoder& quantized_;
  SafetensorsWriter& writer_;
};

void convert_bert(const BertConfig& config, Conversion& conversion) {
  const std::size_t dim = config.dim;
  conversion.write_table("embeddings.word_embeddings.weight", config.vocabulary_size, dim);
  conversion.write_table("embeddings.position_and_type_embeddings.weight", config.max_positions,
                         dim);
  conversion.copy_layer_norm("embeddings.LayerNorm", dim);
  for (std::size_t layer = 0; layer < config.layers; ++layer) {
    const std::string p = "encoder.layer." + std::to_string(layer) + ".";
    const std::string self = p + "attention.self";
    for (const char* part : {".query", ".key", ".value"}) {
      conversion.write_linear(self + part, dim, dim);
    }
    conversion.write_input_factors(self, dim);
    conversion.write_linear(p + "attention.output.dense", dim, dim);
    conversion.copy_layer_norm(p + "attention.output.LayerNorm", dim);
    conversion.write_linear(p + "intermediate.dense", config.feed_forward, dim);
    conversion.write_input_factors(p + "intermediate.dense", dim);
    conversion.write_linear(p + "output.dense", dim, config.feed_forward);
    conversion.copy_layer_norm(p + "output.LayerNorm", dim);
  }
}

}  // namespace

SecureVector<char> convert(const ConvertInput& input, const QuantizedEncoder& quantized,
                           const Profile& profile) {
  const BertConfig config = parse_bert_config(input.config_json);
  const Container source(input.weights);
  SafetensorsWriter writer;
  Conversion conversion(source, quantized, writer);
  convert_bert(config, conversion);
  writer.add_u8("tokenizer.vocab", input.vocabulary);
  writer.set_metadata("mayfly.format", kFormatVersion);
  writer.set_metadata("config", nlohmann::json::parse(input.config_json).dump());
  writer.set_metadata("tokenizer", input.tokenizer_spec);
  writer.set_metadata("sentence", input.sentence_json);
  writer.set_metadata("fingerprint", writer.digest());
  // Neither changes the vector space.
  writer.set_metadata("name", input.name);
  writer.set_metadata("profile", std::string(profile.name));
  return writer.finish(profile.coding);
}

}  // namespace mayfly::model
#endif
