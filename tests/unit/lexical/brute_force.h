// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace mayfly::testing {

// BM25 by its definition over documents of lower-case ASCII words, without an index. Documents have
// a title, headings and a body.
struct BruteForceBm25 {
  struct Document {
    std::vector<std::vector<std::string>> fields;  // words
    std::uint64_t insertion;
  };
  struct Hit {
    std::size_t row;
    double score;
    std::uint64_t insertion;
  };

  double k1 = 1.2, b = 0.75;
  std::vector<double> weights{1, 1, 1};
  std::vector<Document> documents;

  static std::vector<std::string> split(const std::string& text) {
    std::istringstream stream(text);
    std::vector<std::string> words;
    for (std::string word; stream >> word;) words.push_back(word);
    return words;
  }

  double length(const Document& document) const {
    double sum = 0;
    for (std::size_t f = 0; f < 3; ++f) {
      sum += weights[f] * static_cast<double>(document.fields[f].size());
    }
    return sum;
  }

  double frequency(const Document& document, const std::string& word) const {
    double sum = 0;
    for (std::size_t f = 0; f < 3; ++f) {
      const auto& words = document.fields[f];
      sum += weights[f] * static_cast<double>(std::count(words.begin(), words.end(), word));
    }
    return sum;
  }

  double score(const Document& document, const std::vector<std::string>& query) const {
    double average = 0, sum = 0;
    for (const Document& each : documents) average += length(each);
    average /= static_cast<double>(documents.size());
    for (const std::string& word : query) {
      const double tf = frequency(document, word);
      if (tf <= 0) continue;
      const double with = static_cast<double>(
          std::count_if(documents.begin(), documents.end(),
                        [&](const Document& each) { return frequency(each, word) > 0; }));
      const double idf =
          std::log(1 + (static_cast<double>(documents.size()) - with + 0.5) / (with + 0.5));
      sum += idf * tf * (k1 + 1) / (tf + k1 * (1 - b + b * length(document) / average));
    }
    return sum;
  }

  // Does some field have the words one after the other?
  static bool has_phrase(const Document& document, const std::vector<std::string>& phrase) {
    return std::any_of(document.fields.begin(), document.fields.end(), [&](const auto& words) {
      return std::search(words.begin(), words.end(), phrase.begin(), phrase.end()) != words.end();
    });
  }

  // All that score, best first. An empty phrase demands nothing.
  std::vector<Hit> search(const std::vector<std::string>& query,
                          const std::vector<std::string>& required,
                          const std::vector<std::string>& excluded) const {
    std::vector<std::string> all = query;
    all.insert(all.end(), required.begin(), required.end());
    std::vector<Hit> hits;
    for (std::size_t row = 0; row < documents.size(); ++row) {
      const Document& document = documents[row];
      if (!required.empty() && !has_phrase(document, required)) continue;
      if (!excluded.empty() && has_phrase(document, excluded)) continue;
      const double value = score(document, all);
      if (value > 0) hits.push_back({row, value, document.insertion});
    }
    std::sort(hits.begin(), hits.end(), [](const Hit& x, const Hit& y) {
      return x.score > y.score || (x.score == y.score && x.insertion < y.insertion);
    });
    return hits;
  }
};

}  // namespace mayfly::testing
