# SPDX-License-Identifier: Apache-2.0
"""What the documents say about commands and files is true."""
import json
import pathlib
import re
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[3]
DOCUMENTS = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "models/MODEL_CARD.md",
                                      "models/format.md", "docs/benchmarks.md", "docs/site.md",
                                      "docs/corpus-format.md", "docs/guide.md", "docs/recipes/README.md", "docs/widget.md", "web/README.md",
                                      "demo/README.md")]
# Those that speak of the scripts of web/package.json; others name a site's own.
SCRIPTED = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "web/README.md")]


def anchors(document):
    """What links into a Markdown file may name: its headings, as GitHub spells them, and its own anchors."""
    seen = {}
    yield from re.findall(r'<a id="([^"]+)"', document.read_text())
    text = re.sub(r"^```.*?^```$", "", document.read_text(), flags=re.MULTILINE | re.DOTALL)
    for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE):
        words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
        name = re.sub(r"[^\w\- ]", "", words.strip().lower()).replace(" ", "-")
        count = seen[name] = seen.get(name, -1) + 1
        yield f"{name}-{count}" if count else name


def dev(*arguments):
    done = subprocess.run([str(ROOT / "dev"), *arguments], stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout


class DocumentsTest(unittest.TestCase):
    def test_every_command_and_option_named_is_in_the_scripts_help(self):
        named = set()
        for document in DOCUMENTS:
            named |= set(re.findall(r"\./dev ([a-z]+)((?: --[a-z]+)*)", document.read_text()))
        self.assertGreater(len(named), 5)
        commands = set(re.findall(r"^  ([a-z]+) ", dev("help"), re.MULTILINE))
        for command, options in named:
            self.assertIn(command, commands)
            help_text = dev(command, "--help") if command != "help" else ""
            for option in options.split():
                self.assertIn(option, help_text, f"./dev {command}")

    def test_every_command_explains_itself(self):
        for command in re.findall(r"^  ([a-z]+) ", dev("help"), re.MULTILINE):
            if command != "help":
                self.assertIn(f"usage: ./dev {command}", dev(command, "--help"))

    def test_every_local_link_leads_somewhere(self):
        for document in DOCUMENTS:
            for target, anchor in re.findall(r"\]\(([^)#:]*)(?:#([^)]+))?\)", document.read_text()):
                file = document.parent / target if target else document
                self.assertTrue(file.exists(), f"{document.name}: {target}")
                if anchor:
                    self.assertIn(anchor, set(anchors(file)), f"{document.name}: {target}")

    def test_every_npm_script_named_is_in_the_package(self):
        scripts = json.loads((ROOT / "web/package.json").read_text())["scripts"]
        named = set()
        for document in SCRIPTED:
            named |= set(re.findall(r"npm (?:--prefix web )?run (?:--silent )?([a-z:]+)", document.read_text()))
            named |= set(re.findall(r"`((?:test|check|build|serve):[a-z]+)", document.read_text()))
        self.assertGreater(len(named), 4)
        self.assertEqual(named - set(scripts), set())

    def test_the_contributors_page_names_every_command_of_the_work(self):
        commands = set(re.findall(r"^  ([a-z]+) ", dev("help"), re.MULTILINE))
        named = set(re.findall(r"\./dev ([a-z]+)", (ROOT / "CONTRIBUTING.md").read_text()))
        # The demo is the README's.
        self.assertEqual(commands - named, {"demo"})

    def test_the_documents_figures_and_charts_are_those_of_the_result_files(self):
        command = [sys.executable, str(ROOT / "scripts/figures.py"), "--check"]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.assertEqual(done.returncode, 0, done.stdout)

    def test_ci_runs_the_test_command_of_the_readme(self):
        self.assertIn("./dev test", (ROOT / "README.md").read_text())
        script = (ROOT / ".ci/run").read_text()
        self.assertTrue(script.rstrip().endswith('dev" test'), script)


if __name__ == "__main__":
    unittest.main()
