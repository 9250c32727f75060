// SPDX-License-Identifier: Apache-2.0
#include "lexical/postings.h"

#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <vector>

using mayfly::lexical::BytePool;
using mayfly::lexical::FieldCounts;
using mayfly::lexical::for_each_posting;
using mayfly::lexical::Posting;
using mayfly::lexical::PostingList;

namespace {

using Oracle = std::map<std::uint32_t, FieldCounts>;

Oracle contents(const BytePool& pool, const PostingList& list) {
  Oracle found;
  std::uint32_t before = 0;
  for_each_posting(pool, list, [&](const Posting& posting) {
    if (!found.empty() && posting.slot <= before) FAIL("not ascending");
    before = posting.slot;
    found[posting.slot] = posting.counts;
  });
  return found;
}

}  // namespace

TEST_CASE("posting lists of one pool keep their own documents through random changes",
          "[lexical]") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 engine(seed);
  const auto random = [&engine] { return static_cast<std::uint32_t>(engine()); };
  BytePool pool;
  std::vector<PostingList> lists(20);
  std::vector<Oracle> oracles(lists.size());
  for (int step = 0; step < 20000; ++step) {
    const std::size_t i = random() % lists.size();
    const bool far = random() % 50 == 0;
    const std::uint32_t slot = random() % (far ? mayfly::lexical::kMaxSlots : 300u);
    if (oracles[i].erase(slot) != 0) {
      remove_posting(pool, lists[i], slot);
    } else {
      FieldCounts counts{random() % 3, random() % 2, random() % 4 == 0 ? random() : random() % 3};
      if (counts == FieldCounts{}) counts[2] = 1;
      add_posting(pool, lists[i], {slot, counts});
      oracles[i][slot] = counts;
    }
    REQUIRE(lists[i].document_count == oracles[i].size());
    if (step % 100 == 0) {
      for (std::size_t j = 0; j < lists.size(); ++j) {
        REQUIRE(contents(pool, lists[j]) == oracles[j]);
      }
    }
  }
}

TEST_CASE("a document that has a word once costs about a byte", "[lexical]") {
  BytePool pool;
  PostingList list;
  for (std::uint32_t slot = 0; slot < 1000; ++slot) add_posting(pool, list, {slot, {0, 0, 1}});
  CHECK(list.bytes.byte_count == 1000);
}
