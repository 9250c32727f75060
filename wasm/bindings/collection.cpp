// SPDX-License-Identifier: Apache-2.0
#include "engine/collection.h"

#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

#include "bindings/boundary.h"
#include "bindings/buffer.h"
#include "bindings/model_handle.h"
#include "bindings/packed_strings.h"
#include "bindings/search_request.h"

namespace mayfly::bindings {
namespace {

using emscripten::val;
using engine::Collection;
using engine::SearchHit;

std::shared_ptr<Collection> make_collection() {
  return guarded([] { return std::make_shared<Collection>(); });
}

// tier: 1 static, 2 contextual.
void set_model(Collection& collection, int tier, const ModelHandle& handle) {
  guarded([&] { collection.set_model(static_cast<engine::Tier>(tier), handle.model); });
}

// Code points that begin before a byte of the text.
class CodePoints {
 public:
  explicit CodePoints(std::string_view text) : text_(text) {}
  std::uint32_t before(std::size_t byte) {
    if (byte < at_) at_ = count_ = 0;
    for (; at_ < byte; ++at_) count_ += (text_[at_] & 0xC0) != 0x80 ? 1 : 0;
    return static_cast<std::uint32_t>(count_);
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0, count_ = 0;
};

// What is copied out of hits, as the comment of hits_to_object says.
struct HitArrays {
  std::vector<float> scores;
  std::vector<std::uint32_t> numbers;
  std::vector<std::uint32_t> matches;
  std::vector<std::string_view> strings;

  void add(const SearchHit& hit) {
    scores.insert(scores.end(),
                  {hit.score, hit.contextual, hit.static_cosine, hit.lexical, hit.group_bonus});
    CodePoints points(hit.document.text);
    for (const std::size_t number : {static_cast<std::size_t>(hit.tier), hit.dropped}) {
      numbers.push_back(static_cast<std::uint32_t>(number));
    }
    for (const std::size_t byte :
         {hit.passage_begin, hit.snippet_begin, hit.snippet_end, hit.passage_end}) {
      numbers.push_back(points.before(byte));
    }
    numbers.push_back(static_cast<std::uint32_t>(hit.matches.size()));
    for (const lexical::TextRange& match : hit.matches) {
      matches.push_back(static_cast<std::uint32_t>(match.code_point_begin));
      matches.push_back(static_cast<std::uint32_t>(match.code_point_end));
    }
    const auto& document = hit.document;
    strings.insert(strings.end(), {document.id, document.text, document.metadata, document.title,
                                   document.headings});
  }
};

// Per hit: scores f32 [5] (score, contextual and static cosine, BM25, group bonus); numbers u32 [7]
// (tier, dropped tokens; in code points of the text: begin of the passage, begin and end of the
// snippet, end of the passage; count of matches); matches u32 [count, 2] (begin and end in code
// points); packed strings [5] (id, text, metadata, title, headings).
val hits_to_object(const std::vector<SearchHit>& hits) {
  HitArrays arrays;
  for (const SearchHit& hit : hits) arrays.add(hit);
  val result = val::object();
  result.set("scores", copy_out(std::span<const float>(arrays.scores)));
  result.set("numbers", copy_out(std::span<const std::uint32_t>(arrays.numbers)));
  result.set("matches", copy_out(std::span<const std::uint32_t>(arrays.matches)));
  result.set("strings", copy_out(std::span<const char>(pack_strings(arrays.strings))));
  return result;
}

// packed_query: query, filter, and the key by which the caller groups the hits ('' for none).
val search(const Collection& collection, Buffer& packed_query, std::size_t k, int mode,
           const engine::EmbedJob* static_query, const engine::EmbedJob* contextual_query) {
  return guarded([&] {
    auto request = to_request(packed_query, k, mode, static_query, contextual_query);
    const auto strings = unpack_strings(packed_query.bytes());
    if (strings.size() > 2) request.group_by = strings[2];
    return hits_to_object(collection.search(request));
  });
}

// packed: the key and the filter's JSON ('' for none). Per facet, in no order: numbers u32 [4]
// (kind: 0 boolean, 1 number, 2 string; the halves of the number's f64, little-endian; count);
// packed strings [1] (of a string).
val facets(const Collection& collection, Buffer& packed) {
  return guarded([&] {
    const auto asked = unpack_strings(packed.bytes());
    if (asked.size() != 2) throw Error(ErrorCode::kInvalidArgument, "pack a key and a filter");
    std::vector<std::uint32_t> numbers;
    std::vector<std::string_view> strings;
    for (const auto& [value, count] : collection.facets(asked[0], asked[1])) {
      std::uint32_t halves[2];
      std::memcpy(halves, &value.number, sizeof halves);
      numbers.insert(numbers.end(), {static_cast<std::uint32_t>(value.kind), halves[0], halves[1],
                                     static_cast<std::uint32_t>(count)});
      strings.push_back(value.text);
    }
    val result = val::object();
    result.set("numbers", copy_out(std::span<const std::uint32_t>(numbers)));
    result.set("strings", copy_out(std::span<const char>(pack_strings(strings))));
    return result;
  });
}

std::size_t remove(Collection& collection, Buffer& packed_ids) {
  return guarded([&] { return collection.remove(unpack_strings(packed_ids.bytes())); });
}

void clear(Collection& collection) {
  guarded([&] { collection.clear(); });
}

std::size_t size(const Collection& collection) { return collection.size(); }

// tier: 1 static, 2 contextual.
std::size_t pending_count(const Collection& collection, int tier) {
  return collection.pending_count(static_cast<engine::Tier>(tier));
}

}  // namespace

EMSCRIPTEN_BINDINGS(mayfly_collection) {
  emscripten::class_<Collection>("Collection")
      .smart_ptr_constructor("Collection", &make_collection)
      .function("setModel", &set_model)
      .function("search", &search, emscripten::allow_raw_pointers())
      .function("facets", &facets)
      .function("remove", &remove)
      .function("clear", &clear)
      .function("size", &size)
      .function("pendingCount", &pending_count);
}

}  // namespace mayfly::bindings
