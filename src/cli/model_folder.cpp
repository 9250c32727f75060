// SPDX-License-Identifier: Apache-2.0
#include "cli/model_folder.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "base/error.h"
#include "cli/file_bytes.h"
#include "model/bert_config.h"
#include "tokenizer/tokenizer.h"

namespace mayfly::cli {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

std::string read_text(const fs::path& path) {
  const SecureVector<char> bytes = read_file(path);
  return {bytes.begin(), bytes.end()};
}

// A file that a folder may lack.
std::optional<json> read_optional_json(const fs::path& path) {
  if (!fs::exists(path)) return std::nullopt;
  json value = json::parse(read_text(path), nullptr, /*allow_exceptions=*/false);
  if (value.is_discarded()) {
    throw Error(ErrorCode::kInvalidModel, path.string() + " is not JSON; download it again");
  }
  return value;
}

[[noreturn]] void throw_unsupported(const std::string& what) {
  throw Error(ErrorCode::kUnsupportedModel,
              what + " is not supported; use a model that is a transformer with mean pooling");
}

std::string string_or_empty(const json& object, const char* key) {
  return object.is_object() && object.contains(key) && object[key].is_string()
             ? object[key].get<std::string>()
             : std::string();
}

// sentence-transformers names modules by Python class: sentence_transformers.models.Pooling.
std::string class_name(const json& module) {
  const std::string type = string_or_empty(module, "type");
  return type.substr(type.rfind('.') + 1);
}

// The folder of the pooling module. Refuses modules that would change the vector in other ways.
std::string pooling_folder(const fs::path& folder) {
  const auto modules = read_optional_json(folder / "modules.json");
  std::string result = "1_Pooling";
  if (!modules) return result;
  if (!modules->is_array()) {
    throw Error(ErrorCode::kInvalidModel, "modules.json is not a list; download it again");
  }
  for (const json& module : *modules) {
    const std::string name = class_name(module), path = string_or_empty(module, "path");
    if (name == "Pooling") {
      // A plain name: a model folder must not send us to other places.
      if (path.empty() || path == ".." || path.find_first_of("/\\") != std::string::npos) {
        throw_unsupported("a pooling module in \"" + path + "\"");
      }
      result = path;
    } else if (name == "Transformer" && !path.empty()) {
      throw_unsupported("a transformer in the folder \"" + path + "\"");
    } else if (name != "Transformer" && name != "Normalize") {
      throw_unsupported("the module \"" + string_or_empty(module, "type") + "\"");
    }
  }
  return result;
}

void require_mean_pooling(const fs::path& folder) {
  const auto pooling = read_optional_json(folder / pooling_folder(folder) / "config.json");
  if (!pooling || !pooling->is_object()) return;
  for (const auto& [key, value] : pooling->items()) {
    const bool is_mode = key.starts_with("pooling_mode_") && value.is_boolean();
    if (is_mode && value.get<bool>() != (key == "pooling_mode_mean_tokens")) {
      throw_unsupported("pooling with " + key + " = " + value.dump());
    }
  }
}

std::size_t token_limit(const fs::path& folder, const std::string& config_json) {
  const std::size_t positions = model::parse_bert_config(config_json).max_positions;
  const auto settings = read_optional_json(folder / "sentence_bert_config.json");
  if (!settings || !settings->is_object() || !settings->contains("max_seq_length")) {
    return positions;
  }
  const json& limit = (*settings)["max_seq_length"];
  if (limit.is_null()) return positions;
  if (!limit.is_number_unsigned() || limit == 0U) {
    throw Error(ErrorCode::kInvalidModel,
                "sentence_bert_config.json has a max_seq_length that is no count");
  }
  return std::min(positions, limit.get<std::size_t>());
}

std::string sentence_json(const fs::path& folder, const std::string& config_json) {
  const json settings =
      read_optional_json(folder / "config_sentence_transformers.json").value_or(json::object());
  const json prompts = settings.is_object() ? settings.value("prompts", json::object()) : json();
  const nlohmann::ordered_json sentence{{"max_tokens", token_limit(folder, config_json)},
                                        {"pooling", "mean"},
                                        {"normalize", true},
                                        {"query_prefix", string_or_empty(prompts, "query")},
                                        {"document_prefix", string_or_empty(prompts, "document")}};
  return sentence.dump();
}

}  // namespace

model::ConvertInput read_model_folder(const fs::path& folder) {
  model::ConvertInput input;
  input.config_json = read_text(folder / "config.json");
  require_mean_pooling(folder);
  input.sentence_json = sentence_json(folder, input.config_json);
  tokenizer::TokenizerParts parts =
      tokenizer::split_tokenizer_json(read_text(folder / "tokenizer.json"));
  input.tokenizer_spec = std::move(parts.spec_json);
  input.vocabulary = std::move(parts.vocabulary);
  input.weights = read_file(folder / "model.safetensors");
  return input;
}

}  // namespace mayfly::cli
