// SPDX-License-Identifier: Apache-2.0
#include "unit/base/block_recorder.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <map>
#include <new>

namespace {

struct Record {
  std::map<void*, std::size_t> live;  // block -> bytes
  std::size_t freed = 0, freed_dirty = 0;
};
Record* current = nullptr;

void note_freed(void* block) {
  if (current == nullptr) return;
  const auto found = current->live.find(block);
  if (found == current->live.end()) return;
  const char* bytes = static_cast<const char*>(block);
  const bool dirty = std::any_of(bytes, bytes + found->second, [](char byte) { return byte != 0; });
  ++current->freed;
  current->freed_dirty += dirty ? 1 : 0;
  current->live.erase(found);
}

}  // namespace

void* operator new(std::size_t byte_count, std::align_val_t alignment) {
  const auto step = static_cast<std::size_t>(alignment);
  // aligned_alloc wants a multiple of the alignment. Filled, because fresh memory is often zero.
  const std::size_t rounded = (std::max<std::size_t>(byte_count, 1) + step - 1) / step * step;
  void* block = std::aligned_alloc(step, rounded);
  if (block == nullptr) throw std::bad_alloc();
  if (current != nullptr) {
    std::memset(block, 0xA5, rounded);
    current->live[block] = byte_count;
  }
  return block;
}

void operator delete(void* block, std::align_val_t) noexcept {
  note_freed(block);
  std::free(block);
}

void operator delete(void* block, std::size_t, std::align_val_t) noexcept {
  note_freed(block);
  std::free(block);
}

namespace mayfly::testing {

BlockRecorder::BlockRecorder() { current = new Record; }

BlockRecorder::~BlockRecorder() {
  delete current;
  current = nullptr;
}

std::size_t BlockRecorder::live() const { return current->live.size(); }
std::size_t BlockRecorder::freed() const { return current->freed; }
std::size_t BlockRecorder::freed_dirty() const { return current->freed_dirty; }

bool BlockRecorder::holds(std::string_view bytes) const {
  return std::any_of(current->live.begin(), current->live.end(), [&](const auto& block) {
    const std::string_view content(static_cast<const char*>(block.first), block.second);
    return content.find(bytes) != std::string_view::npos;
  });
}

}  // namespace mayfly::testing
