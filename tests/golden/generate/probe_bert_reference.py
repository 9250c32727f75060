#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Asks the reference library what it does with every code point, and writes the answers down.

    pip install tokenizers==0.23.3
    python3 tests/golden/generate/probe_bert_reference.py > src/text/data/bert_reference.json

Then run src/text/generate_bert_tables.py. Why the answers are recorded, and not taken from a
Unicode release: docs/decisions/tokenizer-tables-follow-the-reference.md. Sets are lists of
inclusive ranges; surrogates do not occur.
"""
import sys
import textwrap
import unicodedata

import tokenizers
from tokenizers import AddedToken, Tokenizer, models, normalizers, pre_tokenizers

CODE_POINTS = [c for c in range(0x110000) if not 0xD800 <= c <= 0xDFFF]
HANGUL = range(0xAC00, 0xD7A4)  # decomposed by the arithmetic of Unicode 3.12, so not listed


def ranges(code_points):
    result = []
    for c in sorted(code_points):
        if result and result[-1][1] == c - 1:
            result[-1][1] = c
        else:
            result.append([c, c])
    return result


def bert(clean_text=False, cjk=False, strip_accents=False, lowercase=False):
    return normalizers.BertNormalizer(clean_text, cjk, strip_accents, lowercase).normalize_str


def sets_of_single_characters():
    """removed, space: clean_text; cjk: handle_chinese_chars; white, punctuation: pre-tokenizer."""
    clean, cjk = bert(clean_text=True), bert(cjk=True)
    split = pre_tokenizers.BertPreTokenizer().pre_tokenize_str
    found = {name: [] for name in ("removed", "space", "cjk", "white", "punctuation")}
    for c in CODE_POINTS:
        s = chr(c)
        cleaned = clean("x" + s + "x")
        if cleaned == "xx":
            found["removed"].append(c)
        elif cleaned == "x x":
            found["space"].append(c)
        else:
            assert cleaned == "x" + s + "x"
        if cjk(s) != s:
            assert cjk(s) == " " + s + " "
            found["cjk"].append(c)
        words = [word for word, _ in split("x" + s + "x")]
        if words == ["x", "x"]:
            found["white"].append(c)
        elif words == ["x", s, "x"]:
            found["punctuation"].append(c)
        else:
            assert words == ["x" + s + "x"]
    return found


def word_characters():
    """What the reference's regular expressions call \\w; decides about single_word tokens."""
    tokenizer = Tokenizer(models.WordLevel({"[UNK]": 0}, unk_token="[UNK]"))
    tokenizer.add_tokens([AddedToken("zq", single_word=True, normalized=False)])
    found = []
    for at in range(0, len(CODE_POINTS), 50000):
        block = CODE_POINTS[at : at + 50000]
        encodings = tokenizer.encode_batch([chr(c) + "zq" for c in block])
        found += [c for c, e in zip(block, encodings) if "zq" not in e.tokens]
    return found


def decompositions():
    nfd = normalizers.NFD().normalize_str
    found = {c: nfd(chr(c)) for c in CODE_POINTS if nfd(chr(c)) != chr(c)}
    for c in HANGUL:
        assert found.pop(c) == unicodedata.normalize("NFD", chr(c))
    return found


def marks(decomposed):
    """Code points that strip_accents drops (undecomposable ones; the others follow from them)."""
    strip = bert(strip_accents=True)
    found = {c for c in CODE_POINTS if c not in decomposed and strip(chr(c)) == ""}
    for c, parts in decomposed.items():
        assert strip(chr(c)) == "".join(p for p in parts if ord(p) not in found)
    return found


def combining_classes(decomposed):
    """Found by reordering: NFD swaps two neighbours when the first one's class is the greater."""
    nfd = normalizers.NFD().normalize_str
    representative = {}  # class -> a code point that the reference reorders

    def same_class(c, known):
        a, b = chr(c), chr(representative[known])
        return nfd(a + b) == a + b and nfd(b + a) == b + a

    found = {}
    for c in CODE_POINTS:
        s = chr(c)
        lowest, highest = "\u0334", "\u0345"  # classes 1 and 240: one of them swaps with any other
        swaps = nfd(highest + s) != highest + s or nfd(s + lowest) != s + lowest
        if c in decomposed or c in HANGUL or not swaps:
            continue  # a starter: class 0
        guess = unicodedata.combining(s)
        representative.setdefault(guess, c)
        assert guess and same_class(c, guess), hex(c)
        found[c] = guess
    ordered = sorted(representative)
    for low, high in zip(ordered, ordered[1:]):
        pair = chr(representative[low]) + chr(representative[high])
        assert nfd(pair[::-1]) == pair
    return found


def lowercase():
    lower = bert(lowercase=True)
    found = {c: lower(chr(c)) for c in CODE_POINTS if lower(chr(c)) != chr(c)}
    assert {c for c in found if len(found[c]) > 1} == {0x130}, "the C++ knows this one by name"
    assert found.pop(0x130) == "i\u0307"
    return {c: ord(s) for c, s in found.items()}


def json_rows(decomposed):
    sets = sets_of_single_characters()
    sets["word"] = word_characters()
    sets["mark"] = marks(decomposed)
    for name, found in sets.items():
        yield name, str(ranges(found))
    classes = combining_classes(decomposed)
    by_class = {
        k: ranges(c for c in classes if classes[c] == k) for k in sorted(set(classes.values()))
    }
    yield "combining_class", "{%s}" % ", ".join('"%d": %s' % item for item in by_class.items())
    yield "lowercase", "{%s}" % ", ".join('"%d": %d' % item for item in lowercase().items())
    parts = {c: [ord(p) for p in s] for c, s in decomposed.items()}
    yield "decomposition", "{%s}" % ", ".join('"%d": %s' % item for item in parts.items())


def main():
    source = "tokenizers %s, BertNormalizer and BertPreTokenizer" % tokenizers.__version__
    out = '{\n"source": "%s"' % source
    for name, value in json_rows(decompositions()):
        out += ',\n"%s":\n' % name + textwrap.fill(value, 100, break_on_hyphens=False)
    sys.stdout.write(out + "\n}\n")


if __name__ == "__main__":
    main()
