// SPDX-License-Identifier: Apache-2.0
#include "engine/calibrate.h"

#include <cmath>
#include <string>
#include <utility>

#include "engine/calibration_sequences.h"
#include "engine/float_transformer.h"
#include "engine/layer_fit.h"
#include "engine/sentence_settings.h"
#include "model/bert_config.h"
#include "model/float_matrix.h"
#include "model/float_tensors.h"
#include "model/quantize_tables.h"
#include "tokenizer/tokenizer.h"

namespace mayfly::engine {
namespace {

struct States {
  std::vector<float> exact, quantized;  // [tokens, dim]
};

class EncoderQuantizer {
 public:
  EncoderQuantizer(const model::ConvertInput& input, const model::Profile& profile,
                   const std::function<void(std::size_t)>& done)
      : config_(model::parse_bert_config(input.config_json)),
        container_(input.weights),
        source_(container_),
        profile_(profile),
        done_(done) {}

  model::QuantizedEncoder run(const std::vector<std::vector<std::int32_t>>& sequences) {
    for (const auto& sequence : sequences) {
      lengths_.push_back(sequence.size());
      token_weights_.insert(token_weights_.end(), sequence.size(),
                            1.0F / std::sqrt(static_cast<float>(sequence.size())));
    }
    result_.tables = model::quantize_tables(source_, config_, profile_);
    States x = embed(sequences);
    done_(4);
    for (std::size_t layer = 0; layer < config_.layers; ++layer) {
      x = run_layer("encoder.layer." + std::to_string(layer) + ".", std::move(x));
      done_(96 / config_.layers);
    }
    return std::move(result_);
  }

 private:
  std::vector<float> vector(const std::string& name) const {
    return source_.read(name, {config_.dim});
  }

  void normalise(const std::string& name, States& x) const {
    const std::vector<float> gamma = vector(name + ".weight"), beta = vector(name + ".bias");
    layer_norm(x.exact, gamma, beta, config_.layer_norm_epsilon);
    layer_norm(x.quantized, gamma, beta, config_.layer_norm_epsilon);
  }

  States embed(const std::vector<std::vector<std::int32_t>>& sequences) const {
    const std::size_t dim = config_.dim;
    const std::string words = "embeddings.word_embeddings.weight";
    const std::string places = "embeddings.position_and_type_embeddings.weight";
    const std::vector<float> word_values = source_.read(words, {config_.vocabulary_size, dim});
    const std::vector<float> place_values = model::position_and_type_table(source_, config_);
    const model::Int8Matrix& word_codes = result_.tables.at(words);
    const model::Int8Matrix& place_codes = result_.tables.at(places);
    States x;
    for (const auto& sequence : sequences) {
      for (std::size_t position = 0; position < sequence.size(); ++position) {
        const std::size_t word = static_cast<std::size_t>(sequence[position]);
        for (std::size_t i = 0; i < dim; ++i) {
          const std::size_t w = word * dim + i, p = position * dim + i;
          x.exact.push_back(word_values.at(w) + place_values.at(p));
          x.quantized.push_back(static_cast<float>(word_codes.values[w]) * word_codes.scales[word] +
                                static_cast<float>(place_codes.values[p]) *
                                    place_codes.scales[position]);
        }
      }
    }
    normalise("embeddings.LayerNorm", x);
    return x;
  }

  FloatLayer read_layer(const std::vector<std::string>& names, std::size_t out,
                        std::size_t in) const {
    FloatLayer layer{{}, {}, names.size() * out, in};
    for (const std::string& name : names) {
      const auto weights = source_.read(name + ".weight", {out, in});
      const auto bias = source_.read(name + ".bias", {out});
      layer.weights.insert(layer.weights.end(), weights.begin(), weights.end());
      layer.bias.insert(layer.bias.end(), bias.begin(), bias.end());
    }
    return layer;
  }

  // Quantizes the layers `names`, which share their input x, and returns their outputs. factors:
  // the name under which the encoder finds the inputs' factors; empty: it takes inputs as they are.
  std::vector<States> dense(const std::vector<std::string>& names, const std::string& factors,
                            std::size_t out, std::size_t in, const States& x) {
    const FloatLayer layer = read_layer(names, out, in);
    FittedLayer fitted =
        fit_layer(layer, {x.exact, x.quantized, token_weights_}, profile_, !factors.empty());
    const std::size_t tokens = token_weights_.size();
    const std::vector<float> exact =
        model::multiply_by_transposed(x.exact, layer.weights, layer.bias, tokens, layer.out, in);
    if (!factors.empty()) result_.input_factors[factors] = std::move(fitted.factors);
    std::vector<States> outputs;
    for (std::size_t part = 0; part < names.size(); ++part) {
      result_.layers[names[part]] = part_of(fitted.layer, part * out, out, in);
      outputs.push_back({columns(exact, part * out, out, layer.out),
                         columns(fitted.outputs, part * out, out, layer.out)});
    }
    return outputs;
  }

  static model::QuantizedLayer part_of(const model::QuantizedLayer& layer, std::size_t first,
                                       std::size_t out, std::size_t in) {
    const auto cut = [](const auto& values, std::size_t from, std::size_t count) {
      const auto begin = values.begin() + static_cast<std::ptrdiff_t>(from);
      return std::decay_t<decltype(values)>(begin, begin + static_cast<std::ptrdiff_t>(count));
    };
    return {
        {cut(layer.weights.values, first * in, out * in), cut(layer.weights.scales, first, out)},
        cut(layer.bias, first, out)};
  }

  static std::vector<float> columns(const std::vector<float>& x, std::size_t first,
                                    std::size_t count, std::size_t width) {
    std::vector<float> result;
    result.reserve(x.size() / width * count);
    for (std::size_t row = 0; row < x.size(); row += width) {
      const auto begin = x.begin() + static_cast<std::ptrdiff_t>(row + first);
      result.insert(result.end(), begin, begin + static_cast<std::ptrdiff_t>(count));
    }
    return result;
  }

  static void add(const States& y, States& x) {
    for (std::size_t i = 0; i < x.exact.size(); ++i) x.exact[i] += y.exact[i];
    for (std::size_t i = 0; i < x.quantized.size(); ++i) x.quantized[i] += y.quantized[i];
  }

  States run_layer(const std::string& p, States x) {
    const std::size_t dim = config_.dim, inner = config_.feed_forward;
    const std::string self = p + "attention.self";
    const auto qkv = dense({self + ".query", self + ".key", self + ".value"}, self, dim, dim, x);
    const States context{
        attention(qkv[0].exact, qkv[1].exact, qkv[2].exact, lengths_, dim, config_.heads),
        attention(qkv[0].quantized, qkv[1].quantized, qkv[2].quantized, lengths_, dim,
                  config_.heads)};
    add(dense({p + "attention.output.dense"}, "", dim, dim, context).front(), x);
    normalise(p + "attention.output.LayerNorm", x);
    const std::string intermediate = p + "intermediate.dense";
    States hidden = dense({intermediate}, intermediate, inner, dim, x).front();
    gelu(hidden.exact);
    gelu(hidden.quantized);
    add(dense({p + "output.dense"}, "", dim, inner, hidden).front(), x);
    normalise(p + "output.LayerNorm", x);
    return x;
  }

  const model::BertConfig config_;
  const model::Container container_;
  const model::FloatTensors source_;
  const model::Profile& profile_;
  const std::function<void(std::size_t)>& done_;
  std::vector<std::size_t> lengths_;
  std::vector<float> token_weights_;
  model::QuantizedEncoder result_;
};

}  // namespace

model::QuantizedEncoder quantize_encoder(const model::ConvertInput& input,
                                         const model::Profile& profile,
                                         std::span<const std::string_view> texts,
                                         const std::function<void(std::size_t)>& done) {
  const auto tokenizer = tokenizer::make_tokenizer(input.tokenizer_spec, input.vocabulary);
  const std::size_t max_tokens = parse_sentence_settings(input.sentence_json).max_tokens;
  EncoderQuantizer quantizer(input, profile, done);
  return quantizer.run(calibration_sequences(*tokenizer, texts, max_tokens));
}

}  // namespace mayfly::engine
