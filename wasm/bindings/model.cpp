// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <iterator>
#include <memory>
#include <vector>

#include "bindings/boundary.h"
#include "bindings/buffer.h"
#include "bindings/model_handle.h"
#include "bindings/packed_strings.h"

namespace mayfly::bindings {
namespace {

using emscripten::val;

// Takes the buffer's bytes, which is empty afterwards: the model file is never there twice.
std::shared_ptr<ModelHandle> load(Buffer& file) {
  return guarded([&] {
    auto model = engine::Model::load(file.take());
    return std::make_shared<ModelHandle>(ModelHandle{std::move(model)});
  });
}

// {name, fingerprint, dim, maxTokens, isStatic}
val info(const ModelHandle& handle) {
  val result = val::object();
  result.set("name", handle.model->name());
  result.set("fingerprint", handle.model->fingerprint());
  result.set("dim", handle.model->dim());
  result.set("maxTokens", handle.model->max_tokens());
  result.set("isStatic", handle.model->is_static());
  return result;
}

// {metadata: {key: text}, tensors: [{name, dtype, shape, byteCount}]}: with the bytes of tensor(),
// all that a safetensors file of this model holds.
val describe(const ModelHandle& handle) {
  return guarded([&] {
    const model::Container& container = handle.model->container();
    val metadata = val::object();
    for (const auto& [key, text] : container.metadata()) metadata.set(key, text);
    val tensors = val::array();
    for (const auto& [name, tensor] : container.tensors()) {
      val entry = val::object();
      entry.set("name", name);
      entry.set("dtype", std::string(model::dtype_name(tensor.dtype)));
      entry.set("shape", val::array(tensor.shape));
      entry.set("byteCount", tensor.bytes.size());
      tensors.call<void>("push", entry);
    }
    val result = val::object();
    result.set("metadata", metadata);
    result.set("tensors", tensors);
    return result;
  });
}

// Uint8Array, a copy of the bytes of the tensor at that place in describe().
val tensor(const ModelHandle& handle, std::size_t place) {
  return guarded([&] {
    const auto& tensors = handle.model->container().tensors();
    if (place >= tensors.size()) {
      throw Error(ErrorCode::kInvalidArgument, "the model has no tensor at that place");
    }
    return copy_out(std::next(tensors.begin(), static_cast<std::ptrdiff_t>(place))->second.bytes);
  });
}

val encoding_to_object(const tokenizer::Tokenizer& tokenizer, const tokenizer::Encoding& encoding) {
  std::vector<std::string_view> tokens;
  std::vector<std::uint32_t> offsets;
  for (const tokenizer::TokenId id : encoding.ids) tokens.push_back(tokenizer.token(id));
  for (const tokenizer::Offset& offset : encoding.offsets) {
    offsets.push_back(offset.begin);
    offsets.push_back(offset.end);
  }
  val result = val::object();
  result.set("ids", copy_out(std::span<const std::int32_t>(encoding.ids)));
  result.set("offsets", copy_out(std::span<const std::uint32_t>(offsets)));
  result.set("tokens", copy_out(std::span<const char>(pack_strings(tokens))));
  result.set("dropped", encoding.dropped);
  return result;
}

// The first of the packed texts as the encoder would see it: {ids, tokens (packed strings), offsets
// (begin and end per token, in code points), dropped}.
val tokenize(const ModelHandle& handle, Buffer& packed_text) {
  return guarded([&] {
    const auto texts = unpack_strings(packed_text.bytes());
    if (texts.empty()) throw Error(ErrorCode::kInvalidArgument, "pass a text to tokenize");
    tokenizer::EncodeOptions options;
    options.max_length = handle.model->max_tokens();
    options.with_offsets = true;
    const tokenizer::Tokenizer& tokenizer = handle.model->tokenizer();
    return encoding_to_object(tokenizer, tokenizer.encode(texts.front(), options));
  });
}

}  // namespace

EMSCRIPTEN_BINDINGS(mayfly_model) {
  emscripten::class_<ModelHandle>("Model")
      .smart_ptr<std::shared_ptr<ModelHandle>>("Model")
      .class_function("load", &load)
      .function("info", &info)
      .function("describe", &describe)
      .function("tensor", &tensor)
      .function("tokenize", &tokenize);
}

}  // namespace mayfly::bindings
