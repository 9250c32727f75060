# SPDX-License-Identifier: Apache-2.0
"""Makes the collections of exact names: python3 tests/eval/make_names.py KIND SOURCE OUT

  rustbook   SOURCE: folder of the Rust book's Markdown pages
  handbook   SOURCE: folder of the 18F handbook's Markdown pages
  reactdocs  SOURCE: corpus.jsonl, or corpus.jsonl.gz, of the collection reactdocs

Writes OUT/queries.jsonl.gz, OUT/qrels.tsv.gz and OUT/corpus.jsonl.gz (for reactdocs OUT/corpus_of, which names
the collection that has the corpus), and prints counts and the lines of checksums for SOURCE.md. The same source
gives the same bytes. Needs Python 3.9 alone.

A query is a name as it is written, and the one page that has it is relevant. Its id says what it is:
title:N, heading:N, name:N or error:N, and a lower-case variant of every third query with a capital letter has
"#lower" after the id of that query. No two queries have the same text.
"""
import argparse
import collections
import gzip
import hashlib
import html
import json
import pathlib
import re

# Words of the Rust language, which name no function, type, macro or trait.
RUST_KEYWORDS = set("""as async await break const continue crate dyn else enum extern false fn for if impl in let loop
match mod move mut pub ref return self Self static struct super trait true type union unsafe use where while""".split())
RUST_NAME = re.compile(r"&?[A-Za-z]\w*(?:(?:::|-| )\w+)*!?(?:<[A-Z](?:, [A-Z])*>)?")
REACT_NAME = re.compile(r"<([A-Za-z]+)>|'(use [a-z]+)'|\b([a-z]+(?:_?[A-Z]+[a-z]+)+)\b")
WIDESPREAD = 0.25  # of the pages; a name that more of them use, as they do main and String, belongs to none
LONGEST_HEADING = 6  # words; a longer one is a sentence and no name


def markdown_lines(text):
    """(line, its heading or None) of a page; "#" in a code block starts no heading."""
    fence = None
    for line in text.split("\n"):
        bare = re.sub(r"^(?:> ?)+", "", line)
        mark = re.match(r" {0,3}(```+|~~~+)", bare)
        heading = None
        if fence is not None:
            if mark and mark[1].startswith(fence) and not bare.strip().strip(fence[0]):
                fence = None
        elif mark:
            fence = mark[1]
        else:
            heading = re.match(r" {0,3}#{1,6}\s+(.*?)\s*#*\s*$", bare)
        yield line, heading[1] if heading else None


def plain(heading):
    """The heading as a reader sees it: no links, emphasis, code marks, anchors, HTML or step numbers."""
    heading = re.sub(r"<!--.*?-->|</?(?:em|strong|code|br|a)\b[^>]*>", "", heading)
    heading = re.sub(r"\s*\{[#.:%][^}]*\}+", "", heading)
    heading = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", heading)
    heading = re.sub(r"(?<!\w)(\*\*|__|\*|_)(?=\S)(.+?)(?<=\S)\1(?!\w)", r"\2", heading)
    heading = re.sub(r"\\([^\w\s])", r"\1", html.unescape(heading.replace("`", "")))
    return re.sub(r"^\d+[.)]\s+", "", " ".join(heading.split()))


def headings_in(text):
    """The headings of a page's text, one a line."""
    return "\n".join(plain(heading) for _, heading in markdown_lines(text) if heading is not None)


def rust_pages(folder):
    """{id: (title, text, headings as they are in the Markdown)}; SUMMARY.md is the table of contents, and no page."""
    pages = {}
    for path in sorted(folder.rglob("*.md")):
        if path.name == "SUMMARY.md":
            continue
        headings, kept = [], []
        for line, heading in markdown_lines(path.read_text(encoding="utf-8")):
            if heading is None or headings:
                kept.append(line)
            if heading is not None:
                headings.append(heading)
        name = path.relative_to(folder).with_suffix("").as_posix()
        pages[name] = plain(headings[0]), "\n".join(kept).strip() + "\n", headings
    return pages


def front_matter(text):
    """(title, whether the page only sends readers elsewhere, what follows the front matter)."""
    _, head, body = re.split(r"^---[ \t]*$\n?", text, maxsplit=2, flags=re.MULTILINE)
    # A title may go on in indented lines.
    title = " ".join(re.search(r"^title:(.*(?:\n[ \t]+\S.*)*)", head, re.MULTILINE)[1].split())
    if title[:1] in "\"'" and title[:1] == title[-1:]:
        title = title[1:-1]
    return plain(title), re.search(r"^redirect_to:", head, re.MULTILINE) is not None, body.strip() + "\n"


def handbook_pages(folder):
    pages = {}
    for path in sorted(folder.rglob("*.md")):
        title, redirects, body = front_matter(path.read_text(encoding="utf-8"))
        if not redirects:
            headings = [heading for _, heading in markdown_lines(body) if heading is not None]
            pages[path.relative_to(folder).with_suffix("").as_posix()] = title, body, headings
    return pages


def on_one_page(found):
    """found: (page, key, name) -> [(page, name)], a name per key that only one page has, in the order found."""
    pages, first = collections.defaultdict(set), {}
    for page, key, name in found:
        pages[key].add(page)
        first.setdefault(key, (page, name))
    return [first[key] for key in first if len(pages[key]) == 1]


def titles(pages):
    return on_one_page((page, title.lower(), title) for page, (title, _, _) in pages.items())


def base_name(name):
    return name.split("<")[0]


def uses(pages, name):
    """How many pages have the name as a whole word."""
    word = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    return sum(word.search(title + "\n" + text) is not None for title, text, _ in pages.values())


def code_names(pages):
    """Names in code marks in headings; Result<T, E> and Result are one name in two spellings."""
    found = []
    for page, (_, _, headings) in pages.items():
        for heading in headings:
            for span in re.findall(r"`([^`]+)`", heading):
                if RUST_NAME.fullmatch(span) and not RUST_KEYWORDS.issuperset(span.split()):
                    found.append((page, base_name(span).lower(), span))
    spellings = collections.defaultdict(dict)
    for _, key, name in found:
        spellings[key].update({name: None, base_name(name): None})
    return [(page, spelling) for page, name in on_one_page(found)
            if uses(pages, base_name(name)) <= WIDESPREAD * len(pages)
            for spelling in spellings[base_name(name).lower()]]


def error_codes(pages):
    return on_one_page((page, code, code) for page, (title, text, _) in pages.items()
                       for code in re.findall(r"\bE0\d{3}\b", title + "\n" + text))


def is_name(heading):
    """Short headings; a single word only where it is written like a name: DNSSEC, cloud.gov, A-11."""
    words = heading.split()
    if len(words) == 1:
        return re.search(r".[A-Z0-9]|\w\.\w", heading) is not None
    return 1 < len(words) <= LONGEST_HEADING and not re.fullmatch(r"(?:Step|Part|Phase|Play) \S+", heading)


def headings_of(pages):
    found = []
    for page, (title, _, headings) in pages.items():
        found += [(page, name.lower(), name) for name in (title, *map(plain, headings))]
    return [(page, name) for page, name in on_one_page(found) if is_name(name)]


def react_names(pages):
    """Hooks, components, functions and directives in titles; of <Activity> and 'use client' what is inside."""
    found = []
    for page, (title, _, _) in pages.items():
        found += [(page, next(filter(None, groups)), next(filter(None, groups)))
                  for groups in REACT_NAME.findall(title)]
    everywhere = {page: set(re.findall(r"\w+", title.lower())) for page, (title, _, _) in pages.items()}
    return [(page, name) for page, name in on_one_page(found)
            if not any(other != page and set(name.lower().split()) <= words for other, words in everywhere.items())]


def read_lines(path):
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode()
    return [line for line in text.split("\n") if line]


def read_rows(path):
    return [json.loads(line) for line in read_lines(path)]


def react_pages(path):
    """A title that repeats the id was made up where the page has none: it is no title."""
    return {row["id"]: (row["title"], row["text"], []) for row in read_rows(path) if row["title"] != row["id"]}


def queries_of(groups):
    """[(id, text, page)] of {kind: [(page, name)]}, each text once."""
    queries, taken = [], set()
    for kind, names in groups.items():
        number = 0
        for page, name in names:
            if name not in taken:
                taken.add(name)
                number += 1
                queries.append((f"{kind}:{number}", name, page))
    result, capitals = [], 0
    for query, name, page in queries:
        result.append((query, name, page))
        if name != name.lower():
            capitals += 1
            if capitals % 3 == 0 and name.lower() not in taken:
                taken.add(name.lower())
                result.append((query + "#lower", name.lower(), page))
    return result


def write(folder, name, lines):
    """Packs the lines; prints the checksum of what is packed."""
    data = "".join(line + "\n" for line in lines).encode()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / (name + ".gz")).write_bytes(gzip.compress(data, 9, mtime=0))
    print(f"    {hashlib.sha256(data).hexdigest()}  {name}")


def json_line(**members):
    return json.dumps(members, ensure_ascii=False)


def main():
    parser = argparse.ArgumentParser(description="Make a collection of exact names.")
    parser.add_argument("kind", choices=("rustbook", "handbook", "reactdocs"))
    parser.add_argument("source", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    options = parser.parse_args()
    if options.kind == "rustbook":
        pages = rust_pages(options.source)
        groups = {"title": titles(pages), "name": code_names(pages), "error": error_codes(pages)}
    elif options.kind == "handbook":
        pages = handbook_pages(options.source)
        groups = {"title": titles(pages), "heading": headings_of(pages)}
    else:
        pages = react_pages(options.source)
        groups = {"title": titles(pages), "name": react_names(pages)}
    queries = queries_of(groups)
    if options.kind == "reactdocs":
        options.out.mkdir(parents=True, exist_ok=True)
        (options.out / "corpus_of").write_text("reactdocs\n")
    else:
        write(options.out, "corpus.jsonl", [json_line(id=page, title=title, text=text, headings=headings_in(text))
                                            for page, (title, text, _) in pages.items()])
    write(options.out, "qrels.tsv", [f"{query}\t{page}\t1" for query, _, page in queries])
    write(options.out, "queries.jsonl", [json_line(id=query, text=name) for query, name, _ in queries])
    kinds = collections.Counter(re.sub(r":\d+", "", query) for query, _, _ in queries)
    print(f"{len(pages)} pages with a title, {len(queries)} queries:", dict(kinds))


if __name__ == "__main__":
    main()
