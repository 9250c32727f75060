# SPDX-License-Identifier: Apache-2.0
"""The collections that come with the project: where they are, and what is in them."""
import gzip
import json
import pathlib

COLLECTIONS = pathlib.Path(__file__).parent / "collections"
# What ./dev eval runs. "profiles": model files of build/models and the file of results/ that each one's
# figures go to; "beside": a file of results/ that the figures are compared with instead of fp32.json, "gated": the
# collections whose figures must agree (all of them where it is not said). "static_model": the static tier's file, there too. "collections": retrieval collections
# (corpus.jsonl, queries.jsonl, qrels.tsv) and the tiers of `mayfly eval` that are measured on them; "nonsense": which
# half of the collection of that name they must not answer.
PLAN = json.loads((pathlib.Path(__file__).parent / "plan.json").read_text())
# The English ones, whose figures stand beside the fp32 model's.
RETRIEVAL = tuple(c["name"] for c in PLAN["collections"] if "contextual" in c["tiers"])
PAIRS = {"sts-dev": "sts.tsv"}  # score <TAB> a <TAB> b <TAB> genre
# The example that tutorials print; its figures are the cosines of its six pairs, in row order.
EXAMPLE = "four sentences"
EXAMPLE_SENTENCES = (
    "The cat sat on the mat",
    "A kitten was resting on the rug",
    "Python is a programming language",
    "I love machine learning",
)


def owner_of_corpus(folder):
    """The folder that has the corpus: this one, or that of the collection which its file corpus_of names."""
    other = folder / "corpus_of"
    return folder.parent / other.read_text().strip() if other.exists() else folder


def read_lines(collection, name):
    folder = COLLECTIONS / collection
    if name == "corpus.jsonl":
        folder = owner_of_corpus(folder)
    text = gzip.decompress((folder / (name + ".gz")).read_bytes()).decode()
    # split("\n"), not splitlines(): a text may hold U+2028, which ends a line only for Python.
    return [line for line in text.split("\n") if line]


def read_json_lines(collection, name):
    return [json.loads(line) for line in read_lines(collection, name)]


def read_qrels(collection):
    """{query id: {document id: gain}}, gains above 0 only."""
    qrels = {}
    for line in read_lines(collection, "qrels.tsv"):
        query, document, gain = line.split("\t")
        if float(gain) > 0:
            qrels.setdefault(query, {})[document] = float(gain)
    return qrels


def write_nonsense(half, path):
    """The half "dev", for choosing a threshold, or "test"."""
    lines = [line for line in read_lines("nonsense", "queries.jsonl") if json.loads(line)["id"].startswith(half + "-")]
    path.write_text("".join(line + "\n" for line in lines))


def example_figures(vectors):
    """{"1 and 2": cosine, ...} of unit vectors, one per sentence."""
    numbers = range(len(EXAMPLE_SENTENCES))
    return {f"{i + 1} and {j + 1}": float(sum(a * b for a, b in zip(vectors[i], vectors[j])))
            for i in numbers for j in numbers if i < j}


def unpack(folder):
    """Writes every collection to folder/NAME/, as `mayfly eval` reads it: with its corpus, whose ever it is."""
    files = [(packed, packed.parent.name) for packed in sorted(COLLECTIONS.glob("*/*.gz"))]
    for named in sorted(COLLECTIONS.glob("*/corpus_of")):
        files.append((owner_of_corpus(named.parent) / "corpus.jsonl.gz", named.parent.name))
    for packed, collection in files:
        target = pathlib.Path(folder) / collection / packed.stem
        data = gzip.decompress(packed.read_bytes())
        if target.exists() and target.read_bytes() == data:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
