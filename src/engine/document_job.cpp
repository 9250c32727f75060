// SPDX-License-Identifier: Apache-2.0
#include "engine/document_job.h"

namespace mayfly::engine {

DocumentJob::DocumentJob(std::shared_ptr<const Model> model,
                         std::span<const DocumentView> documents)
    : embedder_(model, documents, [this, model](const DocumentEmbedder::Result& result) {
        vectors_.insert(vectors_.end(), result.vectors.begin(), result.vectors.end());
        passages_.push_back(static_cast<std::uint32_t>(result.vectors.size() / model->dim()));
        dropped_.push_back(static_cast<std::uint32_t>(result.dropped));
      }) {
  for (const DocumentView& document : documents) hashes_.push_back(content_hash(document));
}

}  // namespace mayfly::engine
