# SPDX-License-Identifier: Apache-2.0
"""The fp32 model's own figures, which `./dev eval` compares Mayfly with; written once to results/fp32.json.

python reference_fp32.py MODEL_DIR [OUT_JSON]      needs numpy, onnx, onnxruntime, tokenizers

Nothing of Mayfly takes part: ids come from Hugging Face `tokenizers`, vectors from onnxruntime on the
fp32 graph that tests/bench/export_onnx.py writes, figures from the definitions below. As in
sentence-transformers: 256 tokens at most, mean over all tokens, divided by the L2 norm. A document is
title + " " + text, one vector each. Documents are ranked by cosine alone; ties keep corpus order.
"""
import json
import math
import pathlib
import sys
import tempfile
import time

import numpy as np
import onnxruntime
import tokenizers

import collection_files

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "bench"))
import export_onnx  # noqa: E402  (needs the path above)


class Fp32Model:
    def __init__(self, model_dir):
        self.tokenizer = tokenizers.Tokenizer.from_file(str(model_dir / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(export_onnx.MAX_TOKENS)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "model.onnx"
            export_onnx.export_fp32(model_dir, path)
            self.session = onnxruntime.InferenceSession(str(path), options)

    def embed(self, texts, what):
        """f32 [len(texts), dim], rows of unit length. One text per run: nothing is padded."""
        vectors, begin = [], time.monotonic()
        for number, text in enumerate(texts, 1):
            ids = np.array([self.tokenizer.encode(text).ids], dtype=np.int64)
            inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids),
                      "token_type_ids": np.zeros_like(ids)}
            mean = self.session.run(None, inputs)[0][0].mean(axis=0)
            vectors.append(mean / np.linalg.norm(mean))
            if number % 500 == 0 or number == len(texts):
                seconds = time.monotonic() - begin
                print(f"{what}: {number} of {len(texts)}, {seconds:.0f} s", file=sys.stderr)
        return np.stack(vectors)


def retrieval_figures(ranked, qrels, queries):
    """Means over queries. `ranked`: for each query the ids of its best 100 documents, best first."""
    totals = {"ndcg@10": 0.0, "recall@10": 0.0, "recall@100": 0.0, "mrr@10": 0.0}
    for query, documents in zip(queries, ranked):
        gains = qrels[query]
        found = [gains.get(document, 0.0) for document in documents]
        ideal = sorted(gains.values(), reverse=True)
        totals["ndcg@10"] += discounted(found[:10]) / discounted(ideal[:10])
        totals["recall@10"] += sum(gain > 0 for gain in found[:10]) / len(gains)
        totals["recall@100"] += sum(gain > 0 for gain in found[:100]) / len(gains)
        totals["mrr@10"] += next((1 / rank for rank, gain in enumerate(found[:10], 1) if gain), 0.0)
    return {name: total / len(queries) for name, total in totals.items()} | {"queries": len(queries)}


def discounted(gains):
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))


def evaluate_retrieval(model, name):
    qrels = collection_files.read_qrels(name)
    corpus = collection_files.read_json_lines(name, "corpus.jsonl")
    queries = [q for q in collection_files.read_json_lines(name, "queries.jsonl") if q["id"] in qrels]
    texts = [(document["title"] + " " + document["text"]).strip() for document in corpus]
    documents = model.embed(texts, name + " documents")
    scores = model.embed([q["text"] for q in queries], name + " queries") @ documents.T
    order = np.argsort(-scores, axis=1, kind="stable")[:, :100]
    ranked = [[corpus[i]["id"] for i in row] for row in order]
    return retrieval_figures(ranked, qrels, [q["id"] for q in queries])


def average_ranks(values):
    """Ranks from 1; equal values share the mean of their ranks (Spearman with ties)."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return (last - (counts - 1) / 2)[inverse]


def evaluate_pairs(model, name, file):
    rows = [line.split("\t") for line in collection_files.read_lines(name, file)]
    left = model.embed([row[1] for row in rows], name + " left")
    right = model.embed([row[2] for row in rows], name + " right")
    cosines = np.sum(left.astype(np.float64) * right, axis=1)
    people = np.array([float(row[0]) for row in rows])
    spearman = np.corrcoef(average_ranks(people), average_ranks(cosines))[0, 1]
    return {"spearman": float(spearman), "pairs": len(rows)}


def evaluate_example(model):
    vectors = model.embed(list(collection_files.EXAMPLE_SENTENCES), collection_files.EXAMPLE)
    return collection_files.example_figures(vectors.astype(np.float64))


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit("usage: reference_fp32.py MODEL_DIR [OUT_JSON]")
    out = pathlib.Path(sys.argv[2] if len(sys.argv) == 3 else ROOT / "tests/eval/results/fp32.json")
    model = Fp32Model(pathlib.Path(sys.argv[1]))
    results = {collection_files.EXAMPLE: evaluate_example(model)}
    results |= {name: evaluate_pairs(model, name, file)
                for name, file in collection_files.PAIRS.items()}
    results |= {name: evaluate_retrieval(model, name) for name in collection_files.RETRIEVAL}
    report = {
        "model": "sentence-transformers/all-MiniLM-L6-v2, fp32",
        "method": "tests/eval/reference_fp32.py",
        "versions": {"onnxruntime": onnxruntime.__version__, "tokenizers": tokenizers.__version__},
        "collections": results,
    }
    out.write_text(json.dumps(report, indent=2) + "\n")
    print(out.read_text(), end="")


if __name__ == "__main__":
    main()
