#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes src/text/bert_tables.inc from src/text/data/bert_reference.json.

    src/text/generate_bert_tables.py           write the file
    src/text/generate_bert_tables.py --check   exit with 1 when the checked-in file is out of date

Everything is a list of numbers in LEB128 (seven bits per byte, low bits first), as differences, so
that the tables are small before compression and smaller after it. "Gap" below is the distance from
the end of the entry before; a signed number is zigzag-coded. bert_characters.cpp reads them:

    sets             gap, length - 1
    combining class  gap, length - 1, class
    lowercase        gap, 2 * (count - 1) + (stride - 1), signed (lowercase - code point)
    decomposition    4 * gap + (parts - 1), each part signed as the difference from the part before
"""
import json
import pathlib
import sys

FOLDER = pathlib.Path(__file__).resolve().parent
SOURCE = FOLDER / "data" / "bert_reference.json"
TARGET = FOLDER / "bert_tables.inc"
SETS = {
    "removed": "kRemovedRanges",
    "space": "kSpaceRanges",
    "cjk": "kCjkRanges",
    "white": "kWhiteRanges",
    "punctuation": "kPunctuationRanges",
    "word": "kWordRanges",
    "mark": "kMarkRanges",
}


def leb128(number):
    assert number >= 0
    out = []
    while number >= 128:
        out.append(number & 127 | 128)
        number >>= 7
    return out + [number]


def signed(number):
    return leb128(2 * number if number >= 0 else -2 * number - 1)


def as_ranges(code_points):
    found = []
    for c in sorted(code_points):
        if found and found[-1][1] == c - 1:
            found[-1][1] = c
        else:
            found.append([c, c])
    return found


def set_bytes(ranges):
    out, end = [], 0
    for first, last in ranges:
        out += leb128(first - end) + leb128(last - first)
        end = last + 1
    return out


def class_bytes(classes):
    out, end = [], 0
    rows = [(*span, k) for k, found in classes.items() for span in as_ranges(found)]
    for first, last, k in sorted(rows):
        out += leb128(first - end) + leb128(last - first) + leb128(k)
        end = last + 1
    return out


def lowercase_runs(lower):
    """[first, count, stride, difference]: neighbours, or every other one, with one difference."""
    runs = []
    for c in sorted(lower):
        difference = lower[c] - c
        run = runs[-1] if runs else None
        step = c - (run[0] + (run[1] - 1) * run[2]) if run else 0
        if run and run[3] == difference and (step == run[2] or (run[1] == 1 and step == 2)):
            run[1], run[2] = run[1] + 1, step
        else:
            runs.append([c, 1, 1, difference])
    return runs


def lowercase_bytes(lower):
    out, end = [], 0
    for first, count, stride, difference in lowercase_runs(lower):
        out += leb128(first - end) + leb128(2 * (count - 1) + stride - 1) + signed(difference)
        end = first + (count - 1) * stride + 1
    return out


def decomposition_bytes(decomposition):
    out, end, before = [], 0, 0
    for c, parts in sorted(decomposition.items()):
        assert 1 <= len(parts) <= 4
        out += leb128(4 * (c - end) + len(parts) - 1)
        for part in parts:
            out += signed(part - before)
            before = part
        end = c + 1
    return out


def expand(ranges):
    return {c for first, last in ranges for c in range(first, last + 1)}


def without_marks(data):
    """Decompositions as strip_accents leaves them: (parts that stay, code points dropped whole,
    combining classes with those of the latter).

    A dropped part says nothing about anything but itself, with one exception: the first part
    stands for the character in canonical reordering, so its class becomes the character's.
    """
    marks = expand(data["mark"])
    classes = {}
    for k, ranges in data["combining_class"].items():
        for c in expand(ranges):
            classes[c] = int(k)
    of_code_point = {c: k for c, k in classes.items()}
    kept = {}
    for key, parts in data["decomposition"].items():
        c = int(key)
        stay = [part for part in parts if part not in marks]
        if stay:
            assert parts[0] not in classes, "only a starter, or nothing, may stay in front"
            kept[c] = stay
        else:
            marks.add(c)
            if parts[0] in classes:
                of_code_point[c] = classes[parts[0]]
    by_class = {}
    for c, k in of_code_point.items():
        by_class.setdefault(k, []).append(c)
    return kept, marks, by_class


def array(name, numbers):
    rows, row = [], ""
    for number in numbers:
        text = "%d," % number
        if len(row) + len(text) > 96:
            rows.append(row)
            row = ""
        row += text
    rows.append(row)
    return "inline constexpr std::uint8_t %s[] = {\n    %s};\n" % (name, "\n    ".join(rows))


def render(data):
    kept, marks, classes = without_marks(data)
    sets = {name: data[name] for name in SETS}
    sets["mark"] = as_ranges(marks)
    text = (
        "// SPDX-License-Identifier: Apache-2.0\n"
        "// GENERATED by src/text/generate_bert_tables.py; do not edit. Its answers come from\n"
        "// %s.\n// clang-format off\n" % data["source"]
    )
    for name, constant in SETS.items():
        text += array(constant, set_bytes(sets[name]))
    text += array("kCombiningClasses", class_bytes(classes))
    lower = {int(c): to for c, to in data["lowercase"].items()}
    text += array("kLowercase", lowercase_bytes(lower))
    text += array("kDecompositions", decomposition_bytes(kept))
    return text + "// clang-format on\n"


def main():
    if sys.argv[1:] not in ([], ["--check"]):
        sys.exit(__doc__)
    text = render(json.loads(SOURCE.read_text()))
    if sys.argv[1:] == ["--check"]:
        if not TARGET.exists() or TARGET.read_text() != text:
            sys.exit("%s is out of date: run src/text/generate_bert_tables.py" % TARGET.name)
    else:
        TARGET.write_text(text)


if __name__ == "__main__":
    main()
