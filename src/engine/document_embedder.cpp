// SPDX-License-Identifier: Apache-2.0
#include "engine/document_embedder.h"

#include <utility>

#include "engine/document_passages.h"

namespace mayfly::engine {

std::uint32_t content_hash(const DocumentView& document) {
  std::uint32_t hash = 2166136261u;
  for (const std::string_view part : {document.title, document.headings, document.text}) {
    for (const char byte : part) hash = (hash ^ static_cast<std::uint8_t>(byte)) * 16777619u;
    hash = (hash ^ 0xFFu) * 16777619u;  // no byte of UTF-8: keeps the parts apart
  }
  return hash;
}

DocumentEmbedder::DocumentEmbedder(std::shared_ptr<const Model> model,
                                   std::span<const DocumentView> documents, Sink sink,
                                   std::size_t max_tokens)
    : sink_(std::move(sink)),
      passages_(
          model, cut(*model, documents), tokenizer::SpecialTokens::kText,
          [this](const TextEmbedder::Result& passage) { keep(passage); }, max_tokens) {}

std::vector<std::string_view> DocumentEmbedder::cut(const Model& model,
                                                    std::span<const DocumentView> documents) {
  std::vector<std::size_t> byte_ends;
  for (const DocumentView& document : documents) {
    append_document_passages(model.tokenizer(), document, {}, bytes_, byte_ends);
    ends_.push_back(byte_ends.size());
  }
  std::vector<std::string_view> passages;
  std::size_t begin = 0;
  for (const std::size_t end : byte_ends) {
    passages.emplace_back(bytes_.data() + begin, end - begin);
    begin = end;
  }
  return passages;
}

void DocumentEmbedder::keep(const TextEmbedder::Result& passage) {
  const std::size_t before = vectors_.size(), dropped = dropped_ + passage.dropped;
  vectors_.insert(vectors_.end(), passage.vector.begin(), passage.vector.end());
  if (passage.text + 1 < ends_[completed_]) {
    dropped_ = dropped;
    return;
  }
  try {
    sink_({completed_, vectors_, dropped});
  } catch (...) {
    vectors_.resize(before);  // this passage comes again
    throw;
  }
  ++completed_;
  vectors_.clear();
  dropped_ = 0;
}

bool DocumentEmbedder::step(double budget_ms) { return passages_.step(budget_ms); }

}  // namespace mayfly::engine
