# SPDX-License-Identifier: Apache-2.0
"""What all commands share: model files that are not what they should be, wrong usage, help."""
import pathlib
import re
import tempfile
import unittest

from program import MODEL, ProgramTest, run

EMBED = ("embed", "--model", MODEL)


class ModelFileTest(ProgramTest):
    def test_a_model_is_used_only_with_the_checksum_that_was_asked_for(self):
        (about,) = self.objects("inspect", MODEL, "--json")
        stdin = b"a\n"
        self.output(*EMBED, "--sha256", about["sha256"], stdin=stdin)
        self.output(*EMBED, "--sha256", about["sha256"].upper(), stdin=stdin)
        flipped = ("0" if about["sha256"][0] != "0" else "1") + about["sha256"][1:]
        self.assert_fails("checksum-mismatch", *EMBED, "--sha256", flipped, stdin=stdin)

    def test_a_truncated_or_foreign_file_is_a_typed_error(self):
        whole = pathlib.Path(MODEL).read_bytes()
        header_end = 8 + int.from_bytes(whole[:8], "little")
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "model"
            for size in (0, 7, 8, 100, header_end - 1, header_end, header_end + 1, len(whole) - 1):
                path.write_bytes(whole[:size])
                with self.subTest(size=size):
                    self.assert_fails("invalid-model", "embed", "--model", path, stdin=b"a\n")
            path.write_bytes(b"<!doctype html><title>404</title>")
            self.assert_fails("invalid-model", "embed", "--model", path, stdin=b"a\n")

    def test_a_file_that_is_missing_or_a_folder_is_an_io_error(self):
        self.assert_fails("io", "embed", "--model", "/nothing/here", stdin=b"a\n")
        self.assert_fails("io", "embed", "--model", "/", stdin=b"a\n")


class UsageTest(ProgramTest):
    def test_wrong_usage_is_one_line_and_exit_code_2(self):
        for arguments in ((), ("frobnicate",), ("embed",), ("embed", "--model"), (*EMBED, "--foo"),
                          (*EMBED, "extra"), (*EMBED, "--threads", 0), (*EMBED, "--sha256", "12"),
                          ("tokenize", "--model", MODEL, "--special-tokens", "maybe"),
                          ("tokenize", "--model", MODEL, "--max-length", -1),
                          ("search", "--model", MODEL, "--corpus", "x", "--k", 0),
                          ("eval", "--model", MODEL),
                          ("eval", "--model", MODEL, "--pairs", "x", "--collection", "y")):
            with self.subTest(arguments[:4]):
                self.assert_fails("invalid-argument", *arguments, status=2, mentions=b"--help")

    def test_every_command_has_help_with_an_example(self):
        for command in ("tokenize", "embed", "search", "convert", "inspect", "eval"):
            done = run(command, "--help")
            self.assertEqual(done.returncode, 0)
            self.assertIn(b"mayfly " + command.encode(), done.stdout)
            self.assertIn(b"Example", done.stdout)
            self.assertEqual(done.stderr, b"")

    def test_the_version_is_printed(self):
        self.assertTrue(re.fullmatch(rb"mayfly \d+\.\d+\.\d+\n", self.output("--version")))


if __name__ == "__main__":
    unittest.main()
