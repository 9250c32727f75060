// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "index/hnsw_index.h"
#include "index/random_numbers.h"

namespace mayfly::index {
namespace {

constexpr std::size_t kHighestLevel = 15;

}  // namespace

// Level l with probability m^-l (1 - 1 / m), by integers only: logarithms differ between machines.
std::size_t HnswIndex::draw_level() {
  std::uint64_t random = next_random(random_);
  std::size_t level = 0;
  for (; level < kHighestLevel && random % options_.m == 0; random /= options_.m) ++level;
  return level;
}

// Nearest to `base` first.
std::vector<ScoredRow> HnswIndex::scored(std::uint32_t base, const Rows& rows) const {
  std::vector<float> scores(rows.size());
  QueryVector(rows_, rows_[base]).coarse_scores(rows.data(), rows.size(), scores.data());
  std::vector<ScoredRow> result;
  for (std::size_t i = 0; i < rows.size(); ++i) result.push_back({scores[i], rows[i]});
  std::sort(result.begin(), result.end(), [](const ScoredRow& a, const ScoredRow& b) {
    return a.score > b.score || (a.score == b.score && a.row < b.row);
  });
  return result;
}

// The paper's heuristic: of the candidates, nearest first, those that are nearer to the base than
// to any one already chosen, so that links lead into all directions. `chosen` begins with rows that
// are chosen whatever the heuristic says.
HnswIndex::Rows HnswIndex::select(std::vector<ScoredRow> candidates, std::size_t limit,
                                  Rows chosen) const {
  Rows rows;
  std::vector<float> scores(candidates.size());
  const auto leave_out_nearer_to = [&](std::uint32_t rival) {
    rows.clear();
    for (const ScoredRow& candidate : candidates) rows.push_back(candidate.row);
    QueryVector(rows_, rows_[rival]).coarse_scores(rows.data(), rows.size(), scores.data());
    std::size_t kept = 0;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      const ScoredRow candidate = candidates[i];
      if (candidate.row != rival && !(scores[i] > candidate.score)) candidates[kept++] = candidate;
    }
    candidates.resize(kept);
  };
  for (const std::uint32_t row : chosen) leave_out_nearer_to(row);
  while (chosen.size() < limit && !candidates.empty()) {
    chosen.push_back(candidates.front().row);
    leave_out_nearer_to(chosen.back());
  }
  return chosen;
}

// A full row makes place for another by choosing anew.
void HnswIndex::shrink(std::uint32_t row, std::uint32_t added, std::size_t layer) {
  const auto neighbours = graph_.neighbours(row, layer);
  Rows all(neighbours.begin(), neighbours.end());
  Rows kept;
  for (const std::uint32_t neighbour : all) {
    if (layer == 0 && in_tree(row, neighbour)) kept.push_back(neighbour);
  }
  all.push_back(added);
  kept = select(scored(row, all), graph_.capacity(layer), std::move(kept));
  all.pop_back();
  const auto is_kept = [&](std::uint32_t neighbour) {
    return std::find(kept.begin(), kept.end(), neighbour) != kept.end();
  };
  for (const std::uint32_t neighbour : all) {
    if (!is_kept(neighbour)) graph_.unlink(row, neighbour, layer);
  }
  if (is_kept(added) && !graph_.full(row, layer)) graph_.link(row, added, layer);
}

void HnswIndex::connect(std::uint32_t row, const Rows& chosen, std::size_t layer) {
  for (const std::uint32_t neighbour : chosen) {
    if (graph_.full(neighbour, layer)) {
      shrink(neighbour, row, layer);
    } else {
      graph_.link(row, neighbour, layer);
    }
  }
}

// Where the heuristic leaves links unused, the nearest rows get them: for the same recall a search
// then has to keep a third fewer rows in view.
void HnswIndex::fill_up(Rows& chosen, const HnswBeam& beam, std::size_t limit) {
  for (const ScoredRow& near : beam.rows()) {
    if (chosen.size() >= limit) break;
    if (std::find(chosen.begin(), chosen.end(), near.row) == chosen.end()) {
      chosen.push_back(near.row);
    }
  }
}

// The row must have no links.
void HnswIndex::attach(std::uint32_t row) {
  const std::size_t level = graph_.level(row);
  if (entry_ == HnswGraph::kNone) {
    entry_ = row;
    return;
  }
  const QueryVector query(rows_, rows_[row]);
  HnswBeam beam = enter(query, level);
  beam.widen(options_.ef_construction);
  for (std::size_t layer = std::min(level, graph_.level(entry_));; --layer) {
    expand(query, layer, beam);
    Rows chosen = select({beam.rows().begin(), beam.rows().end()}, options_.m);
    fill_up(chosen, beam, options_.m);
    connect(row, chosen, layer);
    if (layer == 0) {
      adopt(row, chosen);
      break;
    }
    beam.restart();
  }
  if (level > graph_.level(entry_)) entry_ = row;
}

}  // namespace mayfly::index
