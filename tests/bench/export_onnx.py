# SPDX-License-Identifier: Apache-2.0
"""Writes the ONNX files that peers and the fp32 reference run: python export_onnx.py MODEL_DIR OUT_DIR

Reads   MODEL_DIR/{config.json,model.safetensors,tokenizer.json}: a Hugging Face BERT, here all-MiniLM-L6-v2
Writes  OUT_DIR/onnx/model.onnx            fp32, the BERT graph written node by node
        OUT_DIR/onnx/model_quantized.onnx  int8: onnxruntime's quantize_dynamic of it
                                           (DynamicQuantizeLinear + MatMulInteger, per channel)
        OUT_DIR/{config.json,tokenizer.json,tokenizer_config.json}
                                           no padding, truncation at 256 as sentence-transformers does

No package ships a real int8 file of this model, so the bench makes one in the way that the peers'
own documentation gives. Needs numpy, onnx and, for the int8 file, onnxruntime.
"""
import json
import pathlib
import shutil
import struct
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

MAX_TOKENS = 256  # sentence_bert_config.json: max_seq_length


def read_safetensors(path):
    """Every float tensor of the file as a NumPy view, by name."""
    blob = pathlib.Path(path).read_bytes()
    header_size = struct.unpack("<Q", blob[:8])[0]
    header = json.loads(blob[8 : 8 + header_size])
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__" or entry["dtype"] != "F32":
            continue  # embeddings.position_ids (I64) counts 0, 1, 2, ...; the graph makes its own
        begin, end = (8 + header_size + offset for offset in entry["data_offsets"])
        tensors[name] = np.frombuffer(blob[begin:end], dtype=np.float32).reshape(entry["shape"])
    return tensors


class BertGraph:
    """Collects nodes and constants of the graph; each method returns the name of its output."""

    def __init__(self, weights, config):
        self.weights = weights
        self.hidden = config["hidden_size"]
        self.heads = config["num_attention_heads"]
        self.layers = config["num_hidden_layers"]
        self.epsilon = config["layer_norm_eps"]
        self.nodes, self.constants = [], {}

    def const(self, name, value, dtype=np.float32):
        if name not in self.constants:
            array = np.ascontiguousarray(np.asarray(value, dtype=dtype))
            self.constants[name] = numpy_helper.from_array(array, name)
        return name

    def op(self, kind, inputs, output, **attributes):
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, **attributes))
        return output

    def weight(self, name):
        return self.const(name, self.weights[name])

    def linear(self, x, prefix, output):
        transposed = self.const(prefix + ".weight_t", self.weights[prefix + ".weight"].T)
        product = self.op("MatMul", [x, transposed], output + "_product")
        return self.op("Add", [product, self.weight(prefix + ".bias")], output)

    def layer_norm(self, x, prefix, output):
        inputs = [x, self.weight(prefix + ".weight"), self.weight(prefix + ".bias")]
        return self.op("LayerNormalization", inputs, output, axis=-1, epsilon=self.epsilon)

    def embeddings(self):
        word_table = self.weight("embeddings.word_embeddings.weight")
        type_table = self.weight("embeddings.token_type_embeddings.weight")
        word = self.op("Gather", [word_table, "input_ids"], "word")
        kind = self.op("Gather", [type_table, "token_type_ids"], "kind")
        # Position ids as CumSum(ones) - 1 keep the symbolic shape (batch, sequence), which
        # onnxruntime's fusions want to see.
        zero = self.const("zero", 0, np.int64)
        one = self.const("one", 1, np.int64)
        ones = self.op("Add", [self.op("Mul", ["input_ids", zero], "zeros"), one], "ones")
        count = self.op("CumSum", [ones, self.const("axis_1", 1, np.int64)], "count")
        ids = self.op("Sub", [count, one], "position_ids")
        table = self.weight("embeddings.position_embeddings.weight")
        position = self.op("Gather", [table, ids], "position")
        total = self.op("Add", [self.op("Add", [word, kind], "word_kind"), position], "total")
        return self.layer_norm(total, "embeddings.LayerNorm", "embedded")

    def mask(self):
        """0 where a token is, -10000 where padding is; shape [batch, 1, 1, sequence]."""
        m = self.op("Unsqueeze", ["attention_mask", self.const("axes_1", [1], np.int64)], "mask3")
        m = self.op("Unsqueeze", [m, self.const("axes_2", [2], np.int64)], "mask4")
        m = self.op("Cast", [m], "mask_float", to=TensorProto.FLOAT)
        m = self.op("Sub", [self.const("one_float", 1.0), m], "mask_inverse")
        return self.op("Mul", [m, self.const("minus_many", -10000.0)], "mask_added")

    def attention(self, x, mask, prefix, tag):
        width = self.hidden // self.heads
        split = self.const("split_shape", [0, 0, self.heads, width], np.int64)
        merge = self.const("merge_shape", [0, 0, self.hidden], np.int64)

        def by_head(part, order):
            flat = self.linear(x, f"{prefix}attention.self.{part}", tag + part)
            split_heads = self.op("Reshape", [flat, split], tag + part + "_split")
            return self.op("Transpose", [split_heads], tag + part + "_heads", perm=order)

        query = by_head("query", [0, 2, 1, 3])
        key = by_head("key", [0, 2, 3, 1])
        value = by_head("value", [0, 2, 1, 3])
        scores = self.op("MatMul", [query, key], tag + "scores")
        root = self.const("root_width", np.sqrt(width))
        scores = self.op("Add", [self.op("Div", [scores, root], tag + "scaled"), mask], tag + "masked")
        shares = self.op("Softmax", [scores], tag + "shares", axis=-1)
        context = self.op("MatMul", [shares, value], tag + "context_heads")
        context = self.op("Transpose", [context], tag + "context_split", perm=[0, 2, 1, 3])
        context = self.op("Reshape", [context, merge], tag + "context")
        projected = self.linear(context, prefix + "attention.output.dense", tag + "projected")
        total = self.op("Add", [projected, x], tag + "attention_total")
        return self.layer_norm(total, prefix + "attention.output.LayerNorm", tag + "attended")

    def feed_forward(self, x, prefix, tag, output):
        """GELU in its exact form, x / 2 * (1 + erf(x / sqrt(2)))."""
        inner = self.linear(x, prefix + "intermediate.dense", tag + "inner")
        scaled = self.op("Div", [inner, self.const("root_2", np.sqrt(2.0))], tag + "inner_scaled")
        erf = self.op("Erf", [scaled], tag + "erf")
        shifted = self.op("Add", [erf, self.const("one_float", 1.0)], tag + "erf_shifted")
        doubled = self.op("Mul", [inner, shifted], tag + "gelu_doubled")
        gelu = self.op("Mul", [doubled, self.const("half", 0.5)], tag + "gelu")
        outer = self.linear(gelu, prefix + "output.dense", tag + "outer")
        total = self.op("Add", [outer, x], tag + "feed_forward_total")
        return self.layer_norm(total, prefix + "output.LayerNorm", output)

    def build(self):
        x, mask = self.embeddings(), self.mask()
        for i in range(self.layers):
            prefix, tag = f"encoder.layer.{i}.", f"l{i}_"
            x = self.attention(x, mask, prefix, tag)
            last = i == self.layers - 1
            x = self.feed_forward(x, prefix, tag, "last_hidden_state" if last else tag + "out")

        def info(name, kind, *last_axis):
            return helper.make_tensor_value_info(name, kind, ["batch", "sequence", *last_axis])

        names = ("input_ids", "attention_mask", "token_type_ids")
        inputs = [info(name, TensorProto.INT64) for name in names]
        outputs = [info("last_hidden_state", TensorProto.FLOAT, self.hidden)]
        constants = list(self.constants.values())
        graph = helper.make_graph(self.nodes, "bert", inputs, outputs, constants)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
        model.ir_version = 8
        onnx.checker.check_model(model)
        return model


def export_fp32(model_dir, path):
    model_dir, path = pathlib.Path(model_dir), pathlib.Path(path)
    config = json.loads((model_dir / "config.json").read_text())
    weights = read_safetensors(model_dir / "model.safetensors")
    path.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(BertGraph(weights, config).build(), str(path))


def export_int8(fp32_path, path):
    from onnxruntime.quantization import QuantType, quantize_dynamic

    options = {"EnableSubgraph": False, "MatMulConstBOnly": True}
    quantize_dynamic(fp32_path, path, weight_type=QuantType.QInt8, per_channel=True,
                     reduce_range=False, extra_options=options)


def export_tokenizer(model_dir, out_dir):
    """The shipped tokenizer.json pads to 128 and cuts at 128; the model's own limit is 256."""
    spec = json.loads((model_dir / "tokenizer.json").read_text())
    spec["padding"] = None
    spec["truncation"] = {"max_length": MAX_TOKENS, "strategy": "LongestFirst", "stride": 0,
                          "direction": "Right"}
    text = json.dumps(spec, ensure_ascii=False, separators=(",", ":"))
    (out_dir / "tokenizer.json").write_text(text)
    settings = {"tokenizer_class": "BertTokenizer", "do_lower_case": True, "model_max_length": MAX_TOKENS,
                "unk_token": "[UNK]", "sep_token": "[SEP]", "pad_token": "[PAD]", "cls_token": "[CLS]",
                "mask_token": "[MASK]"}
    (out_dir / "tokenizer_config.json").write_text(json.dumps(settings))


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: export_onnx.py MODEL_DIR OUT_DIR")
    model_dir, out_dir = map(pathlib.Path, sys.argv[1:])
    fp32, int8 = out_dir / "onnx" / "model.onnx", out_dir / "onnx" / "model_quantized.onnx"
    export_fp32(model_dir, fp32)
    export_int8(fp32, int8)
    shutil.copy(model_dir / "config.json", out_dir)
    export_tokenizer(model_dir, out_dir)
    for path in (fp32, int8):
        print(f"{path}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
