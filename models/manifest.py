# SPDX-License-Identifier: Apache-2.0
"""Reads manifest.json, and says whether a file is the one that it names."""
import hashlib
import json
import pathlib

HERE = pathlib.Path(__file__).resolve().parent


def read_models():
    return json.loads((HERE / "manifest.json").read_text(encoding="utf-8"))["models"]


def read_shipped():
    """Model files that the repository itself carries, under models/."""
    return json.loads((HERE / "manifest.json").read_text(encoding="utf-8"))["shipped"]


def sha256_of(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def is_named_file(path, sha256):
    return path.is_file() and sha256_of(path) == sha256
