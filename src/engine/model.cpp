// SPDX-License-Identifier: Apache-2.0
#include "engine/model.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "encoder/static_encoder.h"
#include "engine/sentence_settings.h"
#include "model/container.h"

namespace mayfly::engine {
namespace {

constexpr std::string_view kFormatVersion = "1";

void check_format(const model::Container& container) {
  const std::string& version = container.metadata_value("mayfly.format");
  if (version != kFormatVersion) {
    throw Error(ErrorCode::kUnsupportedModel,
                "the model file has format \"" + version.substr(0, 20) +
                    "\", this version reads \"1\"; convert the model with the same version");
  }
}

std::string checked_fingerprint(const model::Container& container) {
  const std::string& fingerprint = container.metadata_value("fingerprint");
  const bool is_sha256 = fingerprint.size() == 64 &&
                         fingerprint.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (!is_sha256) {
    throw Error(ErrorCode::kInvalidModel,
                "the model's fingerprint is not 64 hexadecimal digits; convert the model again");
  }
  return fingerprint;
}

std::unique_ptr<tokenizer::Tokenizer> load_tokenizer(const model::Container& container) {
  const model::Tensor& vocabulary = container.tensor("tokenizer.vocab");
  if (vocabulary.dtype != model::DType::kU8) {
    throw Error(ErrorCode::kInvalidModel,
                "the model's vocabulary is not of type U8; convert the model again");
  }
  return tokenizer::make_tokenizer(container.metadata_value("tokenizer"), vocabulary.bytes);
}

using SharedContainer = std::shared_ptr<const model::Container>;
using EncoderPointer = std::unique_ptr<encoder::SentenceEncoder>;

template <typename Encoder>
EncoderPointer make_encoder(const SharedContainer& container) {
  return std::make_unique<Encoder>(container);
}

// What the metadata "kind" may say; a file without it holds a transformer.
struct EncoderKind {
  std::string_view name;
  EncoderPointer (*make)(const SharedContainer&);
};
constexpr EncoderKind kEncoderKinds[] = {{"transformer", &make_encoder<encoder::Encoder>},
                                         {"static", &make_encoder<encoder::StaticEncoder>}};

EncoderPointer load_encoder(const SharedContainer& container) {
  const auto kind = container->metadata().find("kind");
  if (kind == container->metadata().end()) return kEncoderKinds[0].make(container);
  for (const EncoderKind& known : kEncoderKinds) {
    if (known.name == kind->second) return known.make(container);
  }
  throw Error(ErrorCode::kUnsupportedModel,
              "the model is of the kind \"" + kind->second.substr(0, 20) +
                  "\"; this version reads \"transformer\" and \"static\"");
}

// The parts are sound by themselves; here: that they belong together.
void check_agreement(const tokenizer::Tokenizer& tokenizer, const encoder::SentenceEncoder& encoder,
                     std::size_t max_tokens) {
  if (tokenizer.vocabulary_size() > encoder.vocabulary_size()) {
    throw Error(ErrorCode::kTokenOutOfRange,
                "the tokenizer names " + std::to_string(tokenizer.vocabulary_size()) +
                    " tokens, the embedding table has " +
                    std::to_string(encoder.vocabulary_size()) +
                    " rows; tokenizer and weights must come from one model");
  }
  const std::size_t template_tokens = tokenizer.encode("", {}).ids.size();
  if (max_tokens > encoder.max_positions() || max_tokens <= template_tokens) {
    throw Error(ErrorCode::kInvalidModel,
                "the model's token limit is " + std::to_string(max_tokens) +
                    ", it must be more than the " + std::to_string(template_tokens) +
                    " template tokens and at most the " + std::to_string(encoder.max_positions()) +
                    " positions; convert the model again");
  }
  if (template_tokens == 0) {
    // An empty text would have no token, and so no vector.
    throw Error(ErrorCode::kUnsupportedModel,
                "the tokenizer puts no token around a text; use a model whose template does");
  }
}

}  // namespace

std::shared_ptr<const Model> Model::load(SecureVector<char> file) {
  // The layers' matrices are read once, when they are packed.
  const auto container =
      std::make_shared<const model::Container>(std::move(file), model::kLayerTensors);
  check_format(*container);
  const SentenceSettings settings = parse_sentence_settings(container->metadata_value("sentence"));
  const std::shared_ptr<Model> model(new Model());
  model->container_ = container;
  model->fingerprint_ = checked_fingerprint(*container);
  model->name_ = container->metadata_value("name");
  model->tokenizer_ = load_tokenizer(*container);
  model->encoder_ = load_encoder(container);
  const auto kind = container->metadata().find("kind");
  model->is_static_ = kind != container->metadata().end() && kind->second == "static";
  check_agreement(*model->tokenizer_, *model->encoder_, settings.max_tokens);
  model->max_tokens_ = settings.max_tokens;
  return model;
}

const encoder::Encoder& Model::encoder() const {
  const auto* transformer = dynamic_cast<const encoder::Encoder*>(encoder_.get());
  if (transformer == nullptr) {
    throw Error(ErrorCode::kUnsupportedModel,
                "\"" + name_ + "\" has no transformer; use the model that it was made from");
  }
  return *transformer;
}

}  // namespace mayfly::engine
