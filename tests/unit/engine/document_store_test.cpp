// SPDX-License-Identifier: Apache-2.0
#include "engine/document_store.h"

#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <string>

using mayfly::engine::Document;
using mayfly::engine::DocumentStore;

using namespace std::string_literals;

TEST_CASE("a document keeps its own copy of id, text and metadata, NUL bytes included",
          "[engine]") {
  std::string id = "id\0x"s, text = "text\0"s, metadata = "{}";
  Document document({id, text, metadata});
  id = text = metadata = "overwritten";
  CHECK(document.view().id == "id\0x"s);
  CHECK(document.view().text == "text\0"s);
  CHECK(document.view().metadata == "{}");
  const char* before = document.view().text.data();
  const Document moved(std::move(document));
  CHECK(moved.view().text.data() == before);
}

TEST_CASE("a document may have an empty text and no metadata", "[engine]") {
  const Document document({"a", "", ""});
  CHECK(document.view().id == "a");
  CHECK(document.view().text.empty());
  CHECK(document.view().metadata.empty());
}

TEST_CASE("a document store finds by id what is there and nothing else", "[engine]") {
  DocumentStore store;
  CHECK(store.find("a") == DocumentStore::kNone);
  store.append(Document({"a", "first", ""}));
  store.append(Document({"b", "second", ""}));
  CHECK(store.find("a") == 0);
  CHECK(store.find("b") == 1);
  CHECK(store.find("") == DocumentStore::kNone);
  CHECK(store.find("a\0"s) == DocumentStore::kNone);
  store.remove(0);
  CHECK(store.find("a") == DocumentStore::kNone);
  CHECK(store.find("b") == 0);
  store.replace(0, Document({"b", "third", ""}));
  CHECK(store.at(store.find("b")).view().text == "third");
  store.clear();
  CHECK(store.size() == 0);
  CHECK(store.find("b") == DocumentStore::kNone);
}

TEST_CASE("appending within a reservation moves no document", "[engine]") {
  DocumentStore store;
  store.reserve(100);
  store.append(Document({"0", "x", ""}));
  const Document* first = &store.at(0);
  for (int i = 1; i < 100; ++i) store.append(Document({std::to_string(i), "x", ""}));
  CHECK(&store.at(0) == first);
}

TEST_CASE("a document store holds a hundred thousand documents and finds each", "[engine]") {
  DocumentStore store;
  for (std::size_t i = 0; i < 100'000; ++i) {
    const std::string id = "https://example.org/page/" + std::to_string(i);
    store.append(Document({id, "text", ""}));
  }
  bool all_found = true;
  for (std::size_t i = 0; i < 100'000; ++i) {
    all_found &= store.find("https://example.org/page/" + std::to_string(i)) == i;
  }
  CHECK(all_found);
}

TEST_CASE("random changes leave what a map of ids leaves", "[engine]") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  DocumentStore store;
  std::map<std::string, std::string> expected;
  for (int step = 0; step < 3000; ++step) {
    const std::string id = std::to_string(random() % 80), text = std::to_string(random());
    const std::size_t row = store.find(id);
    REQUIRE((row != DocumentStore::kNone) == expected.contains(id));
    if (row == DocumentStore::kNone) {
      store.append(Document({id, text, ""}));
      expected[id] = text;
    } else if (random() % 2 == 0) {
      store.remove(row);
      expected.erase(id);
    } else {
      store.replace(row, Document({id, text, ""}));
      expected[id] = text;
    }
    REQUIRE(store.size() == expected.size());
  }
  for (const auto& [id, text] : expected) CHECK(store.at(store.find(id)).view().text == text);
  for (std::size_t row = 0; row < store.size(); ++row) {
    CHECK(store.find_insertion(store.at(row).insertion()) == row);
  }
}

TEST_CASE("a document store numbers documents and never gives a number twice", "[engine]") {
  DocumentStore store;
  store.append(Document({"a", "first", ""}));
  store.append(Document({"b", "second", ""}));
  const auto a = store.at(0).insertion(), b = store.at(1).insertion();
  CHECK(a < b);
  CHECK(store.at(0).version() == a);
  store.replace(0, Document({"a", "third", ""}));
  CHECK(store.at(0).insertion() == a);
  CHECK(store.at(0).version() > b);
  CHECK(store.find_insertion(a) == 0);
  CHECK(store.find_insertion(store.at(0).version()) == DocumentStore::kNone);
  CHECK(store.find_insertion(0) == DocumentStore::kNone);
  const auto latest = store.at(0).version();
  store.remove(0);
  CHECK(store.find_insertion(a) == DocumentStore::kNone);
  CHECK(store.find_insertion(b) == 0);
  store.clear();
  CHECK(store.find_insertion(b) == DocumentStore::kNone);
  store.append(Document({"a", "first", ""}));
  CHECK(store.at(0).insertion() > latest);
}
