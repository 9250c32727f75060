// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <vector>

#include "unit/attributes/naive_attributes.h"
#include "unit/attributes/tables.h"

using nlohmann::json;
using namespace mayfly::attributes;
using mayfly::testing::NaiveAttributes;

namespace {

// Metadata and filters over few keys and values, so that they meet.
class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  std::size_t below(std::size_t limit) { return random_() % limit; }
  std::string key() { return pick({"a", "b", "any", "not", "=x", ""}); }

  json scalar() {
    switch (below(7)) {
      case 0:
        return below(2) == 0;
      case 1:
        return static_cast<double>(below(5)) / 2;
      case 2:
        return static_cast<int>(below(5)) - 2;
      case 3:
        return std::string(1, static_cast<char>('0' + below(3)));
      default:
        return pick(
            {"", "x", "y", "\xC3\xA4", "\xF0\x9F\x98\x80", "a long value, longer than most"});
    }
  }
  json list(std::size_t at_most) {
    json list = json::array();
    for (std::size_t i = below(at_most + 1); i > 0; --i) list.push_back(scalar());
    return list;
  }

  json metadata() {
    json object = json::object();
    for (std::size_t i = below(5); i > 0; --i) {
      switch (below(6)) {
        case 0:
          object[key()] = list(4);
          break;
        case 1:
          object[key()] = json::array({nullptr, scalar(), json::object({{"a", 1}})});
          break;
        case 2:
          object[key()] = below(2) == 0 ? json(nullptr) : json::object({{"a", scalar()}});
          break;
        default:
          object[key()] = scalar();
      }
    }
    return object;
  }

  json filter(int depth) {
    json filter = json::object();
    for (std::size_t i = below(3); i > 0; --i) {
      const std::size_t choice = below(depth > 0 ? 8 : 5);
      if (choice < 5) {
        const std::string name = key();
        const bool must_escape = name == "any" || name == "not" || name == "=x";
        filter[must_escape || below(4) == 0 ? "=" + name : name] = condition();
      } else if (choice == 5) {
        filter["not"] = this->filter(depth - 1);
      } else {
        json parts = json::array();
        for (std::size_t j = below(4); j > 0; --j) parts.push_back(this->filter(depth - 1));
        filter[choice == 6 ? "any" : "all"] = parts;
      }
    }
    return filter;
  }

 private:
  std::string pick(const std::vector<std::string>& choices) {
    return choices[below(choices.size())];
  }

  json condition() {
    if (below(3) == 0) return scalar();
    if (below(4) == 0) return list(3);
    json operators = json::object();
    for (std::size_t i = 1 + below(2); i > 0; --i) {
      switch (below(5)) {
        case 0:
          operators["exists"] = below(2) == 0;
          break;
        case 1:
          operators[pick({"any", "all", "none"})] = list(3);
          break;
        default:
          add_range(operators);
      }
    }
    return operators;
  }
  void add_range(json& operators) {
    const bool numbers = below(2) == 0;
    for (const char* name : {"gt", "gte", "lt", "lte"}) {
      operators.erase(name);
      if (below(3) != 0) continue;
      operators[name] = numbers ? json(static_cast<double>(below(9)) / 2 - 2)
                                : json(pick({"", "0", "1", "x", "xa", "\xC3\xA4"}));
    }
  }

  std::mt19937 random_;
};

void compare_with(const NaiveAttributes& naive, const AttributeTable& table, Generator& generate) {
  const json filter = generate.filter(3);
  INFO("filter " << filter);
  const mayfly::RowSet rows = select(table, filter.dump());
  const std::vector<std::size_t> expected = naive.select(filter);
  CHECK(mayfly::testing::rows_of(rows) == expected);
  CHECK(rows.count() == expected.size());

  const std::string key = generate.key();
  INFO("key " << key);
  std::vector<std::pair<json, std::size_t>> facets;
  for (const FacetCount& facet : mayfly::testing::sorted(facet_counts(table, key, rows))) {
    facets.emplace_back(mayfly::testing::json_of(facet.value), facet.count);
  }
  CHECK(facets == naive.facets(key, expected));
}

}  // namespace

TEST_CASE("filters and facets agree with their definition while documents come and go",
          "[attributes]") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  Generator generate(seed);
  AttributeTable table;
  NaiveAttributes naive;
  for (int step = 0; step < 4000; ++step) {
    const std::size_t size = naive.documents.size();
    const json metadata = generate.below(10) == 0 ? json(nullptr) : generate.metadata();
    const std::string text = metadata.is_null() ? "" : metadata.dump();
    const std::size_t choice = generate.below(100);
    if (choice < 50 || size == 0) {
      table.append(text);
      naive.documents.push_back(metadata);
    } else if (choice < 70) {
      const std::size_t row = generate.below(size);
      table.replace(row, text);
      naive.documents[row] = metadata;
    } else if (choice < 99 || generate.below(5) != 0) {
      const std::size_t row = generate.below(size);
      table.remove(row);
      naive.documents[row] = naive.documents.back();
      naive.documents.pop_back();
    } else {
      table.clear();
      naive.documents.clear();
    }
    REQUIRE(table.size() == naive.documents.size());
    if (step % 5 == 0) compare_with(naive, table, generate);
  }
}
