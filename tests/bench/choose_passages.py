# SPDX-License-Identifier: Apache-2.0
"""Writes passages.json, the texts of the throughput class: build/bench-venv/bin/python tests/bench/choose_passages.py

64 passages of 90 to 110 tokens, at most one per page of the 18F handbook (demo/site/content), pages in a
seeded order, each cut at a word. `ids` are those of the reference tokenizer (Hugging Face tokenizers on the
tokenizer.json that export_onnx.py wrote), [CLS] and [SEP] included.
"""
import json
import pathlib
import random
import re

from tokenizers import Tokenizer

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
COUNT, SHORTEST, LONGEST, SEED = 64, 90, 110, 20260


def prose(markdown):
    """The page's paragraphs as one line: no front matter, headings, lists, tables, code, links or markup."""
    text = re.sub(r"\A---.*?^---$", "", markdown, flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    paragraphs = [p for p in re.split(r"\n\s*\n", text) if re.match(r"\s*[A-Z][^|{}<>]*\Z", p)]
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", " ".join(paragraphs))
    return re.sub(r"\s+", " ", re.sub(r"[*_`]+", "", text)).strip()


def cut(text, tokenizer, length):
    """The longest beginning of at most `length` tokens that ends with a word; its ids."""
    words = text.split(" ")
    low, high = 0, min(len(words), length)
    while low < high:
        middle = (low + high + 1) // 2
        if len(tokenizer.encode(" ".join(words[:middle])).ids) <= length:
            low = middle
        else:
            high = middle - 1
    text = " ".join(words[:low])
    return text, tokenizer.encode(text).ids


def main():
    tokenizer = Tokenizer.from_file(str(ROOT / "build" / "bench" / "tokenizer.json"))
    chance = random.Random(SEED)
    pages = sorted((ROOT / "demo" / "site" / "content" / "pages").rglob("*.md"))
    chance.shuffle(pages)
    chosen = []
    for page in pages:
        text, ids = cut(prose(page.read_text()), tokenizer, chance.randint(SHORTEST, LONGEST))
        if len(ids) >= SHORTEST and len(chosen) < COUNT:
            chosen.append({"text": text, "ids": ids})
    if len(chosen) < COUNT:
        raise SystemExit(f"only {len(chosen)} pages have {SHORTEST} tokens of prose")
    about = "Made by choose_passages.py from the 18F handbook (CC0 1.0); ids are the reference tokenizer's."
    head = {"about": about, "id": "bulk-64-passages", "title": "64 passages of about 100 tokens"}
    lines = ",\n".join("    " + json.dumps(one, ensure_ascii=False) for one in chosen)
    text = json.dumps(head, indent=2)[:-2] + ',\n  "texts": [\n' + lines + "\n  ]\n}\n"
    (HERE / "passages.json").write_text(text)
    counts = [len(one["ids"]) for one in chosen]
    print(f"{COUNT} passages of {min(counts)} to {max(counts)} tokens, {sum(counts)} in all")


if __name__ == "__main__":
    main()
