# SPDX-License-Identifier: Apache-2.0
"""Writes tests/golden/words.jsonl.gz: texts and the words that lexical search cuts them into.

python3 tests/golden/generate/generate_words.py

An implementation of its own of the rules in docs/decisions/words-of-lexical-search.md, over Python's
`unicodedata` (categories, names, canonical forms) and nothing of Mayfly. Texts: sentences in many
scripts, and random strings of characters from these scripts, seeded.
"""
import gzip
import json
import pathlib
import random
import unicodedata

TARGET = pathlib.Path(__file__).resolve().parents[1] / "words.jsonl.gz"
INVISIBLE = {0xAD, 0x200C, 0x200D, 0x2060, 0xFEFF}
SPELLINGS = {"ß": "ss", "æ": "ae", "ð": "d", "ø": "o", "þ": "th", "đ": "d", "ħ": "h", "ı": "i", "ł": "l",
             "œ": "oe", "ς": "σ"}
PAIR_NAMES = ("CJK UNIFIED", "CJK COMPATIBILITY IDEOGRAPH", "HIRAGANA", "KATAKANA", "HALFWIDTH KATAKANA",
              "HANGUL", "THAI", "LAO", "MYANMAR", "KHMER", "IDEOGRAPHIC ITERATION")
OPTIONAL_MARKS = ("COMBINING", "HEBREW POINT", "HEBREW ACCENT", "ARABIC FATHA", "ARABIC KASRA", "ARABIC DAMMA",
                  "ARABIC SHADDA", "ARABIC SUKUN", "ARABIC TATWEEL", "VARIATION SELECTOR")
MAX_CODE_POINTS = 64
SENTENCES = [
    "", "   ", "Hello, World! It's 3.14 o'clock; snake_case and camelCase.", "Straße, STRASSE, STRAẞE; Œuvre & Ærø",
    "Crème brûlée, naïve façade, Ångström, İstanbul ılık, Łódź, Đorđe", "ΟΔΥΣΣΕΥΣ Ὀδυσσεύς", "Ёлка и йод, ЩЁТКА",
    "猫が好き。犬も、好き!", "私はJavaScriptとＣＳＳを書く", "机器学习2024年", "手機", "猫", "한국어는 재미있다.",
    "ภาษาไทย ง่าย", "हिन्दी में खोज", "שָׁלוֹם עולם", "السَّلَامُ عَلَيْكُمْ", "e\u0301te\u0301 = été", "co\u00adoperate zero\u200bwidth",
    "か\u3099 が は\u309a ぱ ウ\u3099", "\u1112\u1161\u11ab\u1100\u1173\u11af 한글", "👩\u200d💻 ok", "\u0301", "x" * 200, "é" * 100,
    "ａｂｃ１２３ ＡＢＣ", "日本語abc日本語", "don’t l’homme", "a-b state-of-the-art", "100 % ½ ²",
]
BLOCKS = [(0x20, 0x7E), (0x41, 0x5A), (0x61, 0x7A), (0xC0, 0x17F), (0x391, 0x3C9), (0x410, 0x44F), (0x5D0, 0x5EA),
          (0x5B0, 0x5BB), (0x627, 0x64A), (0x64B, 0x652), (0x905, 0x94D), (0xE01, 0xE2E), (0x3041, 0x3096),
          (0x30A1, 0x30FA), (0x4E00, 0x4FFF), (0xAC00, 0xAFFF), (0xFF21, 0xFF3A), (0x300, 0x30F), (0x3099, 0x309A),
          (0x20, 0x20), (0x20, 0x20), (0x2010, 0x2027), (0xAD, 0xAD), (0x200C, 0x200D), (0x1F600, 0x1F64F)]


def is_word(c):
    category = unicodedata.category(c)
    return category[0] in "LM" or category in ("Nd", "Nl", "Pc") or ord(c) in (0x200C, 0x200D)


def is_pair(c):
    return is_word(c) and unicodedata.name(c, "").startswith(PAIR_NAMES)


def is_mark(c):
    return unicodedata.category(c) == "Mn"


def fold(c):
    if 0xFF01 <= ord(c) <= 0xFF5E:
        c = unicodedata.normalize("NFKC", c)
    c = c.lower()[0]
    if unicodedata.name(c, "").startswith(OPTIONAL_MARKS):
        return ""
    if c in SPELLINGS:
        return SPELLINGS[c]
    parts = unicodedata.normalize("NFD", c)
    return c if parts == c else "".join(part for part in parts if not is_mark(part))


def composed_run(text, at):
    """[(character, end)] of the run of pair characters from `at`: combining ones joined."""
    run = []
    while at < len(text) and is_pair(text[at]):
        end = at + 1
        while end < len(text) and end - at < 3 and len(unicodedata.normalize("NFC", text[at:end + 1])) == 1:
            end += 1
        run.append((unicodedata.normalize("NFC", text[at:end]) if end - at > 1 else text[at], at, end))
        at = end
    return run


def words(text):
    """[[folded, first code point, end, kind]]"""
    found, at = [], 0
    while at < len(text):
        if not is_word(text[at]):
            at += 1
        elif is_pair(text[at]):
            run = composed_run(text, at)
            for (a, begin, _), (b, _, end) in zip(run, run[1:]):
                found.append([a + b, begin, end, "pair"])
            found.append([run[-1][0], run[-1][1], run[-1][2], "tail"])
            at = run[-1][2]
        else:
            begin, folded = at, ""
            while at < len(text) and len(folded) + 4 <= MAX_CODE_POINTS:
                if ord(text[at]) not in INVISIBLE:
                    if is_pair(text[at]) or not is_word(text[at]):
                        break
                    folded += fold(text[at])
                at += 1
            if folded:
                found.append([folded, begin, at, "word"])
    return found


def main():
    source = random.Random(20)
    texts = list(SENTENCES)
    for _ in range(400):
        blocks = [source.choice(BLOCKS) for _ in range(source.randint(1, 5))]
        texts.append("".join(chr(source.randint(*source.choice(blocks))) for _ in range(source.randint(1, 40))))
    lines = []
    for text in texts:
        offsets = [len(text[:i].encode()) for i in range(len(text) + 1)]
        rows = [[w, offsets[begin], offsets[end], kind] for w, begin, end, kind in words(text)]
        lines.append(json.dumps({"text": text, "words": rows}, ensure_ascii=False))
    TARGET.write_bytes(gzip.compress(("\n".join(lines) + "\n").encode(), 9, mtime=0))


if __name__ == "__main__":
    main()
