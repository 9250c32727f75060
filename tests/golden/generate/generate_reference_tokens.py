#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Asks the reference library for the tokens of random strings, which the tests compare with.

    pip install tokenizers==0.23.3
    cd tests/golden/generate
    ./generate_reference_tokens.py ../../../build/models/source/all-MiniLM-L6-v2/tokenizer.json

Writes, always with the same seed and so always the same,
  tests/golden/minilm/random.jsonl.gz  10,000 strings with the shipped tokenizer. `plain`, where it
                                       differs, is with special tokens as plain text.
  tests/golden/variants.jsonl.gz       other definitions: every combination of normalizer options,
                                       and added tokens of all kinds. Their vocabulary is the
                                       characters of the normalized strings, so that nothing hides
                                       behind [UNK].
Offsets are flat: begin, end, begin, end, ...
"""
import copy
import gzip
import itertools
import json
import pathlib
import sys

from random_strings import COUNTS, Families
from tokenizers import Tokenizer

SEED = 20240229
GOLDEN = pathlib.Path(__file__).resolve().parents[1]


def write(path, rows):
    path.parent.mkdir(exist_ok=True)
    lines = [json.dumps(row, separators=(",", ":"), ensure_ascii=False) + "\n" for row in rows]
    path.write_bytes(gzip.compress("".join(lines).encode(), 9, mtime=0))
    print("%s: %d lines, %d bytes" % (path, len(rows), path.stat().st_size))


def tokens(tokenizer, text, plain=False):
    tokenizer.encode_special_tokens = plain
    encoding = tokenizer.encode(text)
    return {"ids": encoding.ids, "offsets": [n for pair in encoding.offsets for n in pair]}


def shipped(definition, families):
    tokenizer = Tokenizer.from_str(json.dumps(definition))
    rows = []
    for family, count in COUNTS.items():
        for _ in range(count):
            text = getattr(families, family)()
            row = {"family": family, "text": text, **tokens(tokenizer, text)}
            plain = tokens(tokenizer, text, plain=True)
            if plain["ids"] != row["ids"]:
                row["plain"] = plain
            rows.append(row)
    return rows


def variant(definition, texts, plain=False):
    """One line of variants.jsonl: the definition over a vocabulary of the texts' characters."""
    reference = Tokenizer.from_str(json.dumps(definition))
    normalize = reference.normalizer.normalize_str if reference.normalizer else (lambda text: text)
    characters = sorted(set("".join(normalize(text) for text in texts)) - {"\0"})
    vocabulary = ["[UNK]", "[CLS]", "[SEP]"] + [p + c for p in ("", "##") for c in characters]
    definition = copy.deepcopy(definition)
    ids = {token: id for id, token in enumerate(vocabulary)}
    definition["model"]["vocab"] = dict(ids)
    for token in definition["added_tokens"]:
        token["id"] = ids.setdefault(token["content"], len(ids))
    template = definition["post_processor"]["special_tokens"]
    template["[CLS]"]["ids"], template["[SEP]"]["ids"] = [1], [2]
    tokenizer = Tokenizer.from_str(json.dumps(definition))
    for token in definition["added_tokens"]:
        assert tokenizer.token_to_id(token["content"]) == token["id"]
    del definition["model"]["vocab"]
    cases = [{"text": text, **tokens(tokenizer, text, plain)} for text in texts]
    return {"spec": definition, "vocabulary": vocabulary, "plain": plain, "cases": cases}


def normalizer_variants(base, families):
    for clean, cjk, strip, lower in itertools.product(
        [True, False], [True, False], [None, True, False], [True, False]
    ):
        definition = copy.deepcopy(base)
        definition["added_tokens"] = []
        definition["normalizer"] = {
            "type": "BertNormalizer", "clean_text": clean, "handle_chinese_chars": cjk,
            "strip_accents": strip, "lowercase": lower,
        }  # fmt: skip
        kinds = ["uniform", "one_page", "script", "east_asian", "controls", "cased"] * 4
        kinds = ["combining"] * 14 + kinds
        yield variant(definition, [getattr(families, kind)() for kind in kinds])
    definition = copy.deepcopy(base)
    definition["added_tokens"], definition["normalizer"] = [], None
    yield variant(definition, [families.mixed() for _ in range(20)])


def added_token_variants(base, families):
    flags = ("special", "single_word", "lstrip", "rstrip", "normalized")
    contents = ["<a>", "<a>b", "Tok", "[X\u00c9]", "\u4e2d", " q", "e", "<A>", "<m\u0301>"]
    for _ in range(50):
        definition = copy.deepcopy(base)
        chosen = families.random.sample(contents, families.random.randint(1, 5))
        definition["added_tokens"] = [
            {"id": 0, "content": content}
            | {flag: families.random.random() < 0.4 for flag in flags}
            for content in chosen
        ]
        parts = contents + ["<A>B", "tok", "TOK", "[xe]", "[xe\u0301]"]
        parts += [" ", "  ", "\t", "\u3000", "a", "_", "\u0301", "."]
        lengths = [families.random.randint(1, 9) for _ in range(30)]
        found = [t["content"].lower() for t in definition["added_tokens"] if t["normalized"]]
        if len(set(found)) < len(found):
            continue  # of tokens with equal normalized text, the reference's choice changes by run
        texts = ["".join(families.random.choices(parts, k=length)) for length in lengths]
        yield variant(definition, texts, plain=families.random.random() < 0.4)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    definition = json.loads(pathlib.Path(sys.argv[1]).read_text())
    definition["truncation"] = definition["padding"] = None
    print("seed %d" % SEED)
    families = Families(SEED, list(definition["model"]["vocab"]))
    write(GOLDEN / "minilm" / "random.jsonl.gz", shipped(definition, families))
    write(
        GOLDEN / "variants.jsonl.gz",
        [*normalizer_variants(definition, families), *added_token_variants(definition, families)],
    )


if __name__ == "__main__":
    main()
