// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "bindings/boundary.h"
#include "bindings/packed_strings.h"
#include "bindings/search_request.h"
#include "engine/explanation.h"

namespace mayfly::bindings {
namespace {

using emscripten::val;
using engine::ExplainJob;
using engine::Explanation;

// packed: the query, the filter's JSON ('' for none) and the document's id; mode and jobs as
// to_request has them. All are copied, so that the collection may change meanwhile.
std::shared_ptr<ExplainJob> make_job(const engine::Collection& collection, Buffer& packed, int mode,
                                     const engine::EmbedJob* static_query,
                                     const engine::EmbedJob* contextual_query) {
  return guarded([&] {
    const auto strings = unpack_strings(packed.bytes());
    const auto request = to_request(packed, 1, mode, static_query, contextual_query);
    if (strings.size() != 3) throw Error(ErrorCode::kInvalidArgument, "pack the document's id too");
    return std::make_shared<ExplainJob>(collection, request, strings[2]);
  });
}

bool step(ExplainJob& job, double budget_ms) {
  return guarded([&] { return job.step(budget_ms); });
}

std::uint32_t whole(std::size_t number) { return static_cast<std::uint32_t>(number); }

// scores f32 [7 + words + tokens]: score, what a unit of BM25 adds to the cosine (1: words are all,
// 0: they count for nothing), BM25, contextual and static cosine (0: not known), MaxSim (0: without
// tokens), what the score has because the query names the document; what each word adds to BM25;
// each token's cosine. numbers u32 [5 + 3 words + 5 tokens]: tier, 1 where filter and query allow
// the document, begin and end of the passage that carried the match, count of words; per word begin
// and end in the query and kind (0 exact, 1 prefix, 2 typo); per token begin and end in the query,
// field of the document (0 title, 1 headings, 2 text), begin and end in it. All ranges in code
// points. strings: the words, packed. Complete after step() returned true; before, tokens are
// missing.
val result(const ExplainJob& job) {
  return guarded([&] {
    const Explanation& e = job.explanation();
    std::vector<float> scores{e.score,         e.lexical_weight, e.lexical,   e.contextual,
                              e.static_cosine, e.token_score,    e.name_bonus};
    std::vector<std::uint32_t> numbers{whole(static_cast<std::size_t>(e.tier)), e.allowed ? 1u : 0u,
                                       e.passage_begin, e.passage_end, whole(e.words.size())};
    std::vector<std::string_view> strings;
    for (const engine::ExplainedWord& word : e.words) {
      scores.push_back(word.score);
      for (const std::size_t number : {std::size_t{word.query_begin}, std::size_t{word.query_end},
                                       static_cast<std::size_t>(word.kind)}) {
        numbers.push_back(whole(number));
      }
      strings.push_back(word.word);
    }
    for (const engine::ExplainedToken& token : e.tokens) {
      scores.push_back(token.cosine);
      for (const std::uint32_t number :
           {token.query_begin, token.query_end, whole(token.field), token.begin, token.end}) {
        numbers.push_back(number);
      }
    }
    val object = val::object();
    object.set("scores", copy_out(std::span<const float>(scores)));
    object.set("numbers", copy_out(std::span<const std::uint32_t>(numbers)));
    object.set("strings", copy_out(std::span<const char>(pack_strings(strings))));
    return object;
  });
}

}  // namespace

EMSCRIPTEN_BINDINGS(mayfly_explain_job) {
  emscripten::class_<ExplainJob>("ExplainJob")
      .smart_ptr_constructor("ExplainJob", &make_job, emscripten::allow_raw_pointers())
      .function("step", &step)
      .function("result", &result);
}

}  // namespace mayfly::bindings
