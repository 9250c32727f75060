// SPDX-License-Identifier: Apache-2.0
#include "model/quantize_tables.h"

namespace mayfly::model {
std::vector<float> position_and_type_table(const FloatTensors& source, const BertConfig& config) {
  std::vector<float> table =
      source.read("embeddings.position_embeddings.weight", {config.max_positions, config.dim});
  const std::vector<float> types =
      source.read_rows("embeddings.token_type_embeddings.weight", config.dim);
  for (std::size_t i = 0; i < table.size(); ++i) table[i] += types[i % config.dim];
  return table;
}

std::map<std::string, Int8Matrix> quantize_tables(const FloatTensors& source,
                                                  const BertConfig& config,
                                                  const Profile& profile) {
  const std::string words = "embeddings.word_embeddings.weight";
  std::map<std::string, Int8Matrix> tables;
  tables[words] =
      quantize_int8_common_step(source.read(words, {config.vocabulary_size, config.dim}),
                                profile.table_step, config.vocabulary_size, config.dim);
  tables["embeddings.position_and_type_embeddings.weight"] =
      quantize_int8_rows(position_and_type_table(source, config), config.max_positions, config.dim);
  return tables;
}

}  // namespace mayfly::model
