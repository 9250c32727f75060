# SPDX-License-Identifier: Apache-2.0
"""What each kind of package yields: functions from an Archive to passages, each a list of sentences.

A reader takes prose only (glosses, descriptions, documentation comments); code, markup and tables are cut
away, and what is left of them is dropped by `prose`.
"""
import ast
import gzip
import html
import json
import re

SENTENCE_END = re.compile(r"(?<=[.!?])[\"')]*\s+(?=[A-Z\"'(])")
MARKUP = [
    (re.compile(r"<[^>]{1,200}>"), " "),                         # HTML
    (re.compile(r"\{@\w+\s+([^}|]+)[^}]*\}"), r"\1"),            # JSDoc links
    (re.compile(r":\w+(?::\w+)?:`~?\.?([^`<]+)(?:<[^`]*>)?`"), r"\1"),  # reST roles
    (re.compile(r"`{1,2}([^`]*)`{1,2}_{0,2}"), r"\1"),
    (re.compile(r"\[([^\]]+)\]\([^)]*\)"), r"\1"),               # Markdown links
    (re.compile(r"\*{1,2}([^*]+)\*{1,2}"), r"\1"),
    (re.compile(r"https?://\S+"), " "),
]


def plain(text):
    text = html.unescape(text)
    for pattern, replacement in MARKUP:
        text = pattern.sub(replacement, text)
    return " ".join(text.split())


def is_prose(sentence):
    """Mostly letters, of at least two words and at most 80."""
    words = sentence.split()
    letters = sum(c.isalpha() or c == " " for c in sentence)
    return 2 <= len(words) <= 80 and letters >= 0.85 * len(sentence) and sentence.isascii()


def prose(text):
    """The sentences of a paragraph that are prose."""
    return [s for s in SENTENCE_END.split(plain(text)) if is_prose(s)]


def wordnet(archive):
    """Each synset's lemmas, gloss and examples (data.pos: "... | gloss; "example"")."""
    for part in ("noun", "verb", "adj", "adv"):
        for line in archive.text(f"package/dict/data.{part}").splitlines():
            if line.startswith("  ") or " | " not in line:
                continue
            fields, gloss = line.split(" | ", 1)
            words = fields.split()
            lemmas = [re.sub(r"\(\w+\)$", "", words[4 + 2 * i]).replace("_", " ")
                      for i in range(int(words[3], 16))]
            examples = re.findall(r'"([^"]+)"', gloss)
            definition = gloss.split('; "')[0].strip()
            yield [f"{', '.join(lemmas[:3])}: {definition}"]
            yield [definition]
            yield [lemmas[0]]
            for example in examples:
                yield [example]


def docstrings(archive):
    """Paragraphs of Python docstrings, doctests and section underlines left out."""
    for name in archive.names(r"\.py$"):
        if "/test" in name:
            continue
        try:
            tree = ast.parse(archive.text(name))
        except SyntaxError:
            continue
        for node in ast.walk(tree):
            if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)):
                for paragraph in re.split(r"\n\s*\n", ast.get_docstring(node) or ""):
                    if ">>>" not in paragraph and "----" not in paragraph:
                        yield prose(paragraph)


def comments(archive):
    """Paragraphs of /** comments */ in type declarations, tags and examples left out."""
    for name in archive.names(r"\.d\.ts$"):
        for block in re.findall(r"/\*\*(.*?)\*/", archive.text(name), re.S):
            text = re.sub(r"```.*?```", "", re.sub(r"^\s*\* ?", "", block, flags=re.M), flags=re.S)
            for paragraph in re.split(r"\n\s*\n", text.split("\n@")[0]):
                yield prose(paragraph)


def json_descriptions(archive, pattern, keys):
    def walk(value):
        if isinstance(value, dict):
            for key, inner in value.items():
                if key in keys and isinstance(inner, str):
                    yield inner
                else:
                    yield from walk(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from walk(inner)

    for name in archive.names(pattern):
        data = archive.bytes(name)
        data = gzip.decompress(data) if name.endswith(".gz") else data
        for description in walk(json.loads(data)):
            for paragraph in re.split(r"</p>|\n\s*\n", description):
                yield prose(paragraph)


def aws(archive):
    return json_descriptions(archive, r"/service-2\.json\.gz$", {"documentation"})


def google(archive):
    return json_descriptions(archive, r"/\w+\.v\d+\.json$", {"description"})


def web_features(archive):
    return json_descriptions(archive, r"package/data\.json$", {"description"})


def ontologies(archive):
    """Each term's label, and its definition where there is one."""
    import zstandard
    for name in archive.names(r"/(UBERON-ontology-v2026|MONDO-ontology-v2026|CL-ontology-v2026|"
                              r"EFO-ontology-v3\.90)[^/]*\.json\.zst$"):
        data = zstandard.ZstdDecompressor().stream_reader(archive.bytes(name)).read()
        for term in json.loads(data).values():
            if term.get("deprecated"):
                continue
            yield [plain(term["label"])]
            sentences = prose(term.get("description") or "")
            if sentences:
                yield sentences
                yield [f"{plain(term['label'])}: {sentences[0]}"]


def conversations(archive):
    for name in archive.names(r"/english/\w+\.yml$"):
        for line in archive.text(name).splitlines():
            sentence = line.strip().lstrip("- ").strip("'\"")
            if line.lstrip().startswith("-") and is_prose(sentence):
                yield [sentence]


def plain_texts(archive):
    for name in archive.names(r"package/data/.*\.txt$"):
        for paragraph in re.split(r"\n\s*\n", archive.text(name)):
            yield prose(paragraph)


READERS = {f.__name__: f for f in (wordnet, docstrings, comments, aws, google, web_features, ontologies,
                               conversations, plain_texts)}
