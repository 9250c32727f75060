# SPDX-License-Identifier: Apache-2.0
"""The gate of ./dev eval, and that the collections are the ones that SOURCE.md names."""
import gzip
import hashlib
import json
import pathlib
import re
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "eval"))
import collection_files  # noqa: E402  (needs the path above)
import compare  # noqa: E402

REFERENCE = {"c": {"ndcg@10": 0.66, "recall@10": 0.8, "queries": 9}}


def complaints(**changes):
    return compare.compare({"c": {**REFERENCE["c"], **changes}}, REFERENCE)[1]


class CompareTest(unittest.TestCase):
    def test_equal_figures_pass(self):
        self.assertEqual(complaints(), [])

    def test_a_difference_within_the_tolerance_passes(self):
        self.assertEqual(complaints(**{"ndcg@10": 0.651}), [])

    def test_a_larger_difference_fails_in_either_direction(self):
        for value in (0.649, 0.671):
            self.assertEqual(len(complaints(**{"ndcg@10": value})), 1, value)

    def test_a_cosine_of_the_example_has_a_tolerance_of_its_own(self):
        reference = {collection_files.EXAMPLE: {"1 and 2": 0.627}}
        for value, count in ((0.645, 0), (0.605, 1)):
            ours = {collection_files.EXAMPLE: {"1 and 2": value}}
            self.assertEqual(len(compare.compare(ours, reference)[1]), count, value)

    def test_no_number_fails(self):
        self.assertEqual(len(complaints(**{"ndcg@10": float("nan")})), 1)

    def test_a_missing_figure_fails(self):
        self.assertEqual(len(complaints(**{"ndcg@10": None})), 1)

    def test_fewer_queries_fail(self):
        self.assertEqual(len(complaints(queries=8)), 1)

    def test_an_ungated_figure_is_shown_and_does_not_fail(self):
        rows, sentences = compare.compare({"c": {**REFERENCE["c"], "recall@10": 0.5}}, REFERENCE)
        self.assertEqual((len(rows), sentences), (2, []))


    def test_only_gated_collections_fail_where_a_profile_names_them(self):
        ours = {"c": {**REFERENCE["c"], "ndcg@10": 0.5}}
        for gated, count in ((None, 1), (["c"], 1), (["another"], 0)):
            self.assertEqual(len(compare.compare(ours, REFERENCE, gated)[1]), count, gated)


class TiersTest(unittest.TestCase):
    def test_a_drop_beyond_the_tolerance_is_named_and_a_gain_is_not(self):
        before = {"c": {"lexical": {"ndcg@10": 0.7}}}
        for value, count in ((0.696, 0), (0.694, 1), (0.9, 0), (float("nan"), 1)):
            found = {"c": {"lexical": {"ndcg@10": value}}}
            self.assertEqual(len(compare.tier_complaints(found, before)), count, value)

    def test_what_was_never_measured_has_not_dropped(self):
        self.assertEqual(compare.tier_complaints({"c": {"static": {"ndcg@10": 0.1}}}, {}), [])

    def test_the_table_has_a_column_per_tier_and_empty_cells_for_what_was_not_run(self):
        table = compare.tier_table({"c": {"lexical": {"ndcg@10": 0.7, "queries": 9},
                                          "hybrid": {"ndcg@10": 0.75, "recall@50+50": 0.9}}})
        self.assertEqual(table.splitlines()[2:], ["| c | ndcg@10 | 0.7000 |  |  |  |  |  |  |  |  | 0.7500 |",
                                                  "| c | recall@50+50 |  |  |  |  |  |  |  |  |  | 0.9000 |"])

    def test_what_was_not_run_stays_in_the_results_in_the_order_of_the_plan(self):
        merged = compare.in_order({"boolq-dev": 2}, {"boolq-dev": 1, "scifact-train": 1})
        self.assertEqual(list(merged.items()), [("scifact-train", 1), ("boolq-dev", 2)])

    def test_every_collection_of_the_plan_is_there_and_every_tier_is_one(self):
        for collection in collection_files.PLAN["collections"]:
            self.assertTrue((collection_files.COLLECTIONS / collection["name"] / "SOURCE.md").exists())
            self.assertLessEqual(set(collection["tiers"]), set(compare.TIERS))


class CollectionsTest(unittest.TestCase):
    def test_each_file_has_the_checksum_that_its_source_note_names(self):
        for packed in collection_files.COLLECTIONS.glob("*/*.gz"):
            note = (packed.parent / "SOURCE.md").read_text()
            named = dict(reversed(row) for row in re.findall(r"([0-9a-f]{64})  (\S+)", note))
            found = hashlib.sha256(gzip.decompress(packed.read_bytes())).hexdigest()
            self.assertEqual(found, named.get(packed.stem), packed)

    def test_a_collection_can_have_the_corpus_of_another(self):
        theirs = collection_files.read_lines("reactdocs", "corpus.jsonl")
        self.assertEqual(collection_files.read_lines("names-reactdocs", "corpus.jsonl"), theirs)
        with tempfile.TemporaryDirectory() as folder:
            collection_files.unpack(folder)
            names = pathlib.Path(folder) / "names-reactdocs"
            self.assertEqual({path.name for path in names.iterdir()}, {"corpus.jsonl", "queries.jsonl", "qrels.tsv"})
            other = pathlib.Path(folder) / "reactdocs" / "corpus.jsonl"
            self.assertEqual((names / "corpus.jsonl").read_bytes(), other.read_bytes())

    def test_the_reference_covers_every_collection(self):
        reference = json.loads((compare.RESULTS / "fp32.json").read_text())["collections"]
        expected = {*collection_files.RETRIEVAL, *collection_files.PAIRS, collection_files.EXAMPLE}
        self.assertEqual(set(reference), expected)


if __name__ == "__main__":
    unittest.main()
