// SPDX-License-Identifier: Apache-2.0
#include <limits>
#include <memory>
#include <optional>

#include "cli/commands.h"
#include "cli/file_bytes.h"
#include "cli/input_texts.h"
#include "cli/json_line.h"
#include "cli/model_options.h"

namespace mayfly::cli {
namespace {

constexpr const char* kHelp = R"(For each text of standard input one JSON object:
  {"ids":[101,7592,102],"offsets":[[0,0],[0,5],[0,0]],"truncated":false,"dropped":0}
"offsets" count Unicode code points of the text; "dropped" tokens did not fit the limit.

Examples:
  echo 'Hello' | mayfly tokenize --model minilm.safetensors
  mayfly tokenize --model minilm.safetensors --jsonl --max-length 0 < texts.jsonl)";

struct TokenizeOptions {
  ModelOptions model;
  InputTexts input;
  std::optional<std::size_t> max_length;  // default: the model's
};

void append_encoding(std::string& out, const tokenizer::Encoding& encoding) {
  const char* separator = "{\"ids\":[";
  for (const tokenizer::TokenId id : encoding.ids) {
    out += separator + std::to_string(id);
    separator = ",";
  }
  if (encoding.ids.empty()) out += separator;
  separator = "],\"offsets\":[";
  for (const tokenizer::Offset& offset : encoding.offsets) {
    out += std::string(separator) + "[" + std::to_string(offset.begin) + "," +
           std::to_string(offset.end) + "]";
    separator = ",";
  }
  if (encoding.offsets.empty()) out += separator;
  out += std::string("],\"truncated\":") + (encoding.truncated() ? "true" : "false") +
         ",\"dropped\":" + std::to_string(encoding.dropped) + "}\n";
}

void run(TokenizeOptions& options) {
  const auto model = options.model.load();
  tokenizer::EncodeOptions how;
  how.max_length = options.max_length.value_or(model->max_tokens());
  how.special_tokens = options.model.special_tokens();
  how.with_offsets = true;
  for (auto batch = options.input.next_batch(); !batch.empty();
       batch = options.input.next_batch()) {
    for (const InputText& input : batch) {
      std::string line;
      append_encoding(line, model->tokenizer().encode(input.text, how));
      write_output(line);
    }
    flush_output();
  }
}

}  // namespace

void add_tokenize_command(CLI::App& program) {
  auto options = std::make_shared<TokenizeOptions>();
  CLI::App& command = *program.add_subcommand("tokenize", "print the tokens of texts");
  options->model.add_to(command);
  options->input.add_option(command);
  command
      .add_option("--max-length", options->max_length,
                  "tokens at most, those around the text included; 0: no limit (default: the "
                  "model's limit)")
      ->type_name("N")
      ->check(CLI::Range(0, std::numeric_limits<int>::max()).description(""));
  command.footer(kHelp);
  command.callback([options] { run(*options); });
}

}  // namespace mayfly::cli
