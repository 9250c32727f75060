# SPDX-License-Identifier: Apache-2.0
"""The project's own structure, and proof that each check can fail."""
import pathlib
import sys
import tempfile
import unittest

import layering

ROOT = pathlib.Path(__file__).resolve().parents[3]
WISHED_LINES = 250


class ProjectTest(unittest.TestCase):
    def test_no_include_or_import_goes_up(self):
        self.assertEqual(layering.upward_edges(ROOT), [])

    def test_includes_are_written_from_src(self):
        self.assertEqual(layering.misspelt_includes(ROOT), [])

    def test_every_folder_of_src_has_a_place_in_the_rule(self):
        folders = {"src/" + p.name for p in (ROOT / "src").iterdir() if p.is_dir()}
        self.assertEqual(folders - set(layering.BELOW), set())

    def test_no_file_is_named_after_nothing(self):
        self.assertEqual(layering.vague_names(ROOT), [])

    def test_every_source_file_names_its_licence(self):
        self.assertEqual(layering.without_licence_line(ROOT), [])

    def test_the_rule_has_no_circle(self):
        for room, below in layering.BELOW.items():
            for lower in below:
                self.assertNotIn(room, layering.reachable(lower))


class CheckerTest(unittest.TestCase):
    """Small trees with one defect each."""

    def tree(self, files):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        for name, text in files.items():
            path = pathlib.Path(folder.name) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return folder.name

    def test_an_upward_include_is_found(self):
        root = self.tree({"src/index/flat.h": '#include "engine/model.h"\n'})
        self.assertEqual(len(layering.upward_edges(root)), 1)

    def test_an_include_across_is_found(self):
        root = self.tree({"src/encoder/encoder.cpp": '#include "tokenizer/tokenizer.h"\n'})
        self.assertEqual(len(layering.upward_edges(root)), 1)

    def test_includes_downward_at_any_depth_are_fine(self):
        root = self.tree({"src/cli/main.cpp": '#include "base/error.h"\n#include "model/convert.h"\n',
                          "wasm/engine.cpp": '#include "engine/model.h"\n'})
        self.assertEqual(layering.upward_edges(root), [])

    def test_upward_imports_are_found_in_each_spelling(self):
        for line in ('import { a } from "../widget/box.js";', "export * from '../site/page.js';",
                     'const a = await import("../extension/tabs.js");', 'import "../../demo/app.js";',
                     'new Worker(new URL("../widget/work.js", import.meta.url));'):
            root = self.tree({"web/client/engine.ts": line})
            self.assertEqual(len(layering.upward_edges(root)), 1, line)

    def test_an_import_between_widget_and_site_is_found(self):
        root = self.tree({"web/site/a.ts": 'import { b } from "../widget/b.js";'})
        self.assertEqual(len(layering.upward_edges(root)), 1)

    def test_imports_downward_and_of_the_package_are_fine(self):
        root = self.tree({"demo/app.ts": 'import { Mayfly } from "mayfly";\nimport "../web/client/a.js";',
                          "web/client/a.ts": 'import { b } from "./b.js";'})
        self.assertEqual(layering.upward_edges(root), [])

    def test_a_client_that_imports_its_own_package_is_no_edge_but_wasm_may_not(self):
        root = self.tree({"wasm/pre.js": 'import { Mayfly } from "mayfly";'})
        self.assertEqual(len(layering.upward_edges(root)), 1)

    def test_an_include_from_beside_the_file_is_found(self):
        root = self.tree({"src/base/a.cpp": '#include "a.h"\n', "src/base/a.h": ""})
        self.assertEqual(len(layering.misspelt_includes(root)), 1)

    def test_vague_names_are_found(self):
        root = self.tree({"src/base/utils.h": "", "web/helpers/a.ts": "", "src/base/clock.h": ""})
        self.assertEqual(layering.vague_names(root), ["src/base/utils.h", "web/helpers/a.ts"])

    def test_a_missing_licence_line_is_found(self):
        line = "// SPDX-License-Identifier: Apache-2.0\n"
        root = self.tree({"src/a.h": "int a;\n", "src/b.h": line, "web/c.js": "#!/usr/bin/env node\n" + line})
        self.assertEqual(layering.without_licence_line(root), ["src/a.h"])


def report_long_files():
    for count, path in layering.long_files(ROOT, WISHED_LINES):
        print(f"note: {path} has {count} lines, more than the {WISHED_LINES} that the project aims for",
              file=sys.stderr)


if __name__ == "__main__":
    report_long_files()
    unittest.main()
