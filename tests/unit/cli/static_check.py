# SPDX-License-Identifier: Apache-2.0
"""The native program with the static tier's model: the same commands as with a transformer."""
import pathlib
import tempfile
import unittest

from program import MODEL, ProgramTest, json_lines

STATIC = str(pathlib.Path(MODEL).with_name("minilm-static.safetensors"))
PASSAGES = [
    {"id": "refund", "text": "Customers get their money back within two weeks."},
    {"id": "battery", "text": "Charge the phone overnight before its first use."},
    {"id": "recipe", "text": "Whisk the eggs, then fold in flour and sugar."},
]


class StaticTest(ProgramTest):
    def test_embed_gives_unit_vectors_of_the_tables_dimension(self):
        vectors = [entry["embedding"] for entry in
                   self.objects("embed", "--model", STATIC, stdin=b"how do I bake a cake\n\n")]
        for vector in vectors:
            self.assertAlmostEqual(sum(x * x for x in vector), 1.0, places=5)
        (header,) = self.objects("inspect", STATIC, "--json")
        (table,) = [t for t in header["tensors"] if t["name"] == "static.table"]
        self.assertEqual(len(vectors[0]), 2 * table["shape"][1])
        self.assertEqual(header["metadata"]["kind"], "static")

    def test_search_finds_by_meaning(self):
        with tempfile.TemporaryDirectory() as folder:
            corpus = pathlib.Path(folder) / "corpus.jsonl"
            corpus.write_bytes(json_lines(PASSAGES))
            answers = self.objects("search", "--model", STATIC, "--corpus", corpus, "--k", 1,
                                   stdin=b"how do I bake a cake\nreimbursement of payments\n")
        self.assertEqual([answer["results"][0]["id"] for answer in answers], ["recipe", "refund"])

    def test_a_file_with_another_checksum_is_refused(self):
        self.assert_fails("checksum-mismatch", "embed", "--model", STATIC, "--sha256", "0" * 64)


if __name__ == "__main__":
    unittest.main()
