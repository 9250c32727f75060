// SPDX-License-Identifier: Apache-2.0
#include "cli/collection_files.h"

#include <charconv>
#include <cmath>
#include <functional>
#include <optional>
#include <set>

#include "base/error.h"
#include "cli/file_bytes.h"
#include "cli/json_line.h"

namespace mayfly::cli {
namespace {

using nlohmann::json;

std::string place(const std::filesystem::path& path, std::size_t line) {
  return "line " + std::to_string(line) + " of " + path.string();
}

[[noreturn]] void fail(const std::string& where, const std::string& defect) {
  throw Error(ErrorCode::kInvalidArgument, where + " " + defect);
}

// Calls take(object, where) for each line that is not blank.
void for_each_object(const std::filesystem::path& path,
                     const std::function<void(const json&, const std::string&)>& take) {
  const SecureVector<char> bytes = read_file(path);
  std::size_t number = 0;
  for (const std::string_view line : split_lines(bytes)) {
    const std::string where = place(path, ++number);
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    take(parse_json_line(line, where), where);
  }
}

// BEIR's own files say "_id"; many publish integers.
std::string id_member(const json& object, const std::string& where) {
  for (const char* key : {"id", "_id"}) {
    const auto found = object.find(key);
    if (found == object.end()) continue;
    if (found->is_string() && !found->get_ref<const std::string&>().empty()) {
      return found->get<std::string>();
    }
    if (found->is_number_integer()) return found->dump();
    fail(where, "has an \"" + std::string(key) + "\" that is no text or integer, or is empty");
  }
  fail(where, "has no \"id\"; add one to the object");
}

Passage passage(const json& object, const std::string& where) {
  Passage result{id_member(object, where), string_member(object, "text", where)};
  const auto headings = object.find("headings");
  if (headings != object.end() && headings->is_string()) {
    result.headings = headings->get<std::string>();
  }
  const auto title = object.find("title");
  if (title == object.end() || !title->is_string()) return result;
  const auto& heading = title->get_ref<const std::string&>();
  result.title_bytes = heading.size();
  result.text = heading + (heading.empty() || result.text.empty() ? "" : " ") + result.text;
  return result;
}

std::vector<std::string_view> split_columns(std::string_view line) {
  std::vector<std::string_view> columns;
  for (std::size_t tab = line.find('\t'); tab != std::string_view::npos; tab = line.find('\t')) {
    columns.push_back(line.substr(0, tab));
    line.remove_prefix(tab + 1);
  }
  columns.push_back(line);
  return columns;
}

std::optional<double> parse_number(std::string_view digits) {
  double value = 0.0;
  const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  const bool whole = parsed.ec == std::errc() && parsed.ptr == digits.data() + digits.size();
  return whole && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

// Calls take(columns, number) for each line that is not blank and not a header. Each must have at
// least three columns, and a number in the one named.
void for_each_row(const std::filesystem::path& path, std::size_t number_column,
                  const std::function<void(const std::vector<std::string_view>&, double)>& take) {
  const SecureVector<char> bytes = read_file(path);
  std::size_t line_number = 0;
  for (const std::string_view line : split_lines(bytes)) {
    ++line_number;
    if (line.empty()) continue;
    const auto columns = split_columns(line);
    if (columns.size() < 3) fail(place(path, line_number), "has fewer than three columns");
    const auto number = parse_number(columns[number_column]);
    if (!number && line_number == 1) continue;
    if (!number) fail(place(path, line_number), "has no number where the score should be");
    take(columns, *number);
  }
}

}  // namespace

std::vector<Passage> read_corpus(const std::filesystem::path& path) {
  std::vector<Passage> passages;
  std::set<std::string> ids;
  for_each_object(path, [&](const json& object, const std::string& where) {
    passages.push_back(passage(object, where));
    if (!ids.insert(passages.back().id).second) {
      throw Error(ErrorCode::kDuplicateId, where + " has an id that an earlier line has: \"" +
                                               passages.back().id + "\"; give each its own");
    }
  });
  return passages;
}

std::vector<Query> read_queries(const std::filesystem::path& path) {
  std::vector<Query> queries;
  for_each_object(path, [&](const json& object, const std::string& where) {
    queries.push_back({id_member(object, where), string_member(object, "text", where)});
  });
  return queries;
}

Qrels read_qrels(const std::filesystem::path& path) {
  Qrels qrels;
  for_each_row(path, 2, [&](const std::vector<std::string_view>& columns, double gain) {
    if (gain > 0.0) qrels[std::string(columns[0])][std::string(columns[1])] = gain;
  });
  return qrels;
}

std::vector<ScoredPair> read_pairs(const std::filesystem::path& path) {
  std::vector<ScoredPair> pairs;
  for_each_row(path, 0, [&](const std::vector<std::string_view>& columns, double score) {
    pairs.push_back({score, std::string(columns[1]), std::string(columns[2])});
  });
  return pairs;
}

std::vector<std::string_view> texts_of(const std::vector<Passage>& passages) {
  std::vector<std::string_view> texts;
  for (const Passage& passage : passages) texts.emplace_back(passage.text);
  return texts;
}

}  // namespace mayfly::cli
