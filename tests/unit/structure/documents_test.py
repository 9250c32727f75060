# SPDX-License-Identifier: Apache-2.0
"""What the documents say about commands and files is true."""
import pathlib
import re
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[3]
DOCUMENTS = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "models/MODEL_CARD.md",
                                      "models/format.md", "docs/benchmarks.md", "docs/site.md",
                                      "docs/corpus-format.md", "docs/recipes/README.md")]


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
            for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text()):
                self.assertTrue((document.parent / target).exists(), f"{document.name}: {target}")

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
