# SPDX-License-Identifier: Apache-2.0
"""mayfly search and mayfly eval, compared with their definitions computed here from mayfly embed."""
import json
import math
import pathlib
import tempfile
import unittest

from program import MODEL, ProgramTest, json_lines, run

CORPUS = [
    {"id": "cat", "title": "Cats", "text": "A kitten was resting on the rug."},
    {"id": "python", "title": "", "text": "Python is a programming language."},
    {"_id": "bread", "text": "Knead the dough and bake the bread for an hour."},
    {"id": 4, "title": "Opening hours", "text": ""},
    {"id": "bike \"é\"", "title": "Cycling", "text": "Repair the chain of a bicycle."},
    {"id": "twin", "title": "Cats", "text": "A kitten was resting on the rug."},
]
IDS = ["cat", "python", "bread", "4", "bike \"é\"", "twin"]
TEXTS = ["Cats A kitten was resting on the rug.", "Python is a programming language.",
         "Knead the dough and bake the bread for an hour.", "Opening hours",
         "Cycling Repair the chain of a bicycle.", "Cats A kitten was resting on the rug."]
QUERIES = [{"id": "q1", "text": "small pet asleep"}, {"id": "q2", "text": "writing computer code"},
           {"id": "q3", "text": "when is the shop open"}, {"id": "q4", "text": "not judged"}]
QRELS = "query-id\tcorpus-id\tscore\nq1\tcat\t2\nq1\tbread\t1\nq1\ttwin\t0\nq2\tpython\t1\n" \
        "q2\tmissing\t1\nq3\t4\t1\n"


def dot(a, b):
    return math.fsum(x * y for x, y in zip(a, b))


class CollectionTest(ProgramTest):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.corpus = self.folder / "corpus.jsonl"
        self.corpus.write_bytes(json_lines(CORPUS))
        (self.folder / "queries.jsonl").write_bytes(json_lines(QUERIES))
        (self.folder / "qrels.tsv").write_text(QRELS)

    def search(self, queries, *options):
        return self.objects("search", "--model", MODEL, "--corpus", self.corpus, "--jsonl", *options,
                            stdin=json_lines(queries))

    def embed(self, texts):
        return [entry["embedding"] for entry in self.objects(
            "embed", "--model", MODEL, "--jsonl", stdin=json_lines({"text": t} for t in texts))]

    def rankings(self):
        """For each query the ids by exact cosine of the embedded texts, ties in corpus order."""
        passages = self.embed(TEXTS)
        for query in self.embed(query["text"] for query in QUERIES):
            scores = [dot(query, passage) for passage in passages]
            order = sorted(range(len(IDS)), key=lambda i: -scores[i])
            yield [(IDS[i], scores[i]) for i in order]


class SearchTest(CollectionTest):
    def test_the_output_has_exactly_the_documented_form(self):
        output = self.output("search", "--model", MODEL, "--corpus", self.corpus, "--k", 2,
                             stdin=b"kitten\n")
        number = rb"-?\d\.\d+"
        self.assertRegex(output, rb'^\{"results":\[\{"id":"cat","score":' + number +
                         rb'\},\{"id":"twin","score":' + number + rb"\}\]\}\n$")

    def test_hits_are_those_of_exact_cosines_over_title_and_text(self):
        for found, ranking in zip(self.search(QUERIES), self.rankings(), strict=True):
            self.assertEqual([hit["id"] for hit in found["results"]], [id for id, _ in ranking])
            for hit, (_, score) in zip(found["results"], ranking, strict=True):
                self.assertAlmostEqual(hit["score"], score, delta=0.003)

    def test_k_limits_the_results_and_ten_is_the_default(self):
        self.corpus.write_bytes(json_lines({"id": str(i), "text": f"text {i}"} for i in range(15)))
        (found,) = self.search(QUERIES[:1])
        self.assertEqual(len(found["results"]), 10)
        (found,) = self.search(QUERIES[:1], "--k", 3)
        self.assertEqual(len(found["results"]), 3)
        (found,) = self.search(QUERIES[:1], "--k", 100)
        self.assertEqual(len(found["results"]), 15)

    def test_a_query_s_id_follows_its_results_as_it_was(self):
        queries = [{"text": "a", "id": "é\""}, {"text": "b", "id": 7}, {"text": "c"}]
        found = self.search(queries, "--k", 1)
        self.assertEqual([list(entry) for entry in found],
                         [["results", "id"], ["results", "id"], ["results"]])
        self.assertEqual([entry.get("id") for entry in found], ["é\"", 7, None])

    def test_an_empty_corpus_finds_nothing(self):
        self.corpus.write_bytes(b"")
        self.assertEqual(self.search(QUERIES[:1]), [{"results": [], "id": "q1"}])

    def test_passages_that_are_cut_are_counted_on_standard_error(self):
        self.corpus.write_bytes(json_lines([{"id": "a", "text": "cat " * 300}, CORPUS[0]]))
        done = run("search", "--model", MODEL, "--corpus", self.corpus, stdin=b"cat\n")
        self.assertIn(b"1 of 2 passages are longer than 256 tokens", done.stderr)

    def test_defects_of_the_corpus_are_named_by_line(self):
        search = ("search", "--model", MODEL, "--corpus", self.corpus)
        first = json_lines(CORPUS[:1])
        for bad, code in ((b"nonsense", "invalid-argument"), (b'{"id":"x"}', "invalid-argument"),
                          (b'{"text":"x"}', "invalid-argument"),
                          (b'{"id":"","text":"x"}', "invalid-argument"),
                          (b'{"id":[],"text":"x"}', "invalid-argument"),
                          (b'{"id":"cat","text":"x"}', "duplicate-id")):
            with self.subTest(bad):
                self.corpus.write_bytes(first + bad + b"\n")
                self.assert_fails(code, *search, stdin=b"a\n", mentions=b"line 2 of")
        self.corpus.unlink()
        self.assert_fails("io", *search, stdin=b"a\n")


class EvalTest(CollectionTest):
    def evaluate(self, *options):
        return self.output("eval", "--model", MODEL, *options)

    def test_retrieval_figures_are_those_of_their_definitions(self):
        qrels = {"q1": {"cat": 2, "bread": 1}, "q2": {"python": 1, "missing": 1}, "q3": {"4": 1}}
        totals = {"ndcg@10": 0.0, "recall@10": 0.0, "recall@100": 0.0, "mrr@10": 0.0, "first": 0.0}
        for query, ranking in zip(QUERIES, self.rankings()):
            gains = qrels.get(query["id"])
            if gains is None:
                continue
            found = [gains.get(document, 0) for document, _ in ranking]
            ideal = sorted(gains.values(), reverse=True)
            discounted = [sum(g / math.log2(rank + 1) for rank, g in enumerate(row, 1))
                          for row in (found, ideal)]
            recall = sum(gain > 0 for gain in found) / len(gains)
            first = next(rank for rank, gain in enumerate(found, 1) if gain)
            for name, value in zip(totals, (discounted[0] / discounted[1], recall, recall, 1 / first,
                                           first == 1)):
                totals[name] += value / 3
        report = json.loads(self.evaluate("--collection", self.folder, "--json"))
        self.assertEqual(list(report), [*totals, "bytes_per_vector", "index", "queries"])
        self.assertEqual(report["index"], "flat, 8 bits, all dimensions")
        self.assertEqual(report.pop("queries"), 3)
        for name, value in totals.items():
            self.assertAlmostEqual(report[name], value, places=12)

    def test_pairs_are_compared_by_rank(self):
        pairs = [(5.0, "a cat", "a kitten"), (4.0, "buy bread", "purchase a loaf"),
                 (1.5, "a cat", "a loaf"), (1.5, "python code", "a dog"), (0.0, "rain", "prime numbers")]
        path = self.folder / "sts.tsv"
        path.write_text("".join(f"{s}\t{a}\t{b}\tmade up\n" for s, a, b in pairs))
        vectors = self.embed(text for _, a, b in pairs for text in (a, b))
        cosines = [dot(vectors[i], vectors[i + 1]) for i in range(0, 10, 2)]
        people = [5, 4, 2.5, 2.5, 1]
        ours = [sum(other <= value for other in cosines) for value in cosines]
        covariance = sum((x - 3) * (y - 3) for x, y in zip(people, ours))
        spearman = covariance / math.sqrt(
            sum((x - 3) ** 2 for x in people) * sum((y - 3) ** 2 for y in ours))
        report = json.loads(self.evaluate("--pairs", path, "--json"))
        self.assertEqual(list(report), ["spearman", "pairs"])
        self.assertAlmostEqual(report["spearman"], spearman, places=12)
        self.assertEqual(report["pairs"], 5)

    def test_lexical_figures_need_no_model(self):
        report = json.loads(self.output("eval", "--tier", "lexical", "--collection", self.folder, "--json"))
        self.assertEqual(list(report)[0], "tier")
        self.assertEqual(report["tier"], "lexical")
        # No word of q1 and q2 stands in any passage; q3 shares "open" with nothing, "the" with several.
        self.assertEqual(report["queries"], 3)

    def test_tiers_share_a_run_and_have_a_line_each(self):
        tiers = [json.loads(line) for line in self.output(
            "eval", "--tier", "hybrid,lexical,contextual", "--model", MODEL, "--collection", self.folder,
            "--json", "--lexical-weight", 0).splitlines()]
        self.assertEqual([report["tier"] for report in tiers], ["lexical", "contextual", "hybrid"])
        contextual, hybrid = tiers[1], tiers[2]
        # Words count nothing and each document is one passage: the same ranking, but for what is left out of it.
        for name in ("mrr@10", "first"):
            self.assertEqual(contextual[name], hybrid[name])
        self.assertLess(hybrid["recall@10"], contextual["recall@10"])  # bread is no small pet asleep

    def test_nonsense_is_counted_by_what_finds_nothing_for_it(self):
        nonsense = self.folder / "nonsense.jsonl"
        nonsense.write_text('{"id": "1", "text": "qwzx"}\n{"id": "2", "text": "a cat"}\n')
        tiers = [json.loads(line) for line in self.output(
            "eval", "--tier", "hybrid,lexical,contextual", "--model", MODEL, "--collection", self.folder,
            "--nonsense", nonsense, "--json").splitlines()]
        found = {report["tier"]: (report["unanswered"], report["queries"]) for report in tiers}
        self.assertEqual(found["contextual"], (0.0, 3))  # every passage is nearer than another
        self.assertEqual(found["hybrid"], (0.5, 3))

    def test_naive_fusions_are_tiers_too(self):
        names = ["rrf-60", "rrf-10", "min-max-0.5", "min-max-0.7"]
        tiers = [json.loads(line) for line in self.output(
            "eval", "--tier", ",".join(names), "--model", MODEL, "--collection", self.folder,
            "--json").splitlines()]
        self.assertEqual([report["tier"] for report in tiers], names)

    def test_late_chunking_of_documents_of_one_passage_ranks_as_hybrid_does(self):
        hybrid, late = [json.loads(line) for line in self.output(
            "eval", "--tier", "hybrid,hybrid-late", "--model", MODEL, "--collection", self.folder,
            "--json").splitlines()]
        self.assertEqual([hybrid.pop("tier"), late.pop("tier")], ["hybrid", "hybrid-late"])
        self.assertEqual(late, hybrid)

    def test_late_interaction_that_weighs_nothing_changes_nothing(self):
        hybrid, same, other = [json.loads(line) for arguments in (
            ("hybrid,hybrid-maxsim", "--maxsim-weight", 0), ("hybrid-maxsim", "--candidates", 1))
            for line in self.output("eval", "--tier", *arguments, "--model", MODEL, "--collection",
                                    self.folder, "--json").splitlines()]
        self.assertEqual([hybrid.pop("tier"), same.pop("tier")], ["hybrid", "hybrid-maxsim"])
        self.assertEqual(same, hybrid)
        # One candidate stays in front, and all others keep their places.
        self.assertEqual({**hybrid, "tier": "hybrid-maxsim"}, other)

    def test_a_model_as_static_tier_ranks_as_it_does_as_contextual_one(self):
        tiers = [json.loads(line) for line in self.output(
            "eval", "--tier", "static,contextual", "--rerank", "--model", MODEL, "--static-model", MODEL,
            "--collection", self.folder, "--json").splitlines()]
        names = [report.pop("tier") for report in tiers]
        self.assertEqual(names, ["static", "contextual", "reranked"])
        self.assertEqual(tiers[0], tiers[1])
        # Every one of the six passages is a candidate.
        self.assertAlmostEqual(tiers[2].pop("recall@50+50"), (2 / 2 + 1 / 2 + 1) / 3)
        # Re-ranking reads both kinds of vectors.
        self.assertEqual(tiers[2].pop("bytes_per_vector"), 2 * tiers[0].pop("bytes_per_vector"))
        self.assertEqual(tiers[0], tiers[2])

    def test_a_tier_without_its_model_is_wrong_usage(self):
        for arguments in (("--tier", "static"), ("--tier", "contextual"), ("--tier", "hybrid"), (),
                          ("--tier", "reranked", "--model", MODEL), ("--tier", "best")):
            self.assert_fails("invalid-argument", "eval", *arguments, "--collection", self.folder, status=2,
                              mentions=b"--help")

    def test_a_table_of_tiers_has_a_column_for_each(self):
        table = self.output("eval", "--tier", "lexical,contextual", "--model", MODEL, "--collection",
                            self.folder).decode()
        self.assertRegex(table, r"(?m)^ +lexical +contextual$")
        self.assertRegex(table, r"(?m)^ndcg@10 +[01]\.\d{4} +[01]\.\d{4}$")

    def test_without_json_a_table_is_printed(self):
        table = self.evaluate("--collection", self.folder).decode()
        self.assertRegex(table, r"(?m)^ndcg@10 +[01]\.\d{4}$")
        self.assertRegex(table, r"(?m)^queries +3$")

    def test_defects_of_the_data_are_named(self):
        evaluate = ("eval", "--model", MODEL, "--json", "--collection", self.folder)
        qrels = self.folder / "qrels.tsv"
        qrels.write_text("q1\tcat\t1\nq1\tbread\n")
        self.assert_fails("invalid-argument", *evaluate, mentions=b"line 2 of")
        qrels.write_text("q1\tcat\t1\nq1\tbread\tmuch\n")
        self.assert_fails("invalid-argument", *evaluate, mentions=b"line 2 of")
        qrels.write_text("other\tcat\t1\n")
        self.assert_fails("invalid-argument", *evaluate, mentions=b"no query")
        qrels.unlink()
        self.assert_fails("io", *evaluate)
        pairs = self.folder / "sts.tsv"
        pairs.write_text("1\ta\tb\n")
        self.assert_fails("invalid-argument", "eval", "--model", MODEL, "--pairs", pairs)
        pairs.write_text("1\ta\tb\n1\tc\td\n")
        self.assert_fails("invalid-argument", "eval", "--model", MODEL, "--pairs", pairs)


if __name__ == "__main__":
    unittest.main()
