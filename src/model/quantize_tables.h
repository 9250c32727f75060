// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>
#include <vector>

#include "model/bert_config.h"
#include "model/float_tensors.h"
#include "model/profile.h"
#include "model/quantize_int8.h"

namespace mayfly::model {

// Position embeddings with the (only) token type's row added: one table less at run time.
// [max_positions, hidden_size].
std::vector<float> position_and_type_table(const FloatTensors& source, const BertConfig& config);

// The embedding tables of a checkpoint, by the names of models/format.md. Words have the profile's
// table_step; positions, which are few and the same for every text, use the full range.
std::map<std::string, Int8Matrix> quantize_tables(const FloatTensors& source,
                                                  const BertConfig& config, const Profile& profile);

}  // namespace mayfly::model
