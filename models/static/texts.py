# SPDX-License-Identifier: Apache-2.0
"""Collects the training texts: python models/static/texts.py --out build/static

Downloads the packages of sources.json with pip and npm (nothing of them is installed or run), checks
each one's SHA-256, and writes texts.txt: one text a line, without repetition, in an order that depends on
the seed alone. About a third are lists of words or titles, a third sentences, a third paragraphs and questions.

Of the texts of more than LONG_WORDS words only one in KEEP_ONE_IN stays: they cost most of the teacher's time.
Leaves out every text that shares eight words in a row with a passage or query of tests/eval/collections:
nothing of a collection that this project measures with may be learned.
"""
import argparse
import gzip
import hashlib
import json
import pathlib
import random
import re
import subprocess
import sys
import tarfile
import zipfile

from questions import questions
from readers import READERS

HERE = pathlib.Path(__file__).resolve().parent
SEED = 4
MAX_WORDS = 110  # of a paragraph
OVERLAP_WORDS = 8
LONG_WORDS, KEEP_ONE_IN = 18, 5


class Archive:
    """A wheel or an npm package, read without unpacking."""

    def __init__(self, path):
        if path.suffix == ".whl":
            archive = zipfile.ZipFile(path)
            self._names, self.bytes = archive.namelist(), archive.read
        else:
            archive = tarfile.open(path)
            self._names = archive.getnames()
            self.bytes = lambda name: archive.extractfile(name).read()

    def names(self, pattern):
        return sorted(name for name in self._names if re.search(pattern, name))

    def text(self, name):
        return self.bytes(name).decode("utf-8", "replace")


def download(source, folder):
    path = folder / source["file"]
    if not path.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        if source["index"] == "PyPI":
            command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary", ":all:", "--quiet",
                       "--python-version", "3.11", "--platform", "manylinux_2_28_x86_64", "--dest", str(folder),
                       f"{source['package']}=={source['version']}"]
        else:
            command = ["npm", "pack", "--silent", "--pack-destination", str(folder),
                       f"{source['package']}@{source['version']}"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    if hashlib.sha256(path.read_bytes()).hexdigest() != source["sha256"]:
        sys.exit(f"error: {path} does not have the SHA-256 that sources.json names; remove it and try again")
    return path


def paragraphs(sentences, rng):
    """A passage's sentences, some alone and some in runs of up to MAX_WORDS words."""
    start = 0
    while start < len(sentences):
        run = [sentences[start]]
        wanted = rng.choice((1, 1, 2, 3, 6))
        while (len(run) < wanted and start + len(run) < len(sentences)
               and sum(len(s.split()) for s in run) < MAX_WORDS // 2):
            run.append(sentences[start + len(run)])
        start += len(run)
        yield " ".join(" ".join(run).split()[:MAX_WORDS])


def words(text):
    return re.findall(r"\w+", text.lower())


def shingles(text):
    w = words(text)
    return {hash(" ".join(w[i:i + OVERLAP_WORDS])) for i in range(len(w) - OVERLAP_WORDS + 1)}


def lines_of(folders, ending):
    """Lines of the files whose name ends so, or so and ".gz"."""
    for folder in folders:
        for path in sorted(folder.rglob("*" + ending)) + sorted(folder.rglob("*" + ending + ".gz")):
            data = path.read_bytes()
            yield from (gzip.decompress(data) if path.suffix == ".gz" else data).decode().splitlines()


def measured_text(folders):
    """Of every passage and query that is measured with: its runs of words, and short ones as a whole."""
    texts = []
    for line in lines_of(folders, ".jsonl"):
        row = json.loads(line)
        texts += [row.get("title") or "", row.get("text") or ""]
    for ending in (".tsv", ".md"):
        for line in lines_of(folders, ending):
            texts += line.split("\t")
    return {run for text in texts for run in shingles(text)}, {" ".join(words(text)) for text in texts}


def main():
    parser = argparse.ArgumentParser(description="Collect the training texts of the static tier.")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--packages", type=pathlib.Path, help="default: OUT/packages")
    parser.add_argument("--measured", type=pathlib.Path, nargs="+",
                        default=[HERE.parents[1] / "tests/eval/collections", HERE.parents[1] / "demo/site/content"],
                        help="folders whose texts may not be learned")
    arguments = parser.parse_args()
    rng = random.Random(SEED)
    runs, whole = measured_text(arguments.measured)
    chosen, left_out = {}, 0
    for source in json.loads((HERE / "sources.json").read_text())["sources"]:
        path = download(source, arguments.packages or arguments.out / "packages")
        found = {text: None for sentences in READERS[source["reader"]](Archive(path))
                 for text in paragraphs(sentences, rng) if text not in chosen}
        texts = rng.sample(list(found), min(source["limit"], len(found)))
        kept = [t for t in texts
                if not (shingles(t) & runs or len(words(t)) > 3 and " ".join(words(t)) in whole)]
        left_out += len(texts) - len(kept)
        chosen.update(dict.fromkeys(kept))
        print(f"{source['package']:28} {len(kept):7,} of {len(found):7,} texts", flush=True)
    asked = [q for q in questions(list(chosen), rng) if " ".join(words(q)) not in whole and not shingles(q) & runs]
    chosen.update(dict.fromkeys(asked))
    print(f"{'questions made of them':28} {len(asked):7,}")
    texts = list(chosen)
    rng.shuffle(texts)
    thinning = random.Random(SEED)
    texts = [t for t in texts if len(t.split()) <= LONG_WORDS or thinning.randrange(KEEP_ONE_IN) == 0]
    arguments.out.mkdir(parents=True, exist_ok=True)
    (arguments.out / "texts.txt").write_text("\n".join(texts) + "\n")
    print(f"{len(texts):,} texts, {sum(len(t.split()) for t in texts):,} words; "
          f"{left_out:,} left out because a measured collection has them")


if __name__ == "__main__":
    main()
