# SPDX-License-Identifier: Apache-2.0
"""A table has the report's figures under the right heads."""
import pathlib
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "scripts"))
import bench_charts  # noqa: E402  (needs the path above)
import bench_tables  # noqa: E402

MACHINE = {"cpu": "Abacus", "cores": 2, "cores_allowed": 1, "chromium": "1.2"}
EMBED = {
    "rounds": 20, "machine": MACHINE, "versions": {"other": "3.4", "wrap/node_modules/other": "5.6"},
    "peers": [{"id": "mayfly", "title": "Mayfly"}, {"id": "other", "title": "Other"}],
    "results": [{"id": "query", "title": "query", "peers": {
        "mayfly": {"median_ms": 3.14, "min_ms": 2.5, "times_first": 1},
        "other": {"median_ms": 7.85, "min_ms": 7.0, "times_first": 2.5}}}],
}


class TablesTest(unittest.TestCase):
    def test_embed_gives_medians_minima_and_times(self):
        text = bench_tables.embed(EMBED)
        self.assertIn("| query | 3.1 (2.5) | 7.8 (7.0) | 2.50 |", text)
        self.assertIn("| median (minimum), ms | Mayfly | Other | times Mayfly |", text)

    def test_the_short_form_leaves_the_minima_out(self):
        self.assertIn("| query | 3.1 | 7.8 | 2.50 |", bench_tables.embed_short(EMBED))

    def test_the_machine_and_the_versions_stand_below(self):
        self.assertIn("Abacus, 1 of 2 cores; 20 rounds; Chromium 1.2; other 3.4; other 5.6 (within wrap).",
                      bench_tables.embed(EMBED))

    def test_a_value_of_quality_that_is_missing_leaves_its_cell_empty(self):
        report = {"peers": EMBED["peers"],
                  "results": [{"id": "a", "title": "a", "peers": {"other": {"value": 0.5}}}]}
        self.assertIn("| a |  | 0.5000 |", bench_tables.quality(report))

    def test_bytes_per_vector_that_nobody_knows_are_left_out(self):
        one = {"queries_per_second": 1234.4, "recall@10": 0.9876, "build_ms": 15.2}
        report = {"rounds": 9, "machine": MACHINE, "versions": {}, "peers": EMBED["peers"],
                  "results": [{"id": "v", "title": "200 vectors", "count": 200, "peers": {
                      "mayfly": {**one, "bytes_per_vector": 396.0}, "other": one}}]}
        text = bench_tables.search(report)
        self.assertIn("| Mayfly | 1,234 | 0.988 | 15 | 396 |", text)
        self.assertIn("| Other | 1,234 | 0.988 | 15 |  |", text)

    def test_a_site_has_its_waiting_by_phase_and_its_answers(self):
        visit = {"times": {"first": {"median_ms": 812.4}, "complete": {"median_ms": 2345.6}},
                 "bytes": {"focus": 20400, "first": 512300, "complete": 1234000},
                 "long_tasks": 0.5, "longest_task_ms": 61.2}
        report = {"rounds": 5, "machine": MACHINE, "versions": {}, "peers": EMBED["peers"], "results": [
            {"id": "a-slow", "title": "230 pages, slow", "peers": {"mayfly": visit}},
            {"id": "a-answers", "title": "230 pages", "questions": 39,
             "peers": {"mayfly": {"first": 0.75, "top3": 0.9, "nothing": 0}}}]}
        text = bench_tables.site(report)
        self.assertIn("| Mayfly | 812 |  | 2,346 | 20 | 512 |  | 1,234 | 0.5 | 61 |", text)
        self.assertIn("| 230 pages, 39 questions | right page first |", text)
        self.assertIn("| Mayfly | 75 % | 90 % | 0 % |", text)
        title, groups = bench_charts.site(report)
        self.assertEqual([group["bars"][0]["text"] for group in groups], ["812 ms", "90 %"])

    def test_every_head_has_a_column_in_every_row(self):
        lines = bench_tables.embed(EMBED).splitlines()[:3]
        self.assertEqual(len({line.count("|") for line in lines}), 1)


class ChartsTest(unittest.TestCase):
    def test_embed_shows_medians_and_marks_mayfly(self):
        _, groups = bench_charts.embed(EMBED)
        self.assertEqual([(one["label"], one["value"], one["text"], one["ours"]) for one in groups[0]["bars"]],
                         [("Mayfly", 3.14, "3.1 ms", True), ("Other", 7.85, "7.8 ms", False)])


if __name__ == "__main__":
    unittest.main()
