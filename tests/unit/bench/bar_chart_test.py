# SPDX-License-Identifier: Apache-2.0
"""The charts say what they were given."""
import pathlib
import sys
import unittest
import xml.etree.ElementTree as ElementTree

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "scripts"))
import bar_chart  # noqa: E402  (needs the path above)

SVG = "{http://www.w3.org/2000/svg}"
GROUPS = [
    {"title": "a query & more", "bars": [{"label": "ours <fast>", "value": 2.0, "text": "2.0 ms", "ours": True},
                                         {"label": "theirs", "value": 8.0, "text": "8.0 ms", "ours": False}]},
    {"title": "a passage", "bars": [{"label": "ours", "value": 300.0, "text": "300 ms", "ours": True},
                                    {"label": "nothing", "value": 0.0, "text": "0 ms", "ours": False}]},
]


class BarChartTest(unittest.TestCase):
    def setUp(self):
        self.root = ElementTree.fromstring(bar_chart.render("Time & place", GROUPS))
        self.bars = [one for one in self.root.iter(SVG + "rect") if one.get("class") in ("ours", "other")]
        self.texts = [one.text for one in self.root.iter(SVG + "text")]

    def test_each_value_has_a_bar_in_order(self):
        self.assertEqual([one.get("class") for one in self.bars], ["ours", "other", "ours", "other"])

    def test_a_bar_is_as_long_as_its_share_of_its_own_group(self):
        full = bar_chart.WIDTH - 2 * bar_chart.MARGIN
        widths = [float(one.get("width")) for one in self.bars]
        self.assertEqual(widths, [full / 4, full, full, 0])

    def test_a_small_value_is_still_seen(self):
        self.assertEqual(bar_chart.bar_width(1e-6, 1.0), 1.0)

    def test_labels_and_values_stand_there_as_given(self):
        for text in ("Time & place", "a query & more", "ours <fast>", "2.0 ms", "theirs", "300 ms"):
            self.assertIn(text, self.texts)

    def test_nothing_is_drawn_outside_or_over_something_else(self):
        width, height = map(float, self.root.get("viewBox").split()[2:])
        before = 0.0
        for one in self.bars:
            top, bottom = float(one.get("y")), float(one.get("y")) + float(one.get("height"))
            self.assertGreater(top, before)
            self.assertLessEqual(float(one.get("x")) + float(one.get("width")), width)
            before = bottom
        self.assertLess(before, height)

    def test_a_screen_reader_gets_a_title_and_every_value(self):
        self.assertEqual(self.root.get("role"), "img")
        ids = self.root.get("aria-labelledby").split()
        named = {one.get("id"): one.text for one in self.root if one.get("id")}
        self.assertEqual(named[ids[0]], "Time & place")
        for text in ("ours <fast> 2.0 ms", "theirs 8.0 ms", "a passage: ours 300 ms"):
            self.assertIn(text, named[ids[1]])

    def test_it_follows_the_readers_light_or_dark(self):
        self.assertIn("prefers-color-scheme: dark", self.root.find(SVG + "style").text)


if __name__ == "__main__":
    unittest.main()
