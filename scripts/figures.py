# SPDX-License-Identifier: Apache-2.0
"""Fills the documents' tables and draws their charts from the files that ./dev eval and ./dev bench wrote:
python3 scripts/figures.py [--check]

Between <!-- figures: NAME --> and <!-- end --> stands what this script makes of a result file, and nothing
else; docs/images/bench-SUITE.svg is drawn from tests/bench/results/SUITE.json. A suite without a result file
is said not to be measured. --check changes nothing and fails where a file differs; a test calls it.
"""
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "scripts"), str(ROOT / "tests" / "eval")]
import bar_chart  # noqa: E402  (needs the paths above)
import bench_charts  # noqa: E402
import bench_tables  # noqa: E402
import collection_files  # noqa: E402
import compare  # noqa: E402

DOCUMENTS = [ROOT / "README.md", ROOT / "docs" / "benchmarks.md", ROOT / "models" / "MODEL_CARD.md"]
SUITES = ("embed", "kernel", "startup", "size", "search", "site", "quality")
BLOCK = re.compile(r"(<!-- figures: (\w+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)


def read(path, command):
    try:
        return json.loads((ROOT / path).read_text())
    except FileNotFoundError:
        sys.exit(f"error: {path} is missing; run {command}")


def read_report(suite):
    """None where the suite's figures are not checked in."""
    path = ROOT / "tests" / "bench" / "results" / f"{suite}.json"
    return json.loads(path.read_text()) if path.exists() else None


def chart_file(suite):
    return ROOT / "docs" / "images" / f"bench-{suite}.svg"


def eval_rows(wanted):
    ours = read("tests/eval/results/mayfly.json", "./dev eval")["collections"]
    reference = read("tests/eval/results/fp32.json", "./dev eval --reference")["collections"]
    measured = {name: figures for name, figures in reference.items() if name in ours}
    return [row for row in compare.compare(ours, measured)[0] if wanted(row[0])]


def eval_table():
    return compare.table(eval_rows(lambda name: name != collection_files.EXAMPLE))


def pairs_table():
    sentences = collection_files.EXAMPLE_SENTENCES
    lines = ["| pair | | fp32 | Mayfly |", "|---|---|---:|---:|"]
    for _, pair, value, found, _ in eval_rows(lambda name: name == collection_files.EXAMPLE):
        left, right = (sentences[int(number) - 1] for number in pair.split(" and "))
        lines.append(f"| {left} | {right} | {value:.3f} | {found:.3f} |")
    return "\n".join(lines) + "\n"


def small_table():
    """The small profile beside the standard one."""
    standard, small = (read(f"tests/eval/results/{name}.json", "./dev eval")["collections"]
                       for name in ("mayfly", "mayfly-small"))
    shared = {name: figures for name, figures in standard.items()
              if name in small and name != collection_files.EXAMPLE}
    return compare.table(compare.compare(small, shared)[0], "`standard`", "`small`")


def tiers_table():
    return compare.tier_table(read("tests/eval/results/tiers.json", "./dev eval")["collections"])


def static_visit_table():
    figures = read("tests/bench/results/static.json", "node tests/bench/static_tier.mjs --json FILE")
    named = {"load_ms": "engine and model loaded, ms", "add_ms": "passages tokenized and embedded, ms",
             "answer_ms": "first answer after the start, ms", "tokens_per_second": "tokens a second"}
    lines = [f"| {figures['passages']:,} passages, {figures['median']['tokens']:,} tokens | median | minimum | maximum |",
             "|---|---:|---:|---:|"]
    lines += [f"| {title} | " + " | ".join(f"{figures[kind][name]:,}" for kind in ("median", "minimum", "maximum")) + " |"
              for name, title in named.items()]
    return "\n".join(lines) + "\n"


def tiers_visit_table():
    report = read("tests/bench/results/tiers.json", "node tests/bench/tiers.mjs --json FILE")
    named = {"searchable_ms": "passages added: words can be searched", "static_ms": "the static tier has read all",
             "lexical_answer_ms": "answer by words", "static_answer_ms": "answer of the static tier",
             "contextual_answer_ms": "answer after the transformer has read the best 20 candidates"}
    lines = ["| ms | median | 90 % within | slowest |", "|---|---:|---:|---:|"]
    lines += [f"| {title} | " + " | ".join(f"{report['figures'][name][share]:,.1f}" for share in ("0.5", "0.9", "1")) +
              " |" for name, title in named.items()]
    return "\n".join(lines) + "\n"


def native_table():
    report = read("tests/bench/results/native.json", "python3 tests/bench/native_peers.py --json FILE")
    lines = [f"| {report['count']:,} vectors of {report['dim']}, natively | recall@10 | queries/s | built in, s |",
             "|---|---:|---:|---:|"]
    lines += [f"| {one['index']} | {one['recall@10']:.3f} | {one['qps']:,.0f} | {one['build_s']:.2f} |"
              for one in report["results"]]
    return "\n".join(lines) + f"\n\n{report['cpu']}.\n"


def bench_block(name):
    """Of `SUITE` its chart and table, of `SUITE_short` the short table alone."""
    suite = name.removesuffix("_short")
    report = read_report(suite)
    if report is None:
        return f"Not measured yet: `./dev bench {suite} --save`.\n"
    table = getattr(bench_tables, name)(report)
    if name != suite:
        return table
    title, _ = getattr(bench_charts, suite)(report)
    return f"![{title}](images/{chart_file(suite).name})\n\n{table}"


def block(name):
    own = {"eval": eval_table, "pairs": pairs_table, "small": small_table, "tiers": tiers_table,
           "static_visit": static_visit_table, "tiers_visit": tiers_visit_table, "native": native_table}
    return own[name]() if name in own else bench_block(name)


def filled(text):
    return BLOCK.sub(lambda found: found[1] + block(found[2]) + found[4], text)


def files():
    """Every file that this script is responsible for, with what it should hold."""
    for document in DOCUMENTS:
        yield document, filled(document.read_text())
    for suite in SUITES:
        report = read_report(suite)
        if report is not None:
            title, groups = getattr(bench_charts, suite)(report)
            yield chart_file(suite), bar_chart.render(title, groups)


def main():
    for path, fresh in files():
        if "--check" not in sys.argv[1:]:
            path.write_text(fresh)
        elif not path.exists() or path.read_text() != fresh:
            sys.exit(f"error: {path.relative_to(ROOT)} and the result files differ; "
                     "run python3 scripts/figures.py")


if __name__ == "__main__":
    main()
