// SPDX-License-Identifier: Apache-2.0
#include "engine/hybrid_search.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "engine/fusion.h"
#include "unit/index/random_vectors.h"

using namespace mayfly;
using engine::hybrid_search;
using engine::RankedRow;
using testing::random_unit_vector;
using testing::Vector;

namespace {

using Rows = std::vector<std::size_t>;

Rows rows_of(const std::vector<RankedRow>& ranked) {
  Rows rows;
  for (const RankedRow& row : ranked) rows.push_back(row.row);
  return rows;
}

struct Pair {
  explicit Pair(std::size_t dim) : vectors(dim) {}
  void append(const std::string& text, const Vector& vector) {
    words.append({{}, {}, text});
    vectors.append(vector);
  }
  lexical::LexicalIndex words;
  engine::DocumentVectors vectors;
};

// Three documents on three axes.
Pair axes() {
  Pair pair(3);
  pair.append("install the package", {1, 0, 0});
  pair.append("error E0382 explained", {0, 1, 0});
  pair.append("remove the package", {0, 0, 1});
  return pair;
}

std::string random_text(std::mt19937& random) {
  std::string text;
  for (std::size_t i = 1 + random() % 8; i > 0; --i) {
    text += "w" + std::to_string(random() % (1 + random() % 40)) + " ";
  }
  return text;
}

// Scores every row, from the two indexes' own full answers.
std::vector<std::pair<float, std::size_t>> scored(const Pair& pair, const std::string& query,
                                                  const Vector& vector, const RowSet* allowed) {
  std::vector<float> bm25(pair.words.size());
  lexical::SearchOptions options;
  options.bm25.field_weights[lexical::kTitle] = engine::kTitleWeight;
  for (const auto& hit : pair.words.search(query, bm25.size(), options)) bm25[hit.row] = hit.score;
  std::vector<std::pair<float, std::size_t>> result;
  for (const auto& hit : pair.vectors.search(vector, bm25.size())) {
    if (allowed != nullptr && !allowed->contains(hit.row)) continue;
    // A query of one word names what has it.
    const bool named = bm25[hit.row] > 0 && std::count(query.begin(), query.end(), ' ') == 1;
    const float bonus = named ? engine::kNameBonus[0] : 0.0f;
    result.emplace_back(-(hit.score + engine::kDefaultFusion.weight * bm25[hit.row] + bonus),
                        hit.row);
  }
  std::sort(result.begin(), result.end());
  return result;
}

}  // namespace

TEST_CASE("the best rows are those of scoring every row", "[engine]") {
  const std::uint32_t seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  constexpr std::size_t kRows = 1500;
  Pair pair(8);
  for (std::size_t i = 0; i < kRows; ++i) {
    pair.append(random_text(random), random_unit_vector(random, 8));
  }
  for (int round = 0; round < 60; ++round) {
    const std::string query = random_text(random);
    const Vector vector = random_unit_vector(random, 8);
    RowSet some(kRows);
    for (std::size_t i = 0; i < kRows; ++i) {
      if (random() % 3 == 0) some.insert(i);
    }
    const RowSet* allowed = round % 2 == 0 ? nullptr : &some;
    const auto expected = scored(pair, query, vector, allowed);
    const std::size_t k = 1 + random() % 30;
    const auto found = hybrid_search(pair.words, pair.vectors, query, vector, k, allowed);
    REQUIRE(found.size() == k);
    for (std::size_t i = 0; i < k; ++i) {
      REQUIRE(found[i].score == Approx(-expected[i].first).margin(1e-6));
      if (allowed != nullptr) REQUIRE(allowed->contains(found[i].row));
    }
  }
}

TEST_CASE("a group's bonus follows how near all of its passages are", "[engine]") {
  const std::uint32_t seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  constexpr std::size_t kRows = 300;
  engine::DocumentVectors single(8);  // each passage a row, for the oracle
  std::vector<std::size_t> owners;
  Pair pair(8);
  std::vector<std::uint32_t> groups;
  for (std::size_t row = 0; row < kRows; ++row) {
    Vector passages;
    for (std::size_t i = 1 + random() % 3; i > 0; --i) {
      const Vector passage = random_unit_vector(random, 8);
      passages.insert(passages.end(), passage.begin(), passage.end());
      single.append(passage);
      owners.push_back(row);
    }
    pair.append(random_text(random), passages);
    groups.push_back(static_cast<std::uint32_t>(random() % 40));
  }
  for (int round = 0; round < 40; ++round) {
    const std::string query = random_text(random) + random_text(random);
    const Vector vector = random_unit_vector(random, 8);
    RowSet some(kRows);
    for (std::size_t i = 0; i < kRows; ++i) {
      if (random() % 3 == 0) some.insert(i);
    }
    const RowSet* allowed = round % 2 == 0 ? nullptr : &some;
    const auto plain = hybrid_search(pair.words, pair.vectors, query, vector, 12, allowed);
    std::vector<float> beside_cosine(kRows);
    for (const RankedRow& row :
         hybrid_search(pair.words, pair.vectors, query, vector, kRows, nullptr)) {
      beside_cosine[row.row] = row.score - row.cosine;
    }
    const auto bm25 = pair.words.search(query, kRows, engine::lexical_options());
    for (const auto& hit : bm25) {
      if (beside_cosine[hit.row] != 0) continue;
      beside_cosine[hit.row] = engine::kDefaultFusion.weight * hit.score;
    }
    std::vector<std::vector<double>> scores(40);
    for (const auto& hit : single.search(vector, owners.size())) {
      const std::size_t row = owners[hit.row];
      if (allowed != nullptr && !allowed->contains(row)) continue;
      scores[groups[row]].push_back(hit.score + beside_cosine[row]);
    }
    const auto found = hybrid_search(pair.words, pair.vectors, query, vector, 12, allowed,
                                     engine::kDefaultFusion, groups);
    REQUIRE(found.size() == plain.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
      REQUIRE(found[i].row == plain[i].row);
      REQUIRE(found[i].score == plain[i].score);
      REQUIRE(plain[i].group_bonus == 0);
      double expected = 0;
      if (const std::uint32_t group = groups[found[i].row]; group != 0) {
        const double best = *std::max_element(scores[group].begin(), scores[group].end());
        double sum = 0;
        for (const double score : scores[group]) {
          sum += std::exp((score - best) / engine::kGroupPooling);
        }
        expected = engine::kGroupPooling *
                   std::log(sum / std::sqrt(static_cast<double>(scores[group].size())));
      }
      CAPTURE(query, i);
      REQUIRE(found[i].group_bonus == Approx(expected).margin(0.001));
    }
  }
}

TEST_CASE("a query that neither words nor vectors answer finds nothing", "[engine]") {
  const Pair pair = axes();
  CHECK(hybrid_search(pair.words, pair.vectors, "qwzx blorfen",
                      Vector{0.57735f, 0.57735f, -0.57735f}, 3, nullptr)
            .size() == 2);  // cosine 0.577 is related
  CHECK(hybrid_search(pair.words, pair.vectors, "qwzx blorfen", Vector{-0.6f, -0.8f, 0}, 3, nullptr)
            .empty());
}

TEST_CASE("a name is found whatever the vectors say", "[engine]") {
  const Pair pair = axes();
  const Vector opposite{0, -1, 0};
  CHECK(rows_of(hybrid_search(pair.words, pair.vectors, "e0382", opposite, 3, nullptr)) == Rows{1});
  // One word of three is not enough, two are.
  CHECK(
      hybrid_search(pair.words, pair.vectors, "e0382 qwzx blorfen", opposite, 3, nullptr).empty());
  CHECK(rows_of(hybrid_search(pair.words, pair.vectors, "e0382 explained blorfen", opposite, 3,
                              nullptr)) == Rows{1});
}

TEST_CASE("a title or heading that is the query comes before what has more of it", "[engine]") {
  Pair pair(2);
  pair.append("use server use server use server", {1, 0});
  pair.words.append({"Directives for the server", "'use server'\nuse client", "short"});
  pair.vectors.append(Vector{0.5f, 0.866f});
  pair.words.append({"'use server'", "", "short"});
  pair.vectors.append(Vector{0.5f, 0.866f});
  pair.words.append({"To use server functions", "", "use client"});
  pair.vectors.append(Vector{0.5f, 0.866f});
  const Vector query{1, 0};
  const auto found = hybrid_search(pair.words, pair.vectors, "Use server!", query, 4, nullptr);
  CHECK(rows_of(found) == Rows{2, 1, 3, 0});
  CHECK(rows_of(engine::lexical_search(pair.words, "use server", 4, nullptr)) == Rows{2, 1, 3, 0});
  RowSet first(4);
  first.insert(0);
  CHECK(rows_of(hybrid_search(pair.words, pair.vectors, "use server", query, 4, &first)) ==
        Rows{0});
}

TEST_CASE("what answers words that no document knows must be nearer than what answers known ones",
          "[engine]") {
  const Pair pair = axes();
  const Vector near{0.2f, 0.1f, -0.9747f};
  CHECK(rows_of(hybrid_search(pair.words, pair.vectors, "package", near, 1, nullptr)) == Rows{0});
  CHECK(hybrid_search(pair.words, pair.vectors, "erxor qwzx", near, 3, nullptr).empty());
}

TEST_CASE("of few passages the nearest need not be as near as of many", "[engine]") {
  Pair pair(2);
  const Vector far{0.25f, 0.9682f}, query{1, 0};
  const auto found = [&] {
    return hybrid_search(pair.words, pair.vectors, "qwzx blorfen", query, 3, nullptr).size();
  };
  pair.append("the spade is in the shed", far);
  CHECK(found() == 1);
  for (int i = 1; i < 1000; ++i) pair.append("some other text", {0, 1});
  CHECK(found() == 0);
  Pair beyond(2);
  for (int i = 0; i < 2000; ++i) beyond.append("some other text", {0.41f, 0.91209f});
  CHECK(hybrid_search(beyond.words, beyond.vectors, "qwzx blorfen", query, 3, nullptr).size() == 3);
}

TEST_CASE("a name is found behind however many rows that are a little nearer", "[engine]") {
  Pair pair(2);
  for (int i = 0; i < 50; ++i) pair.append("some other text", {0.1f, 0.99499f});
  pair.append("error E0382 explained", {-1, 0});
  const auto found = hybrid_search(pair.words, pair.vectors, "e0382", Vector{1, 0}, 3, nullptr);
  CHECK(rows_of(found) == Rows{50});
  CHECK(hybrid_search(pair.words, pair.vectors, "e0382", Vector{1, 0}, SIZE_MAX, nullptr).size() ==
        1);
}

TEST_CASE("excluded words and phrases hold for what vectors find too", "[engine]") {
  const Pair pair = axes();
  const Vector all{0.57735f, 0.57735f, 0.57735f};
  CHECK(hybrid_search(pair.words, pair.vectors, "package", all, 3, nullptr).size() == 3);
  CHECK(rows_of(hybrid_search(pair.words, pair.vectors, "package -remove -error", all, 3,
                              nullptr)) == Rows{0});
  CHECK(rows_of(hybrid_search(pair.words, pair.vectors, "\"remove the package\"", all, 3,
                              nullptr)) == Rows{2});
}

TEST_CASE("equal rows come in the order of insertion", "[engine]") {
  Pair pair(3);
  for (int i = 0; i < 200; ++i) pair.append("same words", {0, 1, 0});
  const auto found = hybrid_search(pair.words, pair.vectors, "words", Vector{0, 1, 0}, 5, nullptr);
  CHECK(rows_of(found) == Rows{0, 1, 2, 3, 4});
}

TEST_CASE("a search by words alone respects the rows that are allowed", "[engine]") {
  const Pair pair = axes();
  RowSet last(3);
  last.insert(2);
  CHECK(rows_of(engine::lexical_search(pair.words, "package", 3, nullptr)) == Rows{0, 2});
  CHECK(rows_of(engine::lexical_search(pair.words, "package", 3, &last)) == Rows{2});
  CHECK(rows_of(engine::lexical_search(pair.words, "package", 1, nullptr)) == Rows{0});
}
