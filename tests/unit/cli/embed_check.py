# SPDX-License-Identifier: Apache-2.0
"""mayfly embed: vectors, their independence of everything around them, streaming, hostile input."""
import json
import math
import subprocess
import unittest

from program import MODEL, PROGRAM, ProgramTest, json_lines

EMBED = ("embed", "--model", MODEL)
SENTENCES = ["The cat sat on the mat", "A kitten was resting on the rug",
             "Python is a programming language", "I love machine learning"]
# The fp32 model's cosines of the six pairs, in row order.
FP32_COSINES = [0.627, 0.031, -0.023, 0.048, -0.102, 0.236]


def lines(texts):
    return "".join(text + "\n" for text in texts).encode()


def dot(a, b):
    return math.fsum(x * y for x, y in zip(a, b))


class EmbedTest(ProgramTest):
    def vectors(self, texts, *options):
        found = self.objects(*EMBED, "--jsonl", *options, stdin=json_lines({"text": t} for t in texts))
        return [entry["embedding"] for entry in found]

    def test_the_output_has_exactly_the_documented_form(self):
        (line,) = self.output(*EMBED, stdin=b"Hello\n").splitlines()
        number = rb"-?\d+(\.\d+)?(e-\d+)?"
        self.assertRegex(line, rb'^\{"embedding":\[' + number + rb"(," + number +
                         rb')*\],"truncated":false\}$')
        self.assertEqual(len(json.loads(line)["embedding"]), 384)

    def test_the_tutorials_four_sentences_compare_as_with_the_fp32_model(self):
        vectors = self.vectors(SENTENCES)
        cosines = [dot(vectors[i], vectors[j]) for i in range(4) for j in range(i + 1, 4)]
        for ours, theirs in zip(cosines, FP32_COSINES):
            self.assertAlmostEqual(ours, theirs, delta=0.02)

    def test_vectors_have_unit_length_and_do_not_depend_on_batch_order_or_threads(self):
        texts = [f"{SENTENCES[i % 4]} number {i} " + "and more " * (i % 23) for i in range(90)]
        together = self.output(*EMBED, stdin=lines(texts)).splitlines()
        self.assertEqual(len(together), 90)
        for line in together:
            vector = json.loads(line)["embedding"]
            self.assertAlmostEqual(dot(vector, vector), 1.0, delta=1e-5)
        for threads in (1, 2, 7):
            self.assertEqual(
                self.output(*EMBED, "--threads", threads, stdin=lines(texts)).splitlines(), together)
        backwards = self.output(*EMBED, stdin=lines(reversed(texts))).splitlines()
        self.assertEqual(backwards[::-1], together)
        for i in (0, 41, 89):
            self.assertEqual(self.output(*EMBED, stdin=lines([texts[i]])).splitlines(), [together[i]])

    def test_both_kernel_variants_give_the_same_bytes(self):
        stdin = lines(SENTENCES)
        outputs = [subprocess.run([PROGRAM, *EMBED], input=stdin, capture_output=True, check=True,
                                  env={"MAYFLY_KERNELS": variant}).stdout
                   for variant in ("scalar", "simd128")]
        self.assertEqual(outputs[0], outputs[1])

    def test_each_line_is_answered_before_the_next_is_written(self):
        with subprocess.Popen([PROGRAM, *EMBED], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE) as process:
            for text in (b"one\n", b"two\n"):
                process.stdin.write(text)
                process.stdin.flush()
                self.assertIn("embedding", json.loads(process.stdout.readline()))
            process.stdin.close()
            self.assertEqual(process.stdout.read(), b"")
        self.assertEqual(process.returncode, 0)

    def test_a_text_beyond_the_limit_says_so(self):
        short, long, huge = self.objects(*EMBED, stdin=lines(["cat", "cat " * 300, "x1 " * 350_000]))
        self.assertFalse(short["truncated"])
        self.assertTrue(long["truncated"])
        self.assertTrue(huge["truncated"])
        self.assertAlmostEqual(dot(huge["embedding"], huge["embedding"]), 1.0, delta=1e-5)

    def test_special_tokens_in_a_text_can_be_text(self):
        parsed, = self.objects(*EMBED, stdin=b"a [SEP] b\n")
        text, = self.objects(*EMBED, "--special-tokens", "text", stdin=b"a [SEP] b\n")
        self.assertNotEqual(parsed, text)

    def test_odd_texts_have_finite_vectors(self):
        odd = ["", " ", "\0", "\ufffd" * 9, "\ud800", "a\0b", "\u200b\u200d", "ẞ̧̈" * 200, "𝔘" * 400]
        for vector in self.vectors(odd):
            self.assertAlmostEqual(dot(vector, vector), 1.0, delta=1e-5)
        self.assertEqual(self.vectors(["x \ud800 y"]), self.vectors(["x \ufffd y"]))

    def test_output_that_cannot_be_written_is_an_error(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([PROGRAM, *EMBED], input=lines(SENTENCES), stdout=full,
                                  stderr=subprocess.PIPE)
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, rb"^mayfly: io: ")


if __name__ == "__main__":
    unittest.main()
