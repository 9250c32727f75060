#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares the native graph index with hnswlib and usearch (int8): same vectors, one thread, in turn.

    python3 -m pip install numpy hnswlib usearch
    cmake --preset native && cmake --build build/native --target native_search
    python3 tests/bench/native_peers.py [--count 10000] [--kinds flat,binary,...] [--json FILE]

Prints queries per second at the first setting that reaches each recall, and the other indexes of Mayfly
with what they reach. --json FILE writes the same with the machine's name; scripts/figures.py reads it from
tests/bench/results/native.json.
"""
import argparse
import json
import pathlib
import re
import subprocess
import tempfile
import time

import numpy

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "build/native/tests/native_search"
EFS = [10, 12, 15, 20, 25, 30, 40, 60, 80, 120, 160, 240, 320, 640]
TARGETS = [0.95, 0.99]
ROUNDS = 5
HITS = 10
M = 16


def clustered(count, queries, dim, seed):
    """As tests/bench/clustered_vectors.mjs has them: about 100 vectors share a centre."""
    random = numpy.random.default_rng(seed)

    def unit(rows):
        return (rows / numpy.linalg.norm(rows, axis=1, keepdims=True)).astype(numpy.float32)

    centres = unit(random.standard_normal((max(1, round(count / 100)), dim)))
    spread = 0.8 / numpy.sqrt(dim)

    def draw(n):
        return unit(centres[random.integers(len(centres), size=n)] + spread * random.standard_normal((n, dim)))

    return draw(count), draw(queries)


def recall(found, truth):
    return float(numpy.mean([len(set(a) & set(b)) / len(b) for a, b in zip(found, truth)]))


def best_rate(search, queries):
    """Queries one by one, the best of some rounds: whoever else runs only makes it slower."""
    best = 0.0
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        for query in queries:
            search(query)
        best = max(best, len(queries) / (time.perf_counter() - begin))
    return best


def by_ef(name, set_ef, search, queries, truth, build, efs):
    for ef in efs:
        set_ef(ef)
        found = [search(query) for query in queries]
        yield {"index": f"{name} ef {ef}", "build_s": build, "recall@10": recall(found, truth),
               "qps": best_rate(search, queries)}


def of_hnswlib(vectors, queries, truth, efs):
    import hnswlib

    begin = time.perf_counter()
    index = hnswlib.Index("ip", vectors.shape[1])
    index.init_index(len(vectors), M=M, ef_construction=200)
    index.set_num_threads(1)
    index.add_items(vectors, num_threads=1)
    build = time.perf_counter() - begin
    yield from by_ef("hnswlib", index.set_ef, lambda q: index.knn_query(q, HITS, num_threads=1)[0][0], queries,
                     truth, build, efs)


def of_usearch(vectors, queries, truth, efs):
    from usearch.index import Index

    begin = time.perf_counter()
    index = Index(ndim=vectors.shape[1], metric="cos", dtype="i8", connectivity=M, expansion_add=128)
    index.add(numpy.arange(len(vectors)), vectors, threads=1)
    build = time.perf_counter() - begin

    def set_ef(ef):
        index.expansion_search = ef

    yield from by_ef("usearch i8", set_ef, lambda q: index.search(q, HITS, threads=1).keys, queries, truth, build, efs)


def of_mayfly(kind, files, dim, efs):
    command = [PROGRAM, *files, str(dim), kind, *map(str, efs if kind == "hnsw" else [])]
    for line in subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines():
        yield json.loads(line)


def cpu_name():
    found = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    return found[1] if found else "unknown"


def at_recalls(runs):
    """Of each library the first setting that reaches each recall, or else its best."""
    for target in TARGETS:
        for results in runs.values():
            reached = [result for result in results if result["recall@10"] >= target]
            chosen = reached[0] if reached else max(results, key=lambda result: result["recall@10"])
            yield {"target": target, "reached": bool(reached), **chosen}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=10000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--dim", type=int, default=384)
    parser.add_argument("--seed", type=int, default=4)
    parser.add_argument("--efs", default=",".join(map(str, EFS)))
    parser.add_argument("--kinds", default="flat,binary,two-stage,pq,ivf")
    parser.add_argument("--json", type=pathlib.Path)
    parser.add_argument("--no-peers", action="store_true", help="Mayfly alone")
    options = parser.parse_args()
    efs = [int(ef) for ef in options.efs.split(",")]
    vectors, queries = clustered(options.count, options.queries, options.dim, options.seed)
    truth = numpy.argsort(-(queries @ vectors.T), axis=1, kind="stable")[:, :HITS]
    with tempfile.TemporaryDirectory() as folder:
        files = [pathlib.Path(folder) / "vectors.f32", pathlib.Path(folder) / "queries.f32"]
        vectors.tofile(files[0])
        queries.tofile(files[1])
        runs = {"mayfly": list(of_mayfly("hnsw", files, options.dim, efs))}
        if not options.no_peers:
            runs["hnswlib"] = list(of_hnswlib(vectors, queries, truth, efs))
            runs["usearch"] = list(of_usearch(vectors, queries, truth, efs))
        results = list(at_recalls(runs))
        for kind in filter(None, options.kinds.split(",")):
            results += of_mayfly(kind, files, options.dim, efs)
    for result in results:
        print(json.dumps(result))
    if options.json:
        report = {"command": f"python3 tests/bench/native_peers.py --count {options.count}", "cpu": cpu_name(),
                  "count": options.count, "dim": options.dim, "results": results}
        options.json.write_text(json.dumps(report, indent=2) + "\n")


if __name__ == "__main__":
    main()
