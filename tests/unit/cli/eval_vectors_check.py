# SPDX-License-Identifier: Apache-2.0
"""mayfly eval with --index, --dims and --bits, compared with their definitions computed from mayfly embed."""
import json
import math
import pathlib
import random
import tempfile
import unittest

from program import MODEL, ProgramTest, json_lines

STATIC = pathlib.Path(MODEL).with_name("minilm-static.safetensors")
WORDS = "river bread doctor engine winter guitar market planet letter garden copper tiger school island coffee".split()
SEED = 7


def splitmix64(state):
    """Steele, Lea and Flood 2014."""
    mask = 2**64 - 1
    while True:
        state = (state + 0x9E3779B97F4A7C15) & mask
        z = state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        yield z ^ (z >> 31)


def hadamard(values):
    if len(values) == 1:
        return values
    low, high = hadamard(values[:len(values) // 2]), hadamard(values[len(values) // 2:])
    return [a + b for a, b in zip(low, high)] + [a - b for a, b in zip(low, high)]


def rotated_signs(vector):
    """As index/sign_rotation.h says, of 129 to 256 dimensions: zeros up to 256, four times random signs and a transform."""
    chance = splitmix64(20240519)
    values = vector + [0.0] * (256 - len(vector))
    for _ in range(4):
        values = hadamard([x if next(chance) & 1 else -x for x in values])
    return [1 if x > 0 else -1 for x in values]


class VectorsTest(ProgramTest):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        chance = random.Random(SEED)
        self.texts = [" ".join(chance.choices(WORDS, k=5)) for _ in range(200)]
        self.queries = [" ".join(chance.choices(WORDS, k=3)) for _ in range(20)]
        ids = [str(i) for i in range(len(self.texts))]
        (self.folder / "corpus.jsonl").write_bytes(json_lines({"id": i, "text": t} for i, t in zip(ids, self.texts)))
        (self.folder / "queries.jsonl").write_bytes(
            json_lines({"id": str(i), "text": t} for i, t in enumerate(self.queries)))
        # What is relevant to a query: the passages with the most of its words, so that ranks differ.
        self.relevant = [max(range(len(self.texts)), key=lambda i: len(set(self.texts[i].split()) & set(q.split())))
                         for q in self.queries]
        (self.folder / "qrels.tsv").write_text("".join(f"{q}\t{d}\t1\n" for q, d in enumerate(self.relevant)))
        self.eval = ("eval", "--tier", "static", "--static-model", STATIC, "--collection", self.folder)

    def report(self, *options):
        return json.loads(self.output(*self.eval, "--json", *options))

    def embed(self, texts):
        stdin = json_lines({"text": t} for t in texts)
        return [e["embedding"] for e in self.objects("embed", "--model", STATIC, "--jsonl", stdin=stdin)]

    def brute_force_mrr(self, change):
        passages, queries = ([change(v) for v in self.embed(texts)] for texts in (self.texts, self.queries))
        total = 0.0
        for query, relevant in zip(queries, self.relevant):
            scores = [math.fsum(a * b for a, b in zip(query, passage)) for passage in passages]
            order = sorted(range(len(scores)), key=lambda i: -scores[i])
            rank = order.index(relevant) + 1
            total += 1 / rank if rank <= 10 else 0
        return total / len(queries)

    def test_dims_keeps_the_first_dimensions_at_unit_length(self):
        def first(count):
            return lambda v: [x / math.sqrt(math.fsum(y * y for y in v[:count])) for x in v[:count]]
        found = {}
        for count in (24, 96):
            found[count] = self.report("--dims", count)["mrr@10"]
            self.assertAlmostEqual(found[count], self.brute_force_mrr(first(count)), delta=0.02)
        self.assertLess(found[24], found[96] - 0.05)  # the option does something

    def test_one_bit_ranks_by_the_signs_after_the_rotation_alone(self):
        expected = self.brute_force_mrr(rotated_signs)
        self.assertAlmostEqual(self.report("--bits", 1)["mrr@10"], expected, places=12)
        for other in (lambda v: v, lambda v: [1 if x > 0 else -1 for x in v]):
            self.assertNotEqual(expected, self.brute_force_mrr(other))

    def test_ten_bits_rank_as_whole_numbers_do(self):
        self.assertAlmostEqual(self.report("--bits", 10)["mrr@10"], self.brute_force_mrr(lambda v: v), delta=0.005)

    def test_an_approximate_index_finds_almost_what_the_flat_one_finds(self):
        flat = self.report()
        for index in ("hnsw", "binary", "ivf", "pq", "two-stage", "auto"):
            self.assertAlmostEqual(self.report("--index", index)["mrr@10"], flat["mrr@10"], delta=0.02)

    def test_bytes_per_vector_are_those_of_the_index(self):
        for options, least, most in (((), 272, 400), (("--dims", 64), 64 + 16, 64 + 16),
                                     (("--dims", 64, "--bits", 10), 80 + 16, 80 + 16),
                                     (("--dims", 64, "--bits", 32), 5 * 64 + 16, 5 * 64 + 16),
                                     (("--dims", 128, "--bits", 1), 16, 16),
                                     # 128 bits, and a count of those that are set
                                     (("--dims", 128, "--index", "binary"), 128 + 16 + 17, 128 + 16 + 17),
                                     # 32 links of 4 bytes on the lowest layer, and some more
                                     (("--dims", 64, "--index", "hnsw"), 80 + 128, 80 + 128 + 40)):
            with self.subTest(options):
                self.assertTrue(least <= self.report(*options)["bytes_per_vector"] <= most)
        self.assertRegex(self.output(*self.eval, "--dims", 64).decode(), r"(?m)^bytes/vector +80$")

    def test_a_tier_without_vectors_has_no_bytes_per_vector(self):
        report = json.loads(self.output("eval", "--tier", "lexical", "--collection", self.folder, "--json"))
        self.assertNotIn("bytes_per_vector", report)

    def test_what_does_not_go_together_is_wrong_usage(self):
        for options in (("--bits", 1, "--index", "hnsw"), ("--bits", 4), ("--dims", 0), ("--index", "tree"),
                        ("--tier", "early", "--index", "binary")):
            with self.subTest(options):
                self.assert_fails("invalid-argument", *self.eval, *options, status=2, mentions=b"--help")
        self.assert_fails("invalid-argument", *self.eval, "--dims", 4000, mentions=b"--dims")


if __name__ == "__main__":
    unittest.main()
