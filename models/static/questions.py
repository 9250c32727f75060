# SPDX-License-Identifier: Apache-2.0
"""Questions as visitors type them, made from the titles and sentences that were collected.

Templates of a few words around one or two phrases; the teacher embeds whatever comes out, so that they need
not be sensible. None is written after a collection that is measured.
"""
COUNT = 45_000

ONE = (
    "what is {a}", "what is {a}?", "what does {a} mean", "how does {a} work", "how do i use {a}", "is {a} dangerous",
    "who invented {a}", "where does {a} come from", "when was {a} discovered", "why is {a} important",
    "examples of {a}", "can you have {a} without a doctor", "what causes {a}", "how to choose {a}", "types of {a}",
    "is there such a thing as {a}", "does {a} still exist", "history of {a}", "difference in {a}", "i need help with {a}",
    "my {a} is not working", "how do I get {a}?", "where can I find {a}", "I lost my {a}", "can I change my {a}?",
    "how long does {a} take", "why was I asked for {a}?", "what should I do about {a}", "tell me about {a}",
    "is {a} the same everywhere", "how much does {a} cost?", "configure {a}", "{a} guide", "{a} not found",
    "how to remove {a}", "set up {a}", "please explain {a}", "is it legal to own {a}", "do you support {a}?",
    "do all countries have {a}", "I would like to order {a}", "{a} is missing, what now?", "can {a} be cancelled",
)
TWO = (
    "what is the difference between {a} and {b}", "is {a} a kind of {b}", "does {a} cause {b}", "{a} or {b}",
    "how does {a} affect {b}", "can {a} be used as {b}", "how to use {a} with {b}", "is {a} part of {b}",
    "is {a} the same as {b}", "{a} for {b}", "{a} increases {b}", "{a} has no effect on {b}", "{a} and {b}",
    "why does my {a} need {b}?", "do {a} and {b} belong together", "{a} without {b}", "convert {a} to {b}",
    "I received {a} instead of {b}", "who made {a} for {b}", "role of {a} in {b}",
)


def phrases(texts):
    """Titles: texts of one to four words; and the head of "title: definition"."""
    short = [t for t in texts if len(t.split()) <= 4 and ":" not in t and t[-1].isalpha()]
    return short or ["it"]


def questions(texts, rng):
    titles = phrases(texts)
    for _ in range(COUNT):
        a, b = rng.choice(titles), rng.choice(titles)
        template = rng.choice(ONE if rng.random() < 0.55 else TWO)
        yield template.format(a=a, b=b)
