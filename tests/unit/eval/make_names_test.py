# SPDX-License-Identifier: Apache-2.0
"""The collections of names and of nonsense: that they hold together, and that their generators make them again."""
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

EVAL = pathlib.Path(__file__).resolve().parents[2] / "eval"
sys.path.insert(0, str(EVAL))
import collection_files  # noqa: E402  (needs the path above)
import make_names  # noqa: E402

CORPORA = ("names-rustbook", "names-handbook", "reactdocs")


class CollectionsTest(unittest.TestCase):
    def test_each_query_is_unlike_the_others_and_has_one_page_that_is_there(self):
        for collection in ("names-rustbook", "names-handbook", "names-reactdocs"):
            pages = {row["id"] for row in collection_files.read_json_lines(collection, "corpus.jsonl")}
            queries = collection_files.read_json_lines(collection, "queries.jsonl")
            qrels = collection_files.read_qrels(collection)
            self.assertEqual(len({row["text"] for row in queries}), len(queries))
            self.assertEqual({row["id"] for row in queries}, set(qrels))
            for found in qrels.values():
                self.assertEqual((len(found), set(found) - pages), (1, set()))

    def test_no_made_up_word_is_in_a_corpus(self):
        known = {word for name in CORPORA for row in collection_files.read_json_lines(name, "corpus.jsonl")
                 for word in re.findall(r"\w+", (row["title"] + " " + row["text"]).lower())}
        for row in collection_files.read_json_lines("nonsense", "queries.jsonl"):
            if int(row["id"].split("-")[1]) <= 67:
                self.assertEqual(set(row["text"].split()) & known, set(), row)

    def test_the_generators_make_the_same_files_again(self):
        corpora = [collection_files.COLLECTIONS / name / "corpus.jsonl.gz" for name in CORPORA]
        with tempfile.TemporaryDirectory() as folder:
            out = pathlib.Path(folder)
            for command in (["make_names.py", "reactdocs", corpora[2], out / "names-reactdocs"],
                            ["make_nonsense.py", out / "nonsense", *corpora]):
                subprocess.run([sys.executable, EVAL / command[0], *command[1:]], check=True,
                               stdout=subprocess.DEVNULL)
            for path in out.glob("*/*.gz"):
                rows = make_names.read_lines(path)
                self.assertEqual(rows, collection_files.read_lines(path.parent.name, path.stem), path)


class NamesTest(unittest.TestCase):
    def test_a_number_sign_in_a_code_block_starts_no_heading(self):
        page = "# One\n```sh\n# no\n```\n> ## Two\n> ```\n> # no\n> ```\n### Three ###\n"
        self.assertEqual([h for _, h in make_names.markdown_lines(page) if h], ["One", "Two", "Three"])

    def test_a_heading_is_read_without_its_markdown(self):
        for heading, expected in (("3. Set _up_ `x_y` {#set-up}", "Set up x_y"), ("[Node.js](https://a.b/)", "Node.js"),
                                  ("Logging in &amp; **out**", "Logging in & out"), ("npm < 5", "npm < 5")):
            self.assertEqual(make_names.plain(heading), expected)

    def test_a_title_of_several_lines_is_joined(self):
        self.assertEqual(make_names.front_matter("---\ntitle:\n  A long\n  title\nx: y\n---\nText\n"),
                         ("A long title", False, "Text\n"))

    def test_a_name_in_headings_of_two_pages_is_no_query(self):
        pages = {"a": ("A", "", ["`Box<T>` and `Rc<T>`"]), "b": ("B", "", ["A `box`", "`if`"])}
        pages.update({str(i): ("", "", []) for i in range(9)})
        self.assertEqual(make_names.code_names(pages), [("a", "Rc<T>"), ("a", "Rc")])


if __name__ == "__main__":
    unittest.main()
