# SPDX-License-Identifier: Apache-2.0
"""Converts the fetched models: python3 models/convert.py --mayfly build/native/mayfly

For each profile of each model of manifest.json runs `mayfly convert`, checks that the file is not larger
than the manifest allows and has the SHA-256 that it names, if it names one (conversion is deterministic), and
writes beside it NAME.json, which pages and tools load first:
{"name","profile","file","bytes","sha256","fingerprint","dim","max_tokens"}; "profile" is null for a file that is
no profile of another. Puts the files that the repository carries (the static tier) beside them, checked. Skips a file
that is already
the one that this very program makes of these very inputs.
"""
import argparse
import hashlib
import json
import os
import pathlib
import shutil
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


def read_header(path):
    """Of a safetensors file: 8 bytes of header length, then the JSON header."""
    with open(path, "rb") as file:
        (size,) = struct.unpack("<Q", file.read(8))
        if size > MAX_HEADER_BYTES:
            raise ConvertError(f"{path} is not a file that mayfly convert wrote")
        return json.loads(file.read(size))


def dimensions(header):
    """config.json says it of a transformer; a static table has two 4-bit values in each byte of a row."""
    if "config" in header["__metadata__"]:
        return json.loads(header["__metadata__"]["config"])["hidden_size"]
    return 2 * header["static.table"]["shape"][1]


def describe(path, sha256):
    header = read_header(path)
    metadata = header["__metadata__"]
    return {
        "name": metadata["name"],
        "profile": metadata.get("profile"),
        "file": path.name,
        "bytes": path.stat().st_size,
        "sha256": sha256,
        "fingerprint": metadata["fingerprint"],
        "dim": dimensions(header),
        "max_tokens": json.loads(metadata["sentence"])["max_tokens"],
    }


def check_expected(profile, path, sha256):
    """path: the fresh file, or the one that was found up to date."""
    size, most = path.stat().st_size, profile["max_bytes"]
    if size > most:
        raise ConvertError(f"the converted {profile['file']} has {size:,} bytes, models/manifest.json allows {most:,}")
    expected = profile["sha256"]
    if expected is not None and expected != sha256:
        raise ConvertError(
            f"the converted {profile['file']} has SHA-256 {sha256}, models/manifest.json names "
            f"{expected}; where the converter was changed on purpose, write the new value there")


def write_atomically(path, text):
    fresh = path.with_name(path.name + ".new")
    fresh.write_text(text)
    os.replace(fresh, path)


def convert(model, profile, program, folder):
    path = folder / profile["file"]
    title = f"{model['title']}, {profile['profile']}"
    description, stamp = path.with_suffix(".json"), path.with_suffix(".stamp")
    digest = inputs_digest(model, program)
    if description.is_file() and is_up_to_date(path, stamp, digest):
        check_expected(profile, path, json.loads(description.read_text())["sha256"])
        print(f"{title}: {path} is up to date")
        return
    fresh = path.with_name("new-" + path.name)
    done = subprocess.run([program, "convert", folder / "source" / model["title"], "-o", fresh,
                           "--profile", profile["profile"]])
    if done.returncode != 0:
        raise ConvertError(f"mayfly convert failed for {title}; its message stands above")
    sha256 = manifest.sha256_of(fresh)
    check_expected(profile, fresh, sha256)
    os.replace(fresh, path)
    write_atomically(description, json.dumps(describe(path, sha256), indent=2) + "\n")
    write_atomically(stamp, json.dumps({"inputs": digest, "output": sha256}))
    print(f"{title}: {path}, {path.stat().st_size:,} bytes, SHA-256 {sha256}")


def place(shipped, folder):
    source, path = manifest.HERE / shipped["file"], folder / pathlib.Path(shipped["file"]).name
    if not manifest.is_named_file(source, shipped["sha256"]):
        raise ConvertError(
            f"{source} does not have the SHA-256 that models/manifest.json names; restore it with git, or, where it "
            "was made anew on purpose, write the new value there")
    if not manifest.is_named_file(path, shipped["sha256"]):
        fresh = path.with_name("new-" + path.name)
        shutil.copyfile(source, fresh)
        os.replace(fresh, path)
    write_atomically(path.with_suffix(".json"), json.dumps(describe(path, shipped["sha256"]), indent=2) + "\n")
    print(f"{shipped['title']}: {path}, {path.stat().st_size:,} bytes")


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
            for profile in model["profiles"]:
                convert(model, profile, arguments.mayfly, arguments.folder)
        for shipped in manifest.read_shipped():
            place(shipped, arguments.folder)
    except (ConvertError, OSError) as error:
        sys.exit(f"error: {error}")


if __name__ == "__main__":
    main()
