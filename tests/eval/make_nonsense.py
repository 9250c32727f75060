# SPDX-License-Identifier: Apache-2.0
"""Makes the queries that no page answers: python3 tests/eval/make_nonsense.py OUT CORPUS...

CORPUS: a corpus.jsonl or corpus.jsonl.gz whose words, and those that they begin with, no made-up word may be. Writes
OUT/queries.jsonl.gz and prints the line of its checksum for SOURCE.md. The same corpora give the same bytes.
Needs Python 3.9 alone.

Half of the queries are for choosing a threshold (dev-001 to dev-100) and half for testing it (test-001 to
test-100). Of each half 34 are made-up words, 33 are keyboard mashing and random syllables, and 33 are English words that
make no sense together, in this order. The halves share no English noun, verb or adjective.
"""
import argparse
import pathlib
import random
import re

from make_names import json_line, read_rows, write

SEED = 20
COUNTS = {"made up": 34, "mashed": 33, "english": 33}
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890")
STARTS = "b bl br ch d dr f fl fr g gl gr h j k kl kr l m n p pl pr q qu r s sk sl sn squ st t tr v w x y z zw".split()
MIDDLES = "a e i o u oo ee ou ai y".split()
ENDS = ["", ""] + "b ck d ff g k l lf m mp n nk p r rf rn sk sp st t x xt z zz".split()
NOUNS = """walrus trombone otter teapot giraffe pineapple bagpipe lobster marmalade volcano hedgehog umbrella cactus
accordion penguin turnip glacier mustard flamingo saxophone badger pancake meteor raccoon pudding chandelier ostrich
radish harpsichord sardine cinnamon moose avalanche parsnip tuba hamster rhubarb lighthouse pelican custard catapult
squirrel waffle xylophone beetroot kangaroo porridge harmonica tadpole gravy tambourine llama spaghetti anvil puffin
tangerine hammock weasel dumpling canoe""".split()
ADJECTIVES = """purple sleepy velvet crunchy feathery salty wobbly ancient lukewarm spotted furry melancholic rusted
damp scarlet chubby itchy frozen fragrant grumpy sticky moonlit toothless peppery ticklish slippery woollen sour hairy
candied""".split()
VERBS = """juggle tickle swallow knit serenade marinate polish outrun sneeze devour gargle waltz yodel nibble hug paddle
whistle pickle tiptoe bathe""".split()
# N: noun, A: adjective, V: verb, S: verb with its s.
PATTERNS = ("A N N", "A N", "N N N", "N S A N", "A A N", "A N S N", "V N N", "N S", "A N of N", "why does N V A N",
            "how to V N with N", "N N A N N")


def gibberish(rng):
    """A word that can be said, or now and then one of consonants."""
    if rng.random() < 0.2:
        return "".join(rng.choice("bcdfghjkmpqrstvwxz") for _ in range(rng.randint(3, 6)))
    return "".join(rng.choice(STARTS) + rng.choice(MIDDLES) + rng.choice(ENDS) for _ in range(rng.choice((2, 2, 3))))


def made_up(rng):
    return " ".join(gibberish(rng) for _ in range(rng.choice((1, 2, 2, 3, 4))))


def run_of_keys(rng):
    """Neighbouring keys, to and fro: asdfgf, lkjhjk."""
    row = rng.choice(ROWS[:3])
    at, keys = rng.randrange(len(row)), []
    for _ in range(rng.randint(4, 12)):
        keys.append(row[at])
        at = min(max(at + rng.choice((-1, 1, 1)), 0), len(row) - 1)
    return "".join(keys)


def random_keys(rng):
    rows = ROWS if rng.random() < 0.3 else ROWS[1:2] * 3 + ROWS[:3]
    return "".join(rng.choice(rng.choice(rows)) for _ in range(rng.randint(5, 14)))


def one_key(rng):
    return rng.choice("".join(ROWS[:3])) * rng.randint(5, 12)


def repeated(rng):
    """A few keys again and again: jkl;jkl."""
    keys = "".join(rng.sample(rng.choice(ROWS[:3]), rng.randint(2, 4)))
    return (keys + rng.choice(("", ";", " "))) * rng.randint(2, 5)


def syllables(rng):
    return "".join(rng.choice("bdfgklmnprstvz") + rng.choice("aeiou") for _ in range(rng.choice((2, 3, 4, 6, 9, 14))))


def mashed(rng):
    make = rng.choice((run_of_keys, random_keys, random_keys, one_key, repeated, syllables, syllables, syllables))
    return " ".join(make(rng).strip("; ") for _ in range(rng.choice((1, 1, 1, 2, 3, 5))))


def english(rng, words):
    words = {**words, "S": [verb + ("es" if verb[-1] in "hz" else "s") for verb in words["V"]]}
    return " ".join(rng.choice(words[part]) if part in words else part for part in rng.choice(PATTERNS).split())


def halves(rng, words):
    words = rng.sample(words, len(words))
    return words[::2], words[1::2]


def vocabulary(paths):
    """The words of the corpora and, of long ones, what they begin with: a search as one types finds that too."""
    words = {word for path in paths for row in read_rows(path)
             for word in re.findall(r"\w+", (row["title"] + " " + row["text"]).lower())}
    return words | {word[:length] for word in words for length in range(3, len(word))}


def main():
    parser = argparse.ArgumentParser(description="Make queries that no page answers.")
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("corpus", type=pathlib.Path, nargs="+")
    options = parser.parse_args()
    rng = random.Random(SEED)
    known = vocabulary(options.corpus)
    parts = [dict(zip("NAV", half)) for half in zip(*(halves(rng, words) for words in (NOUNS, ADJECTIVES, VERBS)))]
    makers = {"made up": lambda words: made_up(rng), "mashed": lambda words: mashed(rng),
              "english": lambda words: english(rng, words)}
    taken, lines = set(), []
    for half, words in zip(("dev", "test"), parts):
        number = 0
        for kind, count in COUNTS.items():
            left = count
            while left:
                text = makers[kind](words)
                found = re.findall(r"\w+", text)
                real = kind != "english" and any(word in known for word in found)
                # A visitor may type a word twice, but not to say anything.
                if text in taken or real or (kind == "english" and len(set(found)) < len(found)):
                    continue
                taken.add(text)
                left, number = left - 1, number + 1
                lines.append(json_line(id=f"{half}-{number:03}", text=text))
    write(options.out, "queries.jsonl", lines)
    print(len(lines), "queries")


if __name__ == "__main__":
    main()
