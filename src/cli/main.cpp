// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <new>
#include <string>

#include "base/error.h"
#include "cli/commands.h"

namespace {

using mayfly::error_code_name;
using mayfly::ErrorCode;

constexpr int kFailure = 1;
constexpr int kUsageError = 2;

constexpr const char* kExamples = R"(Examples:
  mayfly convert all-MiniLM-L6-v2/ -o minilm.safetensors
  echo 'is the office open on sundays' | mayfly embed --model minilm.safetensors
  echo 'opening hours' | mayfly search --model minilm.safetensors --corpus corpus.jsonl

Commands read lines from standard input and write one JSON object per line; progress and errors go to
standard error. Exit codes: 0 done, 1 failed (one line "mayfly: <code>: <sentence>"), 2 wrong usage.)";

// One line, whatever the message holds: scripts read it.
void print_error(ErrorCode code, std::string message) {
  std::replace(message.begin(), message.end(), '\n', ' ');
  const std::string name(error_code_name(code));
  std::fprintf(stderr, "mayfly: %s: %s\n", name.c_str(), message.c_str());
}

int report_parse_outcome(const CLI::App& program, const CLI::ParseError& error) {
  // --help and --version arrive as exceptions too.
  if (error.get_exit_code() == 0) return program.exit(error);
  std::string command = "mayfly";
  for (const CLI::App* chosen : program.get_subcommands()) command += " " + chosen->get_name();
  print_error(ErrorCode::kInvalidArgument,
              std::string(error.what()) + "; see " + command + " --help");
  return kUsageError;
}

int run(int argc, char** argv) {
  CLI::App program("Semantic search that needs no server: the native program of Mayfly.", "mayfly");
  program.set_version_flag("--version", "mayfly " MAYFLY_VERSION);
  program.require_subcommand(1);
  program.footer(kExamples);
  mayfly::cli::add_tokenize_command(program);
  mayfly::cli::add_embed_command(program);
  mayfly::cli::add_search_command(program);
  mayfly::cli::add_convert_command(program);
  mayfly::cli::add_inspect_command(program);
  mayfly::cli::add_eval_command(program);
  try {
    program.parse(argc, argv);
  } catch (const CLI::RuntimeError& outcome) {
    // A command that has said on its own what is wrong.
    return outcome.get_exit_code();
  } catch (const CLI::ParseError& error) {
    return report_parse_outcome(program, error);
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const mayfly::Error& error) {
    print_error(error.code(), error.what());
  } catch (const std::bad_alloc&) {
    print_error(ErrorCode::kOutOfMemory, "memory ran out; use smaller input or fewer threads");
  } catch (const std::exception& error) {
    print_error(ErrorCode::kInternal, std::string("please report this: ") + error.what());
  }
  return kFailure;
}
