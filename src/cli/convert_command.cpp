// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <memory>

#include "base/error.h"
#include "base/sha256.h"
#include "cli/calibration_text.h"
#include "cli/commands.h"
#include "cli/file_bytes.h"
#include "cli/json_line.h"
#include "cli/model_folder.h"
#include "cli/progress.h"
#include "engine/calibrate.h"
#include "engine/model.h"
#include "model/convert.h"
#include "model/profile.h"

namespace mayfly::cli {
namespace {

constexpr const char* kHelp =
    R"(Reads config.json, tokenizer.json and model.safetensors (and the files of sentence-transformers, where
they are there), quantizes the weights to int8 and writes one file with everything in it, which takes about a
minute. The same input gives the same bytes. Prints one JSON object: file, bytes, sha256, fingerprint.

Example:
  mayfly convert all-MiniLM-L6-v2/ -o minilm.safetensors)";

struct ConvertOptions {
  std::string folder, output, name;
  std::string profile{model::profiles().front().name};
};

// The folder's own name, also for "." and "models/x/".
std::string folder_name(const std::string& folder) {
  const auto path = std::filesystem::weakly_canonical(folder);
  return path.filename().string();
}

SecureVector<char> convert_folder(const model::ConvertInput& input, const model::Profile& profile) {
  Progress progress("quantizing, percent", 100);
  const auto quantized = engine::quantize_encoder(input, profile, calibration_texts(),
                                                  [&](std::size_t parts) { progress.add(parts); });
  return model::convert(input, quantized, profile);
}

// Before a minute of work, not after it.
void require_folder_of(const std::filesystem::path& output) {
  const std::filesystem::path folder = output.parent_path();
  if (folder.empty() || std::filesystem::is_directory(folder)) return;
  throw Error(ErrorCode::kIo, "cannot write " + output.string() + ": there is no folder \"" +
                                  folder.string() + "\"; create it first");
}

void run(const ConvertOptions& options) {
  const model::Profile& profile = model::profile_named(options.profile);
  require_folder_of(options.output);
  model::ConvertInput input = read_model_folder(options.folder);
  input.name = options.name.empty() ? folder_name(options.folder) : options.name;
  SecureVector<char> file = convert_folder(input, profile);
  const std::span<const char> bytes(file);
  const std::string sha256 = sha256_hex({&bytes, 1});
  const std::size_t byte_count = file.size();
  write_file(options.output, file);
  // Loaded again before success is reported: a file that cannot be used must not look like one.
  const auto model = engine::Model::load(std::move(file));
  std::string line = "{\"file\":";
  append_string(line, options.output);
  line += ",\"bytes\":" + std::to_string(byte_count) + ",\"sha256\":\"" + sha256 +
          "\",\"fingerprint\":\"" + model->fingerprint() + "\"}\n";
  write_output(line);
  flush_output();
}

}  // namespace

void add_convert_command(CLI::App& program) {
  auto options = std::make_shared<ConvertOptions>();
  CLI::App& command =
      *program.add_subcommand("convert", "make a model file of a Hugging Face folder");
  command.add_option("folder", options->folder, "folder with the model")
      ->required()
      ->type_name("MODEL_DIR");
  command.add_option("-o,--output", options->output, "file to write")
      ->required()
      ->type_name("FILE");
  command
      .add_option("--name", options->name,
                  "name that the file carries, for people (default: the folder's)")
      ->type_name("NAME");
  command
      .add_option("--profile", options->profile,
                  "standard (most exact) or small (half the download) (default: standard)")
      ->type_name("PROFILE");
  command.footer(kHelp);
  command.callback([options] { run(*options); });
}

}  // namespace mayfly::cli
