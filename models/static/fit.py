# SPDX-License-Identifier: Apache-2.0
"""Fits the token table to the teacher's vectors: python models/static/fit.py --out build/static

Reads   OUT/{ids,starts,tokens}.npy and OUT/teacher/*.npy, see teach.py
Writes  OUT/table.npy  f32 [vocabulary, dim]: a sentence is the sum of its tokens' rows, normalised

1. Start: each token's own hidden state, times a / (a + p), p from its Zipf rank (Arora et al. 2017: smooth inverse
   frequency), then the linear map that best takes a text's sum to the teacher's vector (least squares), the teacher
   rotated to its leading directions. The rotation keeps cosines and puts the least into the directions cut off.
2. Adam over the table: 1 - cosine to the teacher, plus the cross-entropy between the teacher's and the pupil's
   similarities within the batch, plus a light pull to the start. Rows may not become longer than --max-growth times
   the start's 99th percentile: no single word may outweigh a sentence.
3. The last epoch trains what is shipped: the forward pass sees rows rounded to 4 bits, the gradient passes straight
   through (Bengio et al. 2013).
"""
import argparse
import pathlib
import time

import numpy as np
import scipy.sparse

import int4

SEED = 4
SIF_A = 1e-4
FIRST_WORD = 1996  # of BERT's vocabulary; before it special tokens and single characters
RIDGE = 1.0


def sif_weights(count):
    """a / (a + p) of each token id; p from Zipf's law over words from id 1996 up, which stand in order of frequency."""
    rank = np.full(count, 60_000.0)
    rank[FIRST_WORD:] = 10 + np.arange(count - FIRST_WORD)
    rank[999:1065] = 5  # ASCII punctuation, digits and letters: about as common as the commonest words
    p = 0.1 / rank
    weights = SIF_A / (SIF_A + p)
    return weights.astype(np.float32)


def read(folder):
    ids, starts = np.load(folder / "ids.npy"), np.load(folder / "starts.npy")
    teacher = np.concatenate([np.load(path) for path in sorted((folder / "teacher").glob("*.npy"))]).astype(np.float32)
    count = len(teacher)
    starts = starts[:count + 1]
    tokens = np.load(folder / "tokens.npy")
    texts = scipy.sparse.csr_matrix((np.ones(starts[-1], np.float32), ids[:starts[-1]].astype(np.int32), starts),
                                    shape=(count, len(tokens)))
    texts.sum_duplicates()
    return texts, teacher / np.linalg.norm(teacher, axis=1, keepdims=True), tokens


def rotation(teacher, dim):
    """The dim leading directions of the teacher's vectors, not centred."""
    values, vectors = np.linalg.eigh(teacher.T @ teacher)
    return vectors[:, np.argsort(-values)[:dim]].astype(np.float32)


def start_table(texts, target, tokens):
    weighted = tokens * sif_weights(len(tokens))[:, None]
    sums = texts @ weighted
    # Scaled to the target's length, so that long texts do not outweigh short ones.
    sums /= np.linalg.norm(sums, axis=1, keepdims=True)
    gram = sums.T @ sums + RIDGE * np.eye(sums.shape[1], dtype=np.float32)
    return (weighted @ np.linalg.solve(gram, sums.T @ target)).astype(np.float32)


def softmax(x):
    x = np.exp(x - x.max(1, keepdims=True))
    return x / x.sum(1, keepdims=True)


def similarity_gradient(y, t, temperature):
    """Cross-entropy between the batch's similarities of teacher and pupil; its gradient by y."""
    s, q = y @ y.T / temperature, t @ t.T / temperature
    np.fill_diagonal(s, -1e9)
    np.fill_diagonal(q, -1e9)
    g = (softmax(s) - softmax(q)) / (temperature * len(y))
    return (g + g.T) @ y


class Adam:
    """Lazy: only the rows that a batch touches move, each with its own count of steps."""

    def __init__(self, table):
        self.m, self.v = np.zeros_like(table), np.zeros_like(table)
        self.steps = np.zeros((len(table), 1), np.float32)

    def update(self, table, rows, gradient, rate):
        b1, b2 = 0.9, 0.99
        self.steps[rows] += 1
        self.m[rows] = m = b1 * self.m[rows] + (1 - b1) * gradient
        self.v[rows] = v = b2 * self.v[rows] + (1 - b2) * gradient * gradient
        n = self.steps[rows]
        table[rows] -= rate * (m / (1 - b1 ** n)) / (np.sqrt(v / (1 - b2 ** n)) + 1e-8)


def bound_norms(table, rows, limit):
    norms = np.linalg.norm(table[rows], axis=1, keepdims=True)
    table[rows] *= np.minimum(1, limit / np.maximum(norms, 1e-12))


def learning_rate(progress, peak):
    return peak * min(1, progress / 0.06) * 0.5 * (1 + np.cos(np.pi * progress))


def fit(texts, target, table, options, report=lambda epoch, table: None):
    rng = np.random.default_rng(SEED)
    start, adam = table.copy(), Adam(table)
    # Long texts say more than short ones, and are fewer.
    importance = np.sqrt(np.diff(texts.indptr)).astype(np.float32)[:, None] ** (2 * options.length_power)
    importance /= importance.mean()
    scale = np.sqrt((start * start).mean())  # typical size of a value: rates are relative to it
    limit = options.max_growth * np.quantile(np.linalg.norm(start, axis=1), 0.99)
    per_epoch = len(target) // options.batch
    for epoch in range(options.epochs):
        order = rng.permutation(len(target))
        quantise = epoch >= options.epochs - options.quantised
        for step in range(per_epoch):
            batch = order[step * options.batch:(step + 1) * options.batch]
            x, t = texts[batch], target[batch]
            rows = np.unique(x.indices)
            x = x[:, rows]
            w = table[rows]
            y = x @ (int4.rounded(w) if quantise else w)
            norms = np.maximum(np.linalg.norm(y, axis=1, keepdims=True), 1e-12)
            y /= norms
            g = options.similarity * similarity_gradient(y, t, options.temperature) - importance[batch] * t / len(batch)
            g = (g - (g * y).sum(1, keepdims=True) * y) / norms  # through the normalisation
            g = x.T @ g + options.pull * (w - start[rows]) / (scale * scale * len(batch))
            rate = learning_rate((epoch * per_epoch + step + 1) / (options.epochs * per_epoch), options.rate) * scale
            adam.update(table, rows, g.astype(np.float32), np.float32(rate))
            bound_norms(table, rows, limit)
        report(epoch, table)
    return table


def add_options(parser):
    parser.add_argument("--dim", type=int, default=240)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--quantised", type=int, default=1, help="how many of the last epochs see 4-bit rows")
    parser.add_argument("--batch", type=int, default=1024)
    parser.add_argument("--rate", type=float, default=0.1)
    parser.add_argument("--length-power", type=float, default=1.0, help="a text of n tokens counts n to this power")
    parser.add_argument("--similarity", type=float, default=0.1, help="weight of the loss on the batch's similarities")
    parser.add_argument("--temperature", type=float, default=0.05)
    parser.add_argument("--pull", type=float, default=1e-4, help="weight of the pull to the start")
    parser.add_argument("--max-growth", type=float, default=2.0)


def main():
    parser = argparse.ArgumentParser(description="Fit the token table of the static tier.")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    add_options(parser)
    options = parser.parse_args()
    begin = time.monotonic()
    texts, teacher, tokens = read(options.out)
    target = teacher @ rotation(teacher, options.dim)
    target /= np.linalg.norm(target, axis=1, keepdims=True)
    table = start_table(texts, target, tokens)

    def report(epoch, table):
        y = texts[:20_000] @ int4.rounded(table)
        y /= np.maximum(np.linalg.norm(y, axis=1, keepdims=True), 1e-12)
        print(f"epoch {epoch + 1} of {options.epochs}: cosine {np.mean((y * target[:20_000]).sum(1)):.4f}, "
              f"{time.monotonic() - begin:.0f} s", flush=True)

    print(f"{len(target):,} texts", flush=True)
    np.save(options.out / "table.npy", fit(texts, target, table, options, report))


if __name__ == "__main__":
    main()
