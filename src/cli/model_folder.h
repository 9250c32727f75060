// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>

#include "model/convert.h"

namespace mayfly::cli {

// Reads an ordinary Hugging Face folder: config.json, tokenizer.json and model.safetensors, and the
// sentence-transformers files where they are there (modules.json, sentence_bert_config.json, the
// pooling folder's config.json, config_sentence_transformers.json). `name` stays empty.
// Error(kIo) for a file that is missing, Error(kInvalidModel) for one that is malformed,
// Error(kInvalidTokenizer), Error(kUnsupportedModel) for a module or pooling that Mayfly lacks.
model::ConvertInput read_model_folder(const std::filesystem::path& folder);

}  // namespace mayfly::cli
