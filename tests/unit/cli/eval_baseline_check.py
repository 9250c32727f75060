# SPDX-License-Identifier: Apache-2.0
"""mayfly eval --baseline: the gate that a site's CI holds its relevance with."""
import json
import pathlib
import tempfile
import unittest

from program import MODEL, ProgramTest, json_lines, run

CORPUS = [{"id": "a", "text": "red apple"}, {"id": "b", "text": "green pear"}, {"id": "c", "text": "blue plum"}]
QUERIES = [{"id": "1", "text": "apple"}, {"id": "2", "text": "pear"}]
STATIC = pathlib.Path(MODEL).with_name("minilm-static.safetensors")
# The second query's document is not found by its words: each figure is 0.5.
QRELS = "1\ta\t1\n2\tc\t1\n"


class BaselineTest(ProgramTest):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        (self.folder / "corpus.jsonl").write_bytes(json_lines(CORPUS))
        (self.folder / "queries.jsonl").write_bytes(json_lines(QUERIES))
        (self.folder / "qrels.tsv").write_text(QRELS)
        self.baseline = self.folder / "baseline.json"
        self.eval = ("eval", "--tier", "lexical", "--collection", self.folder)

    def gate(self, objects, *options):
        self.baseline.write_bytes(json_lines(objects))
        return run(*self.eval, "--baseline", self.baseline, *options)

    def test_a_run_passes_its_own_figures_even_without_any_tolerance(self):
        self.baseline.write_bytes(self.output(*self.eval, "--json"))
        done = run(*self.eval, "--baseline", self.baseline, "--max-drop", 0)
        self.assertEqual((done.returncode, done.stderr), (0, b""))

    def test_each_figure_that_dropped_is_listed_with_both_values_and_the_exit_code_is_1(self):
        done = self.gate([{"tier": "lexical", "ndcg@10": 0.52, "recall@10": 0.51, "mrr@10": 0.75, "queries": 2}])
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stderr.decode().splitlines(), [
            "mayfly: regression: ndcg@10 of the lexical tier was 0.520000 and is 0.500000",
            "mayfly: regression: mrr@10 of the lexical tier was 0.750000 and is 0.500000"])
        self.assertIn(b"ndcg@10", done.stdout)  # the figures are printed all the same

    def test_max_drop_says_how_much_is_too_much(self):
        for value, options, code in ((0.51, (), 0), (0.5101, (), 1), (0.4, (), 0), (0.53, ("--max-drop", 0.03), 0),
                                     (0.53, ("--max-drop", 0.029), 1), (0.501, ("--max-drop", 0), 1)):
            with self.subTest(value=value, options=options):
                self.assertEqual(self.gate([{"tier": "lexical", "ndcg@10": value}], *options).returncode, code)

    def test_json_on_standard_output_stays_whole_when_something_dropped(self):
        done = self.gate([{"tier": "lexical", "ndcg@10": 0.9}], "--json")
        self.assertEqual(done.returncode, 1)
        self.assertEqual(json.loads(done.stdout)["ndcg@10"], 0.5)

    def test_a_tier_that_only_the_run_has_is_not_compared_and_one_that_only_the_baseline_has_is_an_error(self):
        for other in ("hybrid", "static"):
            self.baseline.write_bytes(json_lines([{"tier": "lexical", "ndcg@10": 0.5}, {"tier": other, "ndcg@10": 0}]))
            self.assert_fails("invalid-argument", *self.eval, "--baseline", self.baseline,
                              mentions=f'"{other}", which this run does not measure; name it in --tier'.encode())

    def test_figures_without_a_tier_are_those_of_the_contextual_one(self):
        self.baseline.write_bytes(json_lines([{"ndcg@10": 0.5, "queries": 2}]))
        self.assert_fails("invalid-argument", *self.eval, "--baseline", self.baseline, mentions=b'"contextual"')

    def test_a_baseline_without_tiers_gates_a_run_that_names_the_tier_and_the_other_way_round(self):
        collection = ("eval", "--model", STATIC, "--collection", self.folder)
        named = (*collection, "--tier", "contextual")
        for first, second in ((collection, named), (named, collection)):
            report = json.loads(self.output(*first, "--json"))
            self.baseline.write_bytes(json_lines([report]))
            self.output(*second, "--baseline", self.baseline, "--max-drop", 0)
            report["mrr@10"] += 0.1
            self.baseline.write_bytes(json_lines([report]))
            done = run(*second, "--baseline", self.baseline)
            self.assertEqual(done.returncode, 1)
            self.assertIn(b"mrr@10 of the contextual tier", done.stderr)

    def test_the_correlation_of_pairs_is_gated_too(self):
        pairs = self.folder / "pairs.tsv"
        pairs.write_text("5\ta cat\ta kitten\n0\train\tprime numbers\n")
        for value, code in ((1, 0), (1.1, 1)):
            self.baseline.write_bytes(json_lines([{"spearman": value}]))
            done = run("eval", "--model", STATIC, "--pairs", pairs, "--baseline", self.baseline)
            self.assertEqual(done.returncode, code, done.stderr)

    def test_another_number_of_queries_is_noted(self):
        done = self.gate([{"tier": "lexical", "ndcg@10": 0.5, "queries": 300}])
        self.assertEqual(done.returncode, 0)
        self.assertEqual(done.stderr, b"note: the baseline's figures are means over 300 queries, this run's over 2\n")

    def test_a_baseline_that_cannot_be_compared_is_an_error_that_says_why(self):
        for text, mentions in (("", b"no figures"), ("\n", b"no figures"), ("nonsense\n", b"line 1 of"),
                               ('{"tier":"lexical","ndcg@10":0.5}\n{"tier":7}\n', b"line 2 of"),
                               ('{"tier":"lexical"}\n{"tier":"lexical"}\n', b"once more"),
                               ('{"tier":"lexical","ndcg@10":null}\n', b"no number as ndcg@10"),
                               ('{"tier":"lexical","spearman":0.5}\n', b"no figure of the lexical tier")):
            with self.subTest(text):
                self.baseline.write_text(text)
                done = run(*self.eval, "--baseline", self.baseline)
                self.assertEqual(done.returncode, 1)
                self.assertRegex(done.stderr, rb"\Amayfly: invalid-argument: [^\n]+\n\Z")
                self.assertIn(mentions, done.stderr)
        self.assert_fails("io", *self.eval, "--baseline", self.folder / "nothing")

    def test_max_drop_needs_a_baseline_and_a_share(self):
        self.assert_fails("invalid-argument", *self.eval, "--max-drop", 0.1, status=2, mentions=b"--baseline")
        self.assert_fails("invalid-argument", *self.eval, "--baseline", "x", "--max-drop", -1, status=2)


if __name__ == "__main__":
    unittest.main()
