# SPDX-License-Identifier: Apache-2.0
"""Converts the fetched models: python3 models/convert.py --mayfly build/native/mayfly

For each model of manifest.json runs `mayfly convert`, checks the file's SHA-256 where the manifest names
one (conversion is deterministic), and writes beside it NAME.json, which pages and tools load first:
{"name","file","bytes","sha256","fingerprint","dim","max_tokens"}. Skips a model whose file is already
the one that this very program makes of these very inputs.
"""
import argparse
import hashlib
import json
import os
import pathlib
import struct
import subprocess
import sys

import manifest

MAX_HEADER_BYTES = 1 << 20  # as in src/model/container.h


class ConvertError(Exception):
    """A sentence for the user."""


def inputs_digest(model, program):
    """Names everything that the converted file depends on."""
    parts = json.dumps(model["files"], sort_keys=True) + manifest.sha256_of(program)
    return hashlib.sha256(parts.encode()).hexdigest()


def is_up_to_date(path, stamp, digest):
    try:
        recorded = json.loads(stamp.read_text())
    except (FileNotFoundError, json.JSONDecodeError):
        return False
    return recorded.get("inputs") == digest and manifest.is_named_file(path, recorded["output"])


def read_metadata(path):
    """The __metadata__ of a safetensors file: 8 bytes of header length, then the JSON header."""
    with open(path, "rb") as file:
        (size,) = struct.unpack("<Q", file.read(8))
        if size > MAX_HEADER_BYTES:
            raise ConvertError(f"{path} is not a file that mayfly convert wrote")
        return json.loads(file.read(size))["__metadata__"]


def describe(path, sha256):
    metadata = read_metadata(path)
    return {
        "name": metadata["name"],
        "file": path.name,
        "bytes": path.stat().st_size,
        "sha256": sha256,
        "fingerprint": metadata["fingerprint"],
        "dim": json.loads(metadata["config"])["hidden_size"],
        "max_tokens": json.loads(metadata["sentence"])["max_tokens"],
    }


def check_expected(model, sha256):
    expected = model["converted"]["sha256"]
    if expected is not None and expected != sha256:
        raise ConvertError(
            f"the converted {model['converted']['file']} has SHA-256 {sha256}, models/manifest.json names "
            f"{expected}; where the converter was changed on purpose, write the new value there")


def write_atomically(path, text):
    fresh = path.with_name(path.name + ".new")
    fresh.write_text(text)
    os.replace(fresh, path)


def convert(model, program, folder):
    path = folder / model["converted"]["file"]
    description, stamp = path.with_suffix(".json"), path.with_suffix(".stamp")
    digest = inputs_digest(model, program)
    if description.is_file() and is_up_to_date(path, stamp, digest):
        check_expected(model, json.loads(description.read_text())["sha256"])
        print(f"{model['title']}: {path} is up to date")
        return
    fresh = path.with_name("new-" + path.name)
    done = subprocess.run([program, "convert", folder / "source" / model["title"], "-o", fresh])
    if done.returncode != 0:
        raise ConvertError(f"mayfly convert failed for {model['title']}; its message stands above")
    sha256 = manifest.sha256_of(fresh)
    check_expected(model, sha256)
    os.replace(fresh, path)
    write_atomically(description, json.dumps(describe(path, sha256), indent=2) + "\n")
    write_atomically(stamp, json.dumps({"inputs": digest, "output": sha256}))
    print(f"{model['title']}: {path}, {path.stat().st_size:,} bytes, SHA-256 {sha256}")


def main():
    root = manifest.HERE.parent
    parser = argparse.ArgumentParser(description="Convert the fetched models.")
    parser.add_argument("--mayfly", type=pathlib.Path, default=root / "build/native/mayfly",
                        help="the native program; default: %(default)s")
    parser.add_argument("--folder", type=pathlib.Path, default=root / "build/models",
                        help="where source/ is and results go; default: %(default)s")
    arguments = parser.parse_args()
    try:
        for model in manifest.read_models():
            convert(model, arguments.mayfly, arguments.folder)
    except (ConvertError, OSError) as error:
        sys.exit(f"error: {error}")


if __name__ == "__main__":
    main()
