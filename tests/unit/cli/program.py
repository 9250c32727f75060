# SPDX-License-Identifier: Apache-2.0
"""Runs the native program for the tests beside this file.

The program and the model are build/native/mayfly and build/models/minilm.safetensors, or what the
environment variables MAYFLY_PROGRAM and MAYFLY_MODEL name.
"""
import json
import os
import pathlib
import re
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[3]
PROGRAM = os.environ.get("MAYFLY_PROGRAM", str(ROOT / "build/native/mayfly"))
MODEL = os.environ.get("MAYFLY_MODEL", str(ROOT / "build/models/minilm.safetensors"))
SOURCE = pathlib.Path(
    os.environ.get("MAYFLY_MODEL_SOURCE", ROOT / "build/models/source/all-MiniLM-L6-v2"))
ERROR_LINE = re.compile(rb"mayfly: ([a-z]+(?:-[a-z]+)*): [^\n]+\n")


def run(*arguments, stdin=b""):
    return subprocess.run([PROGRAM, *map(str, arguments)], input=stdin, capture_output=True)


def json_lines(objects):
    """ASCII only, so that lone surrogates survive."""
    return "".join(json.dumps(thing) + "\n" for thing in objects).encode()


class ProgramTest(unittest.TestCase):
    maxDiff = 2000

    def output(self, *arguments, stdin=b""):
        """Standard output of a run that must succeed."""
        done = run(*arguments, stdin=stdin)
        self.assertEqual(done.returncode, 0, done.stderr.decode(errors="replace"))
        return done.stdout

    def objects(self, *arguments, stdin=b""):
        return [json.loads(line) for line in self.output(*arguments, stdin=stdin).splitlines()]

    def assert_fails(self, code, *arguments, stdin=b"", status=1, mentions=b"",
                     output=b""):
        """One line on standard error that names the code, after `output` on standard output."""
        done = run(*arguments, stdin=stdin)
        match = ERROR_LINE.fullmatch(done.stderr)
        self.assertIsNotNone(match, done.stderr)
        self.assertEqual(match[1].decode(), code, done.stderr)
        self.assertEqual(done.returncode, status)
        self.assertIn(mentions, done.stderr)
        self.assertEqual(done.stdout, output)
