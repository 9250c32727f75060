// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>
#include <vector>

#include "model/safetensors_writer.h"

namespace mayfly::model {

// How finely a converted model is quantized, and how it is stored.
struct Profile {
  std::string_view name;
  // Least scale of every row of a table or layer, as a part of the root mean square of the whole.
  // 0: each row uses the full range of int8. One step for nearly all rows is coarser but needs
  // least bits once the codes are entropy-coded (Gish & Pierce 1968).
  float table_step, layer_step;
  Coding coding;
};

// All profiles, the default one first.
const std::vector<Profile>& profiles();

// Error(kInvalidArgument) that lists the names where there is none of that name.
const Profile& profile_named(std::string_view name);

}  // namespace mayfly::model
