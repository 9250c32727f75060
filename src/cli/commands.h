// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <CLI/CLI.hpp>

namespace mayfly::cli {

// Each adds one command to the program: its options, its help, and the callback that runs it.
// Callbacks throw Error; main turns that into one line on standard error and exit code 1.
void add_convert_command(CLI::App& program);
void add_embed_command(CLI::App& program);
void add_eval_command(CLI::App& program);
void add_inspect_command(CLI::App& program);
void add_search_command(CLI::App& program);
void add_tokenize_command(CLI::App& program);

}  // namespace mayfly::cli
