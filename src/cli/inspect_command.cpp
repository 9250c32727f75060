// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/sha256.h"
#include "cli/commands.h"
#include "cli/file_bytes.h"
#include "cli/progress.h"
#include "model/container.h"

namespace mayfly::cli {
namespace {

constexpr const char* kHelp =
    R"(Checks the file's structure and prints its checksum, metadata and tensors. Takes any safetensors file.

Examples:
  mayfly inspect minilm.safetensors
  mayfly inspect minilm.safetensors --json)";

// Metadata longer than this is summed up by its size in the table; --json has all of it.
constexpr std::size_t kShownCharacters = 200;

struct InspectOptions {
  std::string path;
  bool json = false;
};

struct Inspected {
  std::string sha256;
  model::Container container;
  std::size_t tensor_bytes = 0, elements = 0;
};

Inspected inspect(const std::string& path) {
  SecureVector<char> file = read_file(path);
  const std::span<const char> bytes(file);
  std::string sha256 = sha256_hex({&bytes, 1});
  Inspected result{std::move(sha256), model::Container(std::move(file))};
  for (const auto& [name, tensor] : result.container.tensors()) {
    result.tensor_bytes += tensor.bytes.size();
    result.elements += tensor.element_count();
  }
  return result;
}

void write_json(const std::string& path, const Inspected& inspected) {
  nlohmann::ordered_json out{{"file", path},
                             {"bytes", inspected.container.byte_count()},
                             {"sha256", inspected.sha256},
                             {"metadata", inspected.container.metadata()},
                             {"tensors", nlohmann::ordered_json::array()}};
  for (const auto& [name, tensor] : inspected.container.tensors()) {
    out["tensors"].push_back({{"name", name},
                              {"dtype", model::dtype_name(tensor.dtype)},
                              {"shape", tensor.shape},
                              {"bytes", tensor.bytes.size()}});
  }
  out["tensor_bytes"] = inspected.tensor_bytes;
  out["elements"] = inspected.elements;
  write_output(out.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n");
}

std::string shape_text(const std::vector<std::size_t>& shape) {
  std::string text = "[";
  for (const std::size_t extent : shape) {
    text += (text.size() > 1 ? ", " : "") + std::to_string(extent);
  }
  return text + "]";
}

std::string padded(std::string text, std::size_t width) {
  text.resize(std::max(text.size(), width), ' ');
  return text;
}

void write_table(const std::string& path, const Inspected& inspected) {
  constexpr std::size_t kLabel = 16, kType = 6, kShape = 16;
  const auto row = [](const std::string& name, const std::string& value) {
    write_output(padded(name, kLabel) + value + "\n");
  };
  row("file", path);
  row("bytes", with_thousands(inspected.container.byte_count()));
  row("sha256", inspected.sha256);
  for (const auto& [key, value] : inspected.container.metadata()) {
    const bool shown = value.size() <= kShownCharacters;
    row(key, shown ? value : "(" + with_thousands(value.size()) + " bytes, see --json)");
  }
  row("tensors", with_thousands(inspected.container.tensors().size()) + " with " +
                     with_thousands(inspected.elements) + " elements in " +
                     with_thousands(inspected.tensor_bytes) + " bytes");
  std::size_t name_width = 0;
  for (const auto& [name, tensor] : inspected.container.tensors()) {
    name_width = std::max(name_width, name.size() + 2);
  }
  for (const auto& [name, tensor] : inspected.container.tensors()) {
    write_output("  " + padded(name, name_width) +
                 padded(std::string(model::dtype_name(tensor.dtype)), kType) +
                 padded(shape_text(tensor.shape), kShape) + with_thousands(tensor.bytes.size()) +
                 "\n");
  }
}

}  // namespace

void add_inspect_command(CLI::App& program) {
  auto options = std::make_shared<InspectOptions>();
  CLI::App& command = *program.add_subcommand("inspect", "print what is inside a model file");
  command.add_option("file", options->path, "model file")->required()->type_name("FILE");
  command.add_flag("--json", options->json, "print one JSON object with all metadata");
  command.footer(kHelp);
  command.callback([options] {
    const Inspected inspected = inspect(options->path);
    if (options->json) {
      write_json(options->path, inspected);
    } else {
      write_table(options->path, inspected);
    }
    flush_output();
  });
}

}  // namespace mayfly::cli
