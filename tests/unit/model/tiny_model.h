// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <random>
#include <string>
#include <vector>

#include "model/safetensors_writer.h"

namespace mayfly::testing {

// A complete converted model of a few kilobytes with random weights: vocabulary 16, dim 16, 2
// heads, 1 layer, feed-forward 24, 12 positions. Parts can be replaced to make it defective.
struct TinyModel {
  std::map<std::string, std::string> metadata{
      {"mayfly.format", "1"},
      {"name", "tiny"},
      {"fingerprint", std::string(64, '0')},
      {"config", R"({"model_type":"bert","vocab_size":16,"hidden_size":16,"num_hidden_layers":1,)"
                 R"("num_attention_heads":2,"intermediate_size":24,"max_position_embeddings":12,)"
                 R"("layer_norm_eps":1e-12,"hidden_act":"gelu"})"},
      {"sentence", R"({"max_tokens":8,"pooling":"mean","normalize":true,)"
                   R"("query_prefix":"","document_prefix":""})"},
      {"tokenizer",
       R"({"normalizer":{"type":"BertNormalizer","clean_text":true,"handle_chinese_chars":true,)"
       R"("strip_accents":null,"lowercase":true},"pre_tokenizer":{"type":"BertPreTokenizer"},)"
       R"("post_processor":{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"[CLS]",)"
       R"("type_id":0}},{"Sequence":{"id":"A","type_id":0}},{"SpecialToken":{"id":"[SEP]",)"
       R"("type_id":0}}],"special_tokens":{"[CLS]":{"id":"[CLS]","ids":[1],"tokens":["[CLS]"]},)"
       R"("[SEP]":{"id":"[SEP]","ids":[2],"tokens":["[SEP]"]}}},"added_tokens":[],)"
       R"("model":{"type":"WordPiece","unk_token":"[UNK]","continuing_subword_prefix":"##",)"
       R"("max_input_chars_per_word":100}})"}};
  std::string vocabulary =
      std::string("[UNK]\0[CLS]\0[SEP]\0a\0b\0c\0cat\0dog\0##s\0the\0sat\0on\0mat\0x\0y\0z\0", 57);
  std::size_t word_rows = 16, position_rows = 12;
  float layer_norm_weight = 1.0F;  // of the embedding LayerNorm's first channel
  std::string left_out;            // a tensor that is not written

  SecureVector<char> file() const {
    model::SafetensorsWriter writer;
    std::mt19937 random(42);
    const auto matrix = [&](const std::string& name, std::size_t rows, std::size_t columns) {
      std::vector<std::int8_t> values(rows * columns);
      for (auto& value : values)
        value = static_cast<std::int8_t>(static_cast<int>(random() % 255) - 127);
      if (name != left_out) writer.add_i8(name, {rows, columns}, values);
      if (name != left_out)
        writer.add_f32(name + ".scale", {rows}, std::vector<float>(rows, 0.004F));
    };
    const auto vector = [&](const std::string& name, std::vector<float> values) {
      if (name != left_out) writer.add_f32(name, {values.size()}, values);
    };
    const auto linear = [&](const std::string& name, std::size_t out, std::size_t in) {
      matrix(name + ".weight", out, in);
      vector(name + ".bias", std::vector<float>(out, 0.01F));
    };
    const auto norm = [&](const std::string& name, float first) {
      std::vector<float> weight(16, 1.0F);
      weight[0] = first;
      vector(name + ".weight", weight);
      vector(name + ".bias", std::vector<float>(16, 0.0F));
    };
    matrix("embeddings.word_embeddings.weight", word_rows, 16);
    matrix("embeddings.position_and_type_embeddings.weight", position_rows, 16);
    norm("embeddings.LayerNorm", layer_norm_weight);
    const std::string p = "encoder.layer.0.";
    for (const char* part : {"query", "key", "value"}) linear(p + "attention.self." + part, 16, 16);
    vector(p + "attention.self.input_scale", std::vector<float>(16, 1.0F));
    linear(p + "attention.output.dense", 16, 16);
    norm(p + "attention.output.LayerNorm", 1.0F);
    linear(p + "intermediate.dense", 24, 16);
    vector(p + "intermediate.dense.input_scale", std::vector<float>(16, 1.0F));
    linear(p + "output.dense", 16, 24);
    norm(p + "output.LayerNorm", 1.0F);
    if (left_out != "tokenizer.vocab") writer.add_u8("tokenizer.vocab", vocabulary);
    for (const auto& [key, value] : metadata) writer.set_metadata(key, value);
    return writer.finish();
  }
};

}  // namespace mayfly::testing
