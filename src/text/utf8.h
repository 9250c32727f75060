// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/utf8.h"

// UTF-8 under the name that all code about text knows it by.
namespace mayfly::text {

using mayfly::count_code_points;
using mayfly::decode_utf8;
using mayfly::DecodedCodePoint;
using mayfly::encode_utf8;
using mayfly::is_well_formed_utf8;
using mayfly::kReplacementCharacter;

}  // namespace mayfly::text
