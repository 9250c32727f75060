// SPDX-License-Identifier: Apache-2.0
#include "engine/explanation.h"

#include <catch2/catch.hpp>
#include <string>

#include "engine/embed_job.h"
#include "engine/fill_job.h"
#include "engine/fusion.h"
#include "engine/ingest_job.h"
#include "unit/engine/thrown_code.h"
#include "unit/model/tiny_model.h"

using namespace mayfly;
using namespace mayfly::engine;
using testing::thrown_code;
using testing::TinyModel;

namespace {

template <typename Job>
void run(Job& job) {
  while (!job.step(5)) {
  }
}

std::shared_ptr<const Model> tiny(char fingerprint = '0') {
  TinyModel model;
  model.metadata["fingerprint"] = std::string(64, fingerprint);
  return Model::load(model.file());
}

// Four documents; both tiers have a model, and vectors where told to.
struct Site {
  explicit Site(bool with_static = true, bool with_contextual = true) {
    collection.set_model(Tier::kStatic, static_model);
    collection.set_model(Tier::kContextual, contextual_model);
    const std::vector<DocumentView> documents = {
        {"cats", "The cat sat on the mat.", R"({"u":1})", "cat", "mat\ndog"},
        {"dogs", "A dog.", R"({"u":2})", "", ""},
        {"letters", "x y z", R"({"u":2})", "", "cat"},
        {"empty", "", "", "", ""},
    };
    IngestJob ingest(collection, documents, IngestMode::kAdd);
    run(ingest);
    if (with_static) fill(Tier::kStatic);
    if (with_contextual) fill(Tier::kContextual);
  }
  void fill(Tier tier) {
    FillJob job(collection, tier);
    run(job);
  }

  std::shared_ptr<const Model> static_model = tiny('a'), contextual_model = tiny('b');
  Collection collection;
};

// A query with its vectors, which lives as long as its request.
struct Asked {
  Asked(const Site& site, std::string query, SearchMode mode = SearchMode::kHybrid)
      : text(std::move(query)),
        by_static(site.static_model, std::vector<std::string_view>{text}),
        by_contextual(site.contextual_model, std::vector<std::string_view>{text}) {
    run(by_static);
    run(by_contextual);
    request.text = text;
    request.mode = mode;
    request.static_embedding = {by_static.vector(0), by_static.model().fingerprint()};
    request.contextual_embedding = {by_contextual.vector(0), by_contextual.model().fingerprint()};
  }
  std::string text;
  EmbedJob by_static, by_contextual;
  SearchRequest request;
};

Explanation explain(const Site& site, const SearchRequest& request, std::string_view id) {
  ExplainJob job(site.collection, request, id);
  run(job);
  return job.explanation();
}

}  // namespace

TEST_CASE("an explanation has the scores of the hit that it explains", "[explanation]") {
  for (const bool with_contextual : {true, false}) {
    const Site site(true, with_contextual);
    for (const auto mode : {SearchMode::kHybrid, SearchMode::kSemantic, SearchMode::kLexical}) {
      Asked asked(site, "cat on mat", mode);
      asked.request.k = 10;
      const auto hits = site.collection.search(asked.request);
      REQUIRE_FALSE(hits.empty());
      for (const SearchHit& hit : hits) {
        INFO(hit.document.id << " mode " << static_cast<int>(mode));
        const Explanation explained = explain(site, asked.request, hit.document.id);
        CHECK(explained.tier == hit.tier);
        CHECK(explained.score == Approx(hit.score).epsilon(1e-5));
        if (mode != SearchMode::kSemantic) CHECK(explained.lexical == Approx(hit.lexical));
        if (hit.tier == Tier::kContextual) CHECK(explained.contextual == hit.contextual);
        if (hit.tier != Tier::kLexical) CHECK(explained.static_cosine == Approx(hit.static_cosine));
        CHECK(explained.allowed);
      }
    }
  }
}

TEST_CASE("the score is the tier's cosine and the weighted words", "[explanation]") {
  const Site site;
  Asked asked(site, "cat");
  const Explanation hybrid = explain(site, asked.request, "cats");
  CHECK(hybrid.tier == Tier::kContextual);
  CHECK(hybrid.lexical_weight == kDefaultFusion.weight);
  CHECK(hybrid.name_bonus > 0);  // a title
  CHECK(hybrid.score ==
        Approx(hybrid.contextual + hybrid.lexical_weight * hybrid.lexical + hybrid.name_bonus));
  REQUIRE(hybrid.words.size() == 1);
  CHECK(hybrid.words[0].word == "cat");
  CHECK(hybrid.words[0].score == hybrid.lexical);
  asked.request.mode = SearchMode::kSemantic;
  CHECK(explain(site, asked.request, "cats").lexical_weight == 0);
  asked.request.mode = SearchMode::kLexical;
  const Explanation lexical = explain(site, asked.request, "cats");
  CHECK(lexical.score == Approx(lexical.lexical + lexical.name_bonus));
  CHECK(lexical.tokens.empty());
}

TEST_CASE("ranges of words are code points of the query", "[explanation]") {
  const Site site;
  const Asked asked(site, "\xC3\xA9\xF0\x9F\x98\x80 dog");
  const Explanation explained = explain(site, asked.request, "dogs");
  REQUIRE(explained.words.size() == 1);
  CHECK(explained.words[0].query_begin == 3);
  CHECK(explained.words[0].query_end == 6);
}

TEST_CASE("tokens are aligned with title, headings and text, each in ranges of its own",
          "[explanation]") {
  const Site site;
  // Aligned with what is embedded, "cat mat dog The cat sat", each token meets itself.
  const Explanation explained =
      explain(site, Asked(site, "cat mat dog the cat sat").request, "cats");
  CHECK(explained.token_score == Approx(1).margin(1e-4));
  REQUIRE(explained.tokens.size() == 6);
  const std::size_t fields[] = {lexical::kTitle, lexical::kHeadings, lexical::kHeadings,
                                lexical::kBody,  lexical::kBody,     lexical::kBody};
  const std::uint32_t begins[] = {0, 0, 4, 0, 4, 8};
  for (std::size_t i = 0; i < 6; ++i) {
    CHECK(explained.tokens[i].field == fields[i]);
    CHECK(explained.tokens[i].begin == begins[i]);
    CHECK(explained.tokens[i].end == begins[i] + 3);
  }
  CHECK(explained.passage_begin == 0);
  CHECK(explained.passage_end == 23);
}

TEST_CASE("tokens of a later passage have their place in the whole text", "[explanation]") {
  Site site(false, false);
  std::string text;  // one passage of x, then one of cat: each more than half of the budget
  for (int i = 0; i < 60; ++i) text += "x y\xC3\xA9. ";
  text += "\n\n";
  const std::size_t second = text.size();
  for (int i = 0; i < 60; ++i) text += "cat dog. ";
  const std::vector<DocumentView> documents = {{"long", text, "", "", ""}};
  IngestJob ingest(site.collection, documents, IngestMode::kAdd);
  run(ingest);
  site.fill(Tier::kContextual);
  const Explanation explained = explain(site, Asked(site, "cat dog. cat dog.").request, "long");
  REQUIRE(explained.passage_begin > 0);
  REQUIRE(explained.tokens.size() == 6);
  std::u32string points;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) {
      points += static_cast<char32_t>(static_cast<unsigned char>(text[i]));
    }
  }
  CHECK(second > explained.passage_begin);  // a code point is no byte here
  CHECK(points.substr(explained.tokens[0].begin, 3) == U"cat");
  CHECK(explained.tokens[0].begin >= explained.passage_begin);
  CHECK(explained.tokens[0].field == lexical::kBody);
}

TEST_CASE("what waits for its vectors is explained by what is known", "[explanation]") {
  const Site words_only(false, false);
  const Explanation by_words = explain(words_only, Asked(words_only, "cat").request, "cats");
  CHECK(by_words.tier == Tier::kLexical);
  CHECK(by_words.score == Approx(by_words.lexical + by_words.name_bonus));
  CHECK(by_words.contextual == 0);
  CHECK(by_words.tokens.empty());
  const Site early(true, false);
  const Explanation by_static = explain(early, Asked(early, "cat").request, "cats");
  CHECK(by_static.tier == Tier::kStatic);
  CHECK(by_static.lexical_weight == kStaticFusion.weight);
  CHECK_FALSE(by_static.tokens.empty());
}

TEST_CASE("an explanation says when filter or query keep the document out", "[explanation]") {
  const Site site;
  Asked asked(site, "cat");
  asked.request.filter = R"({"u":1})";
  CHECK(explain(site, asked.request, "cats").allowed);
  CHECK_FALSE(explain(site, asked.request, "dogs").allowed);
  CHECK_FALSE(explain(site, Asked(site, "cat -dog").request, "dogs").allowed);
  CHECK(explain(site, Asked(site, "cat -dog").request, "letters").allowed);
  CHECK_FALSE(explain(site, Asked(site, "\"dog cat\"").request, "cats").allowed);
}

TEST_CASE("a document without text is explained too", "[explanation]") {
  const Site site;
  const Explanation explained = explain(site, Asked(site, "cat").request, "empty");
  CHECK(explained.words.empty());
  CHECK(explained.tokens.empty());
  CHECK(explained.token_score == 0);
}

TEST_CASE("what cannot be explained is refused", "[explanation]") {
  const Site site;
  Asked asked(site, "cat");
  CHECK(thrown_code([&] { ExplainJob(site.collection, asked.request, "none"); }) ==
        ErrorCode::kNotFound);
  asked.request.contextual_embedding.fingerprint = "another";
  CHECK(thrown_code([&] { ExplainJob(site.collection, asked.request, "cats"); }) ==
        ErrorCode::kSpaceMismatch);
}

TEST_CASE("the collection may go while its document is being explained", "[explanation]") {
  auto site = std::make_unique<Site>();
  const Asked asked(*site, "cat");
  ExplainJob job(site->collection, asked.request, "cats");
  site.reset();
  run(job);
  CHECK_FALSE(job.explanation().tokens.empty());
}
