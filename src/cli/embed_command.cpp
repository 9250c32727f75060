// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "cli/bulk_embedder.h"
#include "cli/commands.h"
#include "cli/file_bytes.h"
#include "cli/input_texts.h"
#include "cli/json_line.h"
#include "cli/model_options.h"

namespace mayfly::cli {
namespace {

constexpr const char* kHelp = R"(For each text of standard input, in order, one JSON object:
  {"embedding":[0.0123,-0.0456,...],"truncated":false}
Vectors have unit length, so that their dot product is their cosine. "truncated" texts are longer than
the model's limit: only their beginning is embedded (mayfly tokenize says how much was dropped).

Examples:
  echo 'A kitten was resting on the rug' | mayfly embed --model minilm.safetensors
  mayfly embed --model minilm.safetensors --jsonl < texts.jsonl > vectors.jsonl)";

struct EmbedOptions {
  ModelOptions model;
  InputTexts input;
  BulkEmbedder embedder;
};

void write_vector(std::span<const float> vector, bool truncated) {
  std::string line;
  for (const float value : vector) {
    line += line.empty() ? "{\"embedding\":[" : ",";
    append_number(line, value);
  }
  line += std::string("],\"truncated\":") + (truncated ? "true" : "false") + "}\n";
  write_output(line);
}

void run(EmbedOptions& options) {
  const auto model = options.model.load();
  for (auto batch = options.input.next_batch(); !batch.empty();
       batch = options.input.next_batch()) {
    const std::vector<std::string_view> texts = texts_of(batch);
    const EmbeddedTexts embedded =
        options.embedder.embed(model, texts, options.model.special_tokens(), "texts");
    for (std::size_t i = 0; i < texts.size(); ++i) {
      write_vector(embedded.vector(i), embedded.dropped[i] > 0);
    }
    flush_output();
  }
}

}  // namespace

void add_embed_command(CLI::App& program) {
  auto options = std::make_shared<EmbedOptions>();
  CLI::App& command = *program.add_subcommand("embed", "print the vectors of texts");
  options->model.add_to(command);
  options->input.add_option(command);
  options->embedder.add_option(command);
  command.footer(kHelp);
  command.callback([options] { run(*options); });
}

}  // namespace mayfly::cli
