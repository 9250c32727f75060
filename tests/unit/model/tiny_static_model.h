// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <limits>

#include "unit/model/tiny_model.h"

namespace mayfly::testing {

// A complete static model of 16 tokens and 16 dimensions with random codes; TinyModel's tokenizer.
// Parts can be replaced to make it defective.
struct TinyStaticModel {
  std::map<std::string, std::string> metadata = static_metadata();
  std::string vocabulary = TinyModel().vocabulary;
  std::vector<std::size_t> table_shape{16, 8};
  std::vector<float> scales = std::vector<float>(16, 0.25F);
  bool scales_are_bytes = false;
  std::string left_out;  // a tensor that is not written

  // Codes of all rows, two a byte, as the file has them.
  std::vector<char> table() const {
    std::size_t bytes = 1;
    for (const std::size_t extent : table_shape) bytes *= extent;
    std::mt19937 random(43);
    std::vector<char> codes(bytes);
    for (char& code : codes) code = static_cast<char>(random() & 255);
    return codes;
  }

  SecureVector<char> file() const {
    model::SafetensorsWriter writer;
    if (left_out != "static.table") writer.add_u8("static.table", table_shape, table());
    if (scales_are_bytes) {
      writer.add_u8("static.table.scale", std::vector<char>(scales.size(), 1));
    } else if (left_out != "static.table.scale") {
      writer.add_f32("static.table.scale", {scales.size()}, scales);
    }
    if (left_out != "tokenizer.vocab") writer.add_u8("tokenizer.vocab", vocabulary);
    for (const auto& [key, value] : metadata) writer.set_metadata(key, value);
    return writer.finish();
  }

 private:
  static std::map<std::string, std::string> static_metadata() {
    auto result = TinyModel().metadata;
    result.erase("config");
    result["kind"] = "static";
    result["name"] = "tiny-static";
    return result;
  }
};

}  // namespace mayfly::testing
