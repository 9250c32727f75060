// SPDX-License-Identifier: Apache-2.0
#include "cli/eval_baseline.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "base/error.h"
#include "cli/file_bytes.h"
#include "cli/json_line.h"

namespace mayfly::cli {
namespace {

// A drop by exactly --max-drop passes, whatever its digits are in binary.
constexpr double kRounding = 1e-9;
constexpr int kRegression = 1;

std::string name_of(const std::string& tier) { return tier.empty() ? "contextual" : tier; }

[[noreturn]] void fail(const std::string& sentence) {
  throw Error(ErrorCode::kInvalidArgument, sentence);
}

void note_count(const EvalReport& report, const nlohmann::json& before) {
  const auto found = before.find(report.count_name);
  if (found == before.end() || *found == report.count) return;
  std::fprintf(stderr, "note: the baseline's figures are means over %s %s, this run's over %zu\n",
               found->dump().c_str(), report.count_name.c_str(), report.count);
}

}  // namespace

void EvalBaseline::add_options(CLI::App& command) {
  CLI::Option* file =
      command
          .add_option("--baseline", path_, "what --json printed before; fail where it was better")
          ->type_name("FILE");
  command
      .add_option("--max-drop", max_drop_,
                  "how much lower than in the baseline a figure may be (default: 0.01)")
      ->type_name("X")
      ->needs(file)
      ->check(CLI::Range(0.0, 1.0).description(""));
}

void EvalBaseline::take_line(std::string_view line, const std::string& where) {
  nlohmann::json object = parse_json_line(line, where);
  const std::string tier = object.contains("tier") ? string_member(object, "tier", where) : "";
  if (!tiers_.emplace(name_of(tier), std::move(object)).second) {
    fail(where + " has figures of the " + name_of(tier) + " tier once more; keep one of the lines");
  }
}

void EvalBaseline::read(const std::vector<std::string>& tiers) {
  if (path_.empty()) return;
  const SecureVector<char> bytes = read_file(path_);
  std::size_t number = 0;
  for (const std::string_view line : split_lines(bytes)) {
    ++number;
    if (line.empty()) continue;
    take_line(line, "line " + std::to_string(number) + " of " + path_);
  }
  if (tiers_.empty()) {
    fail(path_ + " has no figures; write it with mayfly eval --json and the options of this run");
  }
  for (const auto& [name, figures] : tiers_) {
    const auto is_it = [&](const std::string& tier) { return name_of(tier) == name; };
    if (std::any_of(tiers.begin(), tiers.end(), is_it)) continue;
    fail(path_ + " has the tier \"" + name + "\", which this run does not measure; name it in " +
         "--tier, or take its line out of the file");
  }
}

std::size_t EvalBaseline::drops(const EvalReport& report, const nlohmann::json& before) const {
  const std::string tier = name_of(report.tier);
  std::size_t compared = 0, dropped = 0;
  for (const Figure& figure : report.figures) {
    const auto found = before.find(figure.name);
    if (found == before.end()) continue;
    if (!found->is_number()) {
      fail(path_ + " has no number as " + figure.name + " of the " + tier +
           " tier; write it anew with mayfly eval --json");
    }
    ++compared;
    const double value = found->get<double>();
    // Written so that NaN counts as a drop.
    if (figure.value >= value - max_drop_ - kRounding) continue;
    ++dropped;
    std::fprintf(stderr, "mayfly: regression: %s of the %s tier was %.6f and is %.6f\n",
                 figure.name.c_str(), tier.c_str(), value, figure.value);
  }
  if (compared == 0) {
    fail(path_ + " has no figure of the " + tier + " tier that this run has; measure both on the " +
         "same kind of data, --collection or --pairs");
  }
  return dropped;
}

void EvalBaseline::check(const std::vector<EvalReport>& reports) const {
  if (path_.empty()) return;
  std::size_t dropped = 0;
  for (const EvalReport& report : reports) {
    const auto before = tiers_.find(name_of(report.tier));
    if (before == tiers_.end()) continue;
    note_count(report, before->second);
    dropped += drops(report, before->second);
  }
  if (dropped > 0) throw CLI::RuntimeError(kRegression);
}

}  // namespace mayfly::cli
