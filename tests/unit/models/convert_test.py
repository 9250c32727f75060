# SPDX-License-Identifier: Apache-2.0
"""The files that the repository carries itself are checked, placed and described."""
import contextlib
import hashlib
import io
import json
import pathlib
import struct
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "models"))
import convert  # noqa: E402
import manifest  # noqa: E402


class PlaceTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def place(self, shipped):
        with contextlib.redirect_stdout(io.StringIO()):
            convert.place(shipped, self.folder)

    def test_the_shipped_static_model_is_placed_with_its_description(self):
        (shipped,) = manifest.read_shipped()
        self.place(shipped)
        source, placed = ROOT / "models" / shipped["file"], self.folder / "minilm-static.safetensors"
        self.assertEqual(placed.read_bytes(), source.read_bytes())
        description = json.loads((self.folder / "minilm-static.json").read_text())
        self.assertEqual(description["file"], placed.name)
        self.assertEqual(description["bytes"], source.stat().st_size)
        self.assertEqual(description["sha256"], hashlib.sha256(source.read_bytes()).hexdigest())
        self.assertEqual(description["max_tokens"], 256)
        self.assertLess(description["bytes"], 4_000_000, "the download that the static tier promises")

    def test_the_shipped_static_model_names_the_model_that_taught_it(self):
        (shipped,) = manifest.read_shipped()
        data = (ROOT / "models" / shipped["file"]).read_bytes()
        (size,) = struct.unpack("<Q", data[:8])
        metadata = json.loads(data[8:8 + size])["__metadata__"]
        self.assertEqual(metadata["kind"], "static")
        self.assertRegex(metadata["teacher"], "^[0-9a-f]{64}$")
        self.assertNotEqual(metadata["teacher"], metadata["fingerprint"])

    def test_a_file_that_is_not_the_named_one_is_refused_and_nothing_is_placed(self):
        (shipped,) = manifest.read_shipped()
        with self.assertRaisesRegex(convert.ConvertError, "does not have the SHA-256"):
            self.place({**shipped, "sha256": "0" * 64})
        self.assertEqual(list(self.folder.iterdir()), [])


if __name__ == "__main__":
    unittest.main()
