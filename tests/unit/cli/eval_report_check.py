# SPDX-License-Identifier: Apache-2.0
"""mayfly eval --report: a page that needs nothing but itself."""
import html.parser
import json
import pathlib
import re
import tempfile
import unittest

from program import MODEL, ProgramTest, json_lines

STATIC = pathlib.Path(MODEL).with_name("minilm-static.safetensors")
VOID = {"meta"}


class Page(html.parser.HTMLParser):
    """The texts of cells, circles and everything, and attributes; that every element is closed."""

    def __init__(self, text):
        super().__init__()
        self.open, self.tags, self.rows, self.circles, self.attributes, self.text = [], [], [], [], [], ""
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += attributes
        if tag not in VOID:
            self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
        if tag == "circle":
            self.circles.append({name: float(value) for name, value in attributes if name in ("cx", "cy")})

    def handle_startendtag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += attributes

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag

    def handle_data(self, data):
        self.text += data
        if self.open and self.open[-1] in ("td", "th"):
            self.rows[-1][-1] += data


class ReportTest(ProgramTest):
    def setUp(self):
        parent = tempfile.TemporaryDirectory()
        self.addCleanup(parent.cleanup)
        # Marks that would leave their place if the name were written as it is.
        self.folder = pathlib.Path(parent.name) / "<img src=x onerror=alert(1)> & \"'"
        self.folder.mkdir()
        (self.folder / "corpus.jsonl").write_bytes(json_lines(
            {"id": str(i), "text": text} for i, text in enumerate(("red apple", "green pear", "blue plum"))))
        (self.folder / "queries.jsonl").write_bytes(json_lines([{"id": "1", "text": "pear"},
                                                                {"id": "2", "text": "fruit that is blue"}]))
        (self.folder / "qrels.tsv").write_text("1\t1\t1\n2\t0\t1\n")
        self.report = pathlib.Path(parent.name) / "report.html"

    def page(self, tiers):
        """(what --json says by tier, the page that the same run wrote)"""
        reports = self.objects("eval", "--tier", tiers, "--static-model", STATIC, "--collection", self.folder,
                               "--json", "--report", self.report)
        return {report["tier"]: report for report in reports}, Page(self.report.read_text(encoding="utf-8"))

    def test_the_table_has_the_figures_of_the_run(self):
        reports, page = self.page("lexical,static,early")
        names = ["ndcg@10", "recall@10", "recall@100", "mrr@10", "first"]
        self.assertEqual(page.rows[0], ["tier", *names, "bytes per vector", "search, ms"])
        self.assertEqual([row[0] for row in page.rows[1:]], list(reports))
        for row in page.rows[1:]:
            report = reports[row[0]]
            self.assertEqual(row[1:6], [f"{report[name]:.4f}" for name in names])
            self.assertEqual(row[6], str(report.get("bytes_per_vector", "")))
            self.assertRegex(row[7], r"\A\d+\.\d{3}\Z")

    def test_each_chart_has_a_point_per_tier_and_a_better_one_is_higher(self):
        reports, page = self.page("lexical,static")
        self.assertEqual(page.tags.count("svg"), 2)
        self.assertEqual(len(page.circles), 2 + 1)  # lexical has no vectors
        ranks = sorted(report["ndcg@10"] for report in reports.values())
        self.assertLess(ranks[0], ranks[1])
        higher, lower = page.circles[:2]  # drawn from the top down
        self.assertLess(higher["cy"], lower["cy"])

    def test_the_page_says_that_latency_is_that_of_the_search_alone(self):
        self.assertIn("measured on this machine", self.page("lexical")[1].text)
        self.assertIn("It is the search only", self.page("lexical")[1].text)

    def test_nothing_is_loaded_and_nothing_runs(self):
        _, page = self.page("lexical,static")
        self.assertFalse({"script", "link", "img", "iframe", "image", "use"} & set(page.tags))
        self.assertFalse([name for name, _ in page.attributes if name in ("src", "href") or name.startswith("on")])
        self.assertFalse(re.search(r"url\(|@import|https?://", self.report.read_text()))
        self.assertIn(("content", "default-src 'none'; style-src 'unsafe-inline'"), page.attributes)

    def test_dark_mode_has_colours_of_its_own(self):
        self.page("lexical")
        self.assertIn("prefers-color-scheme: dark", self.report.read_text())

    def test_text_is_escaped(self):
        _, page = self.page("lexical")
        self.assertIn(str(self.folder), page.text)

    def test_a_report_needs_a_collection_and_a_place_that_can_be_written(self):
        self.assert_fails("invalid-argument", "eval", "--pairs", "x", "--report", "y", status=2, mentions=b"--help")
        done = ("eval", "--tier", "lexical", "--collection", self.folder, "--json")
        self.assert_fails("io", *done, "--report", self.folder / "none" / "x.html", output=self.output(*done))

    def test_the_page_is_written_even_when_the_baseline_is_missed(self):
        baseline = self.folder / "baseline"
        baseline.write_text(json.dumps({"tier": "lexical", "ndcg@10": 2}))
        self.assert_fails("regression", "eval", "--tier", "lexical", "--collection", self.folder, "--json",
                          "--baseline", baseline, "--report", self.report,
                          output=self.output("eval", "--tier", "lexical", "--collection", self.folder, "--json"))
        self.assertTrue(self.report.exists())


if __name__ == "__main__":
    unittest.main()
