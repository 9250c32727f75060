# SPDX-License-Identifier: Apache-2.0
"""What the static tier reaches: python models/static/figures.py FOLDER... --encoder FILE --out tests/eval/results/static.json

Each FOLDER is a retrieval collection (corpus.jsonl, queries.jsonl, qrels.tsv, each perhaps .gz) or has pairs in sts.tsv.
Vectors come from the native program, build/native/mayfly. Prints and writes, for each collection: nDCG@10 and recall@100
of BM25, of the static tier and of .5/.5 fusion of both, recall@100 of the best 50 of one joined with the best 50 of the
other; beside them the encoder's figures as FILE (tests/eval/results/mayfly.json) or a run of `mayfly eval` has them.

BM25: \\w+ in lower case, k1 = 1.2, b = 0.75, no stemming, no stop words. Fusion: each query's scores scaled to 0..1.
"""
import argparse
import gzip
import json
import pathlib
import re
import subprocess

import numpy as np
import scipy.sparse
import scipy.stats

ROOT = pathlib.Path(__file__).resolve().parents[2]
MODEL = ROOT / "build/models/minilm-static.safetensors"
K1, B = 1.2, 0.75


def lines(folder, name):
    path = folder / name
    text = path.read_bytes() if path.is_file() else gzip.decompress((folder / (name + ".gz")).read_bytes())
    return [line for line in text.decode().split("\n") if line]


def has(folder, name):
    return (folder / name).is_file() or (folder / (name + ".gz")).is_file()


def embed(texts):
    feed = "".join(json.dumps({"text": text}) + "\n" for text in texts)
    done = subprocess.run([ROOT / "build/native/mayfly", "embed", "--model", MODEL, "--jsonl", "--special-tokens", "text"],
                          input=feed.encode(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    return np.array([json.loads(line)["embedding"] for line in done.stdout.splitlines()], np.float32)


def bm25(documents, queries):
    """Scores f64 [queries, documents]."""
    words = [re.findall(r"\w+", text.lower()) for text in documents]
    numbers = {}
    for text in words:
        for word in text:
            numbers.setdefault(word, len(numbers))

    def counts(texts):
        found = [[numbers[w] for w in text if w in numbers] for text in texts]
        starts = np.cumsum([0] + [len(f) for f in found])
        matrix = scipy.sparse.csr_matrix((np.ones(starts[-1]), np.concatenate(found).astype(int), starts),
                                         shape=(len(texts), len(numbers)))
        matrix.sum_duplicates()
        return matrix

    tf = counts(words)
    length = np.array([len(text) for text in words])
    df = np.bincount(tf.indices, minlength=len(numbers))
    idf = np.log(1 + (len(documents) - df + 0.5) / (df + 0.5))
    norm = K1 * (1 - B + B * length / length.mean())
    tf.data = tf.data * (K1 + 1) / (tf.data + np.repeat(norm, np.diff(tf.indptr)))
    return (counts([re.findall(r"\w+", q.lower()) for q in queries]).multiply(idf) @ tf.T).toarray()


def best(scores, k):
    return np.argsort(-scores, axis=1, kind="stable")[:, :k]


def ndcg(order, gains):
    got = sum(gains.get(int(d), 0) / np.log2(i + 2) for i, d in enumerate(order[:10]))
    return got / sum(g / np.log2(i + 2) for i, g in enumerate(sorted(gains.values(), reverse=True)[:10]))


def recall(found, gains):
    return len(set(map(int, found)) & set(gains)) / len(gains)


def scaled(scores):
    low, high = scores.min(1, keepdims=True), scores.max(1, keepdims=True)
    return (scores - low) / np.maximum(high - low, 1e-9)


def retrieval(folder):
    documents = [json.loads(line) for line in lines(folder, "corpus.jsonl")]
    number = {d["id"]: i for i, d in enumerate(documents)}
    texts = [(d.get("title", "") + " " + d["text"]).strip() for d in documents]
    judged = {}
    for line in lines(folder, "qrels.tsv"):
        query, document, gain = line.split("\t")
        if float(gain) > 0 and document in number:
            judged.setdefault(query, {})[number[document]] = float(gain)
    queries = [q for q in map(json.loads, lines(folder, "queries.jsonl")) if q["id"] in judged]
    asked = [q["text"] for q in queries]
    words, meaning = bm25(texts, asked), embed(asked) @ embed(texts).T
    gains = [judged[q["id"]] for q in queries]

    def figures(scores):
        order = best(scores, 100)
        return {"ndcg@10": float(np.mean([ndcg(o, g) for o, g in zip(order, gains)])),
                "recall@100": float(np.mean([recall(o, g) for o, g in zip(order, gains)]))}

    joined = np.concatenate([best(words, 50), best(meaning, 50)], axis=1)
    return {"bm25": figures(words), "static": figures(meaning),
            "fusion": figures(0.5 * scaled(words) + 0.5 * scaled(meaning)),
            "union": {"recall@100": float(np.mean([recall(o, g) for o, g in zip(joined, gains)]))},
            "queries": len(queries)}


def pairs(folder):
    rows = [line.split("\t") for line in lines(folder, "sts.tsv")]
    a, b = embed([r[1] for r in rows]), embed([r[2] for r in rows])
    return {"static": {"spearman": float(scipy.stats.spearmanr((a * b).sum(1), [float(r[0]) for r in rows])[0])},
            "pairs": len(rows)}


def main():
    parser = argparse.ArgumentParser(description="Measure the static tier.")
    parser.add_argument("folders", type=pathlib.Path, nargs="+")
    parser.add_argument("--encoder", type=pathlib.Path, nargs="*", default=[],
                        help="the encoder's figures: mayfly.json, or NAME.json of `mayfly eval --json` on collection NAME")
    parser.add_argument("--out", type=pathlib.Path)
    arguments = parser.parse_args()
    encoder = {}
    for path in arguments.encoder:
        read = json.loads(path.read_text())
        encoder.update(read.get("collections") or {path.stem: read})
    collections = {}
    for folder in arguments.folders:
        measured = pairs(folder) if has(folder, "sts.tsv") else retrieval(folder)
        for name in ("ndcg@10", "recall@100", "spearman"):
            if name in encoder.get(folder.name, {}):
                measured.setdefault("encoder", {})[name] = encoder[folder.name][name]
        collections[folder.name] = measured
        print(folder.name, json.dumps(measured), flush=True)
    if arguments.out:
        result = {"model": MODEL.name, "method": "models/static/figures.py", "collections": collections}
        arguments.out.write_text(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
