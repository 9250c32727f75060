# SPDX-License-Identifier: Apache-2.0
"""Fills the README's tables from the files that ./dev eval and ./dev bench wrote: python3 scripts/figures.py [--check]

Between <!-- figures: NAME --> and <!-- end --> stands what this script makes of a result file, and nothing
else. --check changes nothing and fails where the README differs; a test calls it.
"""
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "eval"))
import collection_files  # noqa: E402  (needs the path above)
import compare  # noqa: E402

README = ROOT / "README.md"
BLOCK = re.compile(r"(<!-- figures: (\w+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)


def read(path):
    try:
        return json.loads((ROOT / path).read_text())
    except FileNotFoundError:
        sys.exit(f"error: {path} is missing; run ./dev eval and "
                 "./dev bench embed --json tests/bench/results/embed.json")


def eval_rows(wanted):
    ours = read("tests/eval/results/mayfly.json")["collections"]
    reference = read("tests/eval/results/fp32.json")["collections"]
    return [row for row in compare.compare(ours, reference)[0] if wanted(row[0])]


def eval_table():
    return compare.table(eval_rows(lambda name: name != collection_files.EXAMPLE))


def pairs_table():
    sentences = collection_files.EXAMPLE_SENTENCES
    lines = ["| pair | | fp32 | Mayfly |", "|---|---|---:|---:|"]
    for _, pair, value, found, _ in eval_rows(lambda name: name == collection_files.EXAMPLE):
        left, right = (sentences[int(number) - 1] for number in pair.split(" and "))
        lines.append(f"| {left} | {right} | {value:.3f} | {found:.3f} |")
    return "\n".join(lines) + "\n"


def embed_table():
    report = read("tests/bench/results/embed.json")
    ids = [peer["id"] for peer in report["peers"]]
    titles = [peer["title"] for peer in report["peers"]]
    lines = ["| median, ms | " + " | ".join(titles) + f" | times {titles[0]} |",
             "|---|" + "---:|" * (len(ids) + 1)]
    for row in report["results"]:
        figures = [row["peers"][id] for id in ids]
        times = ", ".join(f"{figure['times_first']:.2f}" for figure in figures[1:])
        medians = " | ".join(f"{figure['median_ms']:.1f}" for figure in figures)
        lines.append(f"| {row['title']} | {medians} | {times} |")
    machine = report["machine"]
    others = ", ".join(f"{name} {machine[name]}" for name in machine if name not in ("cpu", "cores"))
    lines += ["", f"{machine['cpu']}, {report['rounds']} rounds, {others}."]
    return "\n".join(lines) + "\n"


TABLES = {"eval": eval_table, "pairs": pairs_table, "embed": embed_table}


def filled(text):
    return BLOCK.sub(lambda found: found[1] + TABLES[found[2]]() + found[4], text)


def main():
    text = README.read_text()
    fresh = filled(text)
    if "--check" in sys.argv[1:]:
        if fresh != text:
            sys.exit("error: README.md and the result files differ; run python3 scripts/figures.py")
    else:
        README.write_text(fresh)


if __name__ == "__main__":
    main()
