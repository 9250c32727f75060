// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/retrieval_metrics.h"

namespace mayfly::cli {

// The files of retrieval and similarity collections in the form of BEIR (Thakur et al. 2021). Every
// error is Error(kIo) or Error(kInvalidArgument) that names file and line.

struct Passage {
  std::string id;
  // What is embedded: title, a space, text; just one of them where the other is empty.
  std::string text;
  std::size_t title_bytes = 0;  // how much of it is the title, without the space
  std::string headings;         // one a line; they stand in the text as well

  std::string_view title() const { return std::string_view(text).substr(0, title_bytes); }
  std::string_view body() const { return std::string_view(text).substr(title_bytes); }
};

struct Query {
  std::string id;
  std::string text;
};

// gains above 0 by query and document
using Qrels = std::map<std::string, analysis::Judgements, std::less<>>;

struct ScoredPair {
  double score;  // by people
  std::string a, b;
};

// JSON lines with "id" (or "_id"), "text" and perhaps "title" and "headings", one a line. Ids are
// strings or integers. Error(kDuplicateId) for an id that stands twice.
std::vector<Passage> read_corpus(const std::filesystem::path& path);
// JSON lines with "id" (or "_id") and "text".
std::vector<Query> read_queries(const std::filesystem::path& path);
// query <TAB> document <TAB> gain; a first line whose gain is no number is a header.
Qrels read_qrels(const std::filesystem::path& path);
// score <TAB> text <TAB> text, further columns are ignored; a header as above.
std::vector<ScoredPair> read_pairs(const std::filesystem::path& path);

std::vector<std::string_view> texts_of(const std::vector<Passage>& passages);

}  // namespace mayfly::cli
