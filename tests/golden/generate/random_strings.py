# SPDX-License-Identifier: Apache-2.0
"""Families of random strings for the tokenizer's golden files. Deterministic for a given seed."""
import json
import pathlib
import random

DATA = json.loads(
    (pathlib.Path(__file__).resolve().parents[3] / "src/text/data/bert_reference.json").read_text()
)
SPECIAL = ["[CLS]", "[SEP]", "[PAD]", "[UNK]", "[MASK]"]
EMOJI = [
    "\U0001f600", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f44d\U0001f3fd",
    "\U0001f1ee\U0001f1f8", "\u2764\ufe0f", "1\ufe0f\u20e3",
    "\U0001f3f4\U000e0067\U000e0062\U000e007f", "\u263a", "\u2764\ufe0f\u200d\U0001f525",
]  # fmt: skip
CASED = (
    "\u0130\u0131I\u0307i\u0307\u03a3\u03c3\u03c2\u1e9e\u00df\u212a\u212b\u01c5\u01c4\u01c6"
    "\u1fbc\u2160\u24b6\uff21\U00010400"
)
SCRIPTS = [
    (0x0370, 0x3FF), (0x400, 0x52F), (0x531, 0x58F), (0x591, 0x5F4), (0x600, 0x6FF),
    (0x900, 0x97F), (0x980, 0x9FE), (0xB80, 0xBFA), (0xC80, 0xCF2), (0xE01, 0xE5B),
    (0xF00, 0xFDA), (0x1000, 0x109F), (0x10A0, 0x10FF), (0x1200, 0x137F), (0x13A0, 0x13FF),
    (0x1780, 0x17F9), (0x1B00, 0x1B7C), (0x1E00, 0x1EFF), (0x1F00, 0x1FFF), (0x2C00, 0x2DFF),
    (0xA640, 0xA69F), (0xA720, 0xA7FF), (0x10400, 0x1044F), (0x11100, 0x11147),
    (0x1D100, 0x1D1FF), (0x1D400, 0x1D7FF), (0x1E900, 0x1E95F),
]  # fmt: skip


def members(*names):
    return [c for name in names for first, last in DATA[name] for c in range(first, last + 1)]


class Families:
    def __init__(self, seed, vocabulary):
        self.random = random.Random(seed)
        self.pieces = [token[2:] if token.startswith("##") else token for token in vocabulary]
        self.words = [t for t in vocabulary if t.isalpha()]
        classes = [tuple(r) for ranges in DATA["combining_class"].values() for r in ranges]
        self.marks = [c for first, last in classes for c in range(first, last + 1)]
        self.marks += [c for c in members("mark") if c < 0x20000]
        self.odd = [c for c in members("removed", "space", "white") if c < 0xE000]
        self.odd += [0xFEFF, 0xFFFD, 0xE000, 0xF8FF, 0xFFFE, 0xFFFF, 0x1FFFF, 0x10FFFF, 0xFFF9]
        self.odd += [0x180E, 0x378, 0x2FE0]
        self.punctuation = members("punctuation")
        self.upper = [int(c) for c in DATA["lowercase"]]
        self.composed = [int(c) for c in DATA["decomposition"]]

    def of(self, choices, low, high):
        length = self.random.randint(low, high)
        return "".join(chr(self.random.choice(choices)) for _ in range(length))

    def word(self):
        return self.random.choice(self.words)

    def sprinkle(self, text, choices, share):
        """`text` with some characters of `choices` put in."""
        out = ""
        for c in text:
            out += c
            if self.random.random() < share:
                out += chr(self.random.choice(choices))
        return out

    def sentence(self, low=1, high=8):
        return " ".join(self.word() for _ in range(self.random.randint(low, high)))

    # One method per family; each returns a string without surrogates.

    def uniform(self):
        length = self.random.randint(1, 30)
        scalars = [self.random.randrange(0x110000 - 0x800) for _ in range(length)]
        return "".join(chr(c if c < 0xD800 else c + 0x800) for c in scalars)

    def one_page(self):
        page = self.random.choice([p for p in range(0x320) if not 0xD8 <= p <= 0xDF]) << 8
        text = self.of(range(page, page + 256), 1, 24)
        return self.sprinkle(text, [0x20, 0x61, 0x41, 0x2E], 0.2)

    def script(self):
        first, last = self.random.choice(SCRIPTS)
        return self.sprinkle(self.of(range(first, last + 1), 2, 40), [0x20, 0x20, 0x2C], 0.15)

    def latin(self):
        accented = [c for c in self.composed if c < 0x250 or 0x1E00 <= c < 0x1F00]
        return self.sprinkle(self.sentence(2, 10), accented, 0.08)

    def combining(self):
        bases = [0x61, 0x45, 0x20, 0x2E, 0x4E00, 0x1D15E, 0x1D1BC] + self.composed[:40]
        text = ""
        for _ in range(self.random.randint(1, 6)):
            if self.random.random() < 0.9:
                text += chr(self.random.choice(bases + self.composed))
            text += self.of(self.marks, 0, 6)
            if self.random.random() < 0.15:
                text += self.of(self.odd, 1, 1) + self.of(self.marks, 1, 3)
        return text

    def east_asian(self):
        text = ""
        for _ in range(self.random.randint(1, 12)):
            first, last = self.random.choice(
                [(0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0x1100, 0x11FF), (0x3040, 0x30FF),
                 (0xF900, 0xFAFF), (0xFF00, 0xFFEF), (0x2F800, 0x2FA1F), (0x3000, 0x303F),
                 (0x20000, 0x2CEB0), (0x3400, 0x4DBF)]
            )  # fmt: skip
            text += chr(self.random.randint(first, last)) * self.random.randint(1, 2)
        return self.sprinkle(text, [0x20, 0x61, 0x3099, 0x302E], 0.1)

    def symbols(self):
        return self.sprinkle(self.sentence(1, 5), self.punctuation + list(range(33, 127)), 0.3)

    def controls(self):
        return self.sprinkle(self.sentence(1, 6), self.odd, 0.3)

    def emoji(self):
        choices = EMOJI + [self.word(), self.word(), " ", "\u200d"]
        return "".join(self.random.choices(choices, k=self.random.randint(1, 9)))

    def cased(self):
        text = "".join(self.random.choices(CASED + "aBcXyZ ", k=self.random.randint(1, 20)))
        return text + self.of(self.upper, 0, 10) + self.sentence(1, 2).upper()

    def long_word(self):
        length = self.random.choice([1, 5, 20, 60, 95, 99, 100, 101, 102, 130, 400])
        kind = self.random.randrange(4)
        if kind == 0:
            text = self.random.choice("aeé\u0301\u0435") * length
        elif kind == 1:
            text = "".join(self.random.choice(self.pieces) for _ in range(length // 4 + 1))
        elif kind == 2:
            text = ("a\u0301" if self.random.random() < 0.5 else "\u01d5") * length
        else:
            text = self.of(range(0x61, 0x7B), length, length)
        return self.word() + " " + text + self.random.choice([" ", ".", "", "\u0301"]) + self.word()

    def special(self):
        parts = []
        for _ in range(self.random.randint(1, 6)):
            token = self.random.choice(SPECIAL)
            mangled = [token.lower(), token[:-1], token[1:], "[" + token, token + "]"]
            mangled += [token[:3] + "\u0301" + token[3:], "\u0301", "\ufffd", "\u4e2d"]
            mangled += ["\U0001d16e"]
            parts.append(self.random.choice([token] * 6 + mangled))
            between = ["", " ", "  ", self.word(), " " + self.word() + " ", "\u00a0"]
            parts.append(self.random.choice(between))
        return "".join(parts)

    def mixed(self):
        kinds = [self.uniform, self.script, self.combining, self.symbols]
        kinds += [self.emoji, self.special, self.cased]
        return " ".join(self.random.choice(kinds)() for _ in range(self.random.randint(2, 4)))


# Strings of each family in random.jsonl.gz, 10,000 in all.
COUNTS = {
    "uniform": 1500, "one_page": 1500, "script": 1000, "latin": 700, "combining": 1300,
    "east_asian": 800, "symbols": 500, "controls": 700, "emoji": 300, "cased": 500,
    "long_word": 400, "special": 500, "mixed": 300,
}  # fmt: skip
