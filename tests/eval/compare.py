# SPDX-License-Identifier: Apache-2.0
"""Mayfly's figures beside the fp32 model's, and tier beside tier: python3 tests/eval/compare.py [options]

Runs what plan.json lists, or the part of it that --only, --tier and --profile name; prints Markdown tables
and writes results/: a file per model profile, and tiers.json. What was not run stays as it was. Exit status
1 where a gated figure differs from the fp32 model's, or a tier's nDCG@10 has dropped, by more than the
tolerance. Needs Python 3.9 alone.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import time

import collection_files

ROOT = pathlib.Path(__file__).resolve().parents[2]
RESULTS = pathlib.Path(__file__).parent / "results"
GATED = {"ndcg@10", "spearman"}
TOLERANCE = 0.01
EXAMPLE_TOLERANCE = 0.02  # single cosines scatter more than means over hundreds of queries
TIER_TOLERANCE = 0.005  # of a drop since the figures that are checked in
COUNTS = ("queries", "pairs")
# How vectors are kept: no figure of quality.
STORAGE = ("index", "bytes_per_vector")
# In the order of `mayfly eval`, with the models that each needs.
TIERS = {
    "lexical": (), "static": ("static",), "early": ("static",), "contextual": ("model",),
    "reranked": ("static", "model"), "rrf-60": ("model",), "rrf-10": ("model",), "min-max-0.5": ("model",),
    "min-max-0.7": ("model",), "hybrid": ("model",),
}


class EvalError(Exception):
    """A sentence for the user."""


def run(command, text=None):
    done = subprocess.run([str(part) for part in command], input=text, stdout=subprocess.PIPE,
                          text=True, check=False)
    if done.returncode < 0:
        raise EvalError(f"mayfly {command[1]} was ended by signal {-done.returncode}")
    if done.returncode != 0:
        raise EvalError(f"mayfly {command[1]} failed; its message stands above")
    return done.stdout


def timed(name, work):
    begin = time.monotonic()
    print(f"{name} ...", file=sys.stderr, flush=True)
    result = work()
    print(f"{name}: {time.monotonic() - begin:.0f} s", file=sys.stderr, flush=True)
    return result


class Evaluation:
    """Runs the program for what `wanted(collection)` and `tiers` leave of the plan."""

    def __init__(self, program, models, wanted, tiers):
        self.program, self.models, self.wanted = program, models, wanted
        self.folder = ROOT / "build" / "eval"
        self.static_model = models / collection_files.PLAN["static_model"]
        if not self.static_model.exists():
            without = {tier for tier in tiers if "static" in TIERS[tier]}
            tiers = [tier for tier in tiers if tier not in without]
            print(f"note: {self.static_model} is not there; without it there is no {', '.join(sorted(without))}",
                  file=sys.stderr)
        self.tiers = tiers
        collection_files.unpack(self.folder)

    def example(self, model):
        text = "\n".join(collection_files.EXAMPLE_SENTENCES) + "\n"
        lines = run([self.program, "embed", "--model", model], text).splitlines()
        return collection_files.example_figures([json.loads(line)["embedding"] for line in lines])

    def collection(self, name, tiers, model, nonsense=None):
        """{tier: figures}, from one run, so that tiers share what is embedded."""
        command = [self.program, "eval", "--json", "--tier", ",".join(tiers), "--collection", self.folder / name]
        if nonsense:
            queries = self.folder / f"nonsense-{nonsense}.jsonl"
            collection_files.write_nonsense(nonsense, queries)
            command += ["--nonsense", queries]
        if any("model" in TIERS[tier] for tier in tiers):
            command += ["--model", model]
        if any("static" in TIERS[tier] for tier in tiers):
            command += ["--static-model", self.static_model]
        reports = [json.loads(line) for line in run(command).splitlines()]
        return {report.pop("tier"): {figure: value for figure, value in report.items() if figure not in STORAGE}
                for report in reports}

    def profile(self, model, every_tier):
        """(what is compared with fp32, tiers): {collection: figures}, {collection: {tier: figures}}."""
        figures, tiers = {}, {}
        if "contextual" in self.tiers:
            if self.wanted(collection_files.EXAMPLE):
                figures[collection_files.EXAMPLE] = self.example(model)
            for name, file in filter(lambda pair: self.wanted(pair[0]), collection_files.PAIRS.items()):
                command = [self.program, "eval", "--model", model, "--pairs", self.folder / name / file, "--json"]
                figures[name] = timed(name, lambda: json.loads(run(command)))
        for collection in collection_files.PLAN["collections"]:
            name = collection["name"]
            chosen = [tier for tier in collection["tiers"]
                      if tier in self.tiers and (every_tier or tier == "contextual")]
            if not chosen or not self.wanted(name):
                continue
            tiers[name] = timed(f"{name}, {', '.join(chosen)}",
                                lambda: self.collection(name, chosen, model, collection.get("nonsense")))
            if "contextual" in chosen:
                figures[name] = tiers[name]["contextual"]
        return figures, tiers


def tolerance_of(name, figure, gated):
    """None: the figure is shown only. gated: None for every collection, or their names."""
    if gated is not None and name not in gated:
        return None
    if name == collection_files.EXAMPLE:
        return EXAMPLE_TOLERANCE
    return TOLERANCE if figure in GATED else None


def compare(ours, reference, gated=None):
    """(table rows, sentences for what is out of tolerance)."""
    rows, complaints = [], []
    for name, expected in reference.items():
        for figure, value in expected.items():
            found = ours[name].get(figure)
            if figure in COUNTS:
                if found != value:
                    complaints.append(f"{name}: {found} {figure} were evaluated instead of {value}")
                continue
            if found is None:
                complaints.append(f"{name}: mayfly eval reports no {figure}")
                continue
            difference = found - value
            rows.append((name, figure, value, found, difference))
            # Written so that NaN fails.
            tolerance = tolerance_of(name, figure, gated)
            if tolerance is not None and not abs(difference) <= tolerance:
                complaints.append(f"{name}: {figure} differs by {difference:+.4f} from what it is compared with, "
                                  f"more than {tolerance}")
    return rows, complaints


def table(rows, reference="fp32", ours="Mayfly"):
    lines = [f"| collection | figure | {reference} | {ours} | difference |", "|---|---|---:|---:|---:|"]
    lines += [f"| {name} | {figure} | {value:.4f} | {found:.4f} | {difference:+.4f} |"
              for name, figure, value, found, difference in rows]
    return "\n".join(lines) + "\n"


def tier_complaints(found, before):
    """Sentences for what has become worse since `before`; both {collection: {tier: figures}}."""
    complaints = []
    for name, tiers in found.items():
        for tier, figures in tiers.items():
            value, old = figures["ndcg@10"], before.get(name, {}).get(tier, figures)["ndcg@10"]
            if not value >= old - TIER_TOLERANCE:
                complaints.append(f"{name}: nDCG@10 of the {tier} tier was {old:.4f} and is {value:.4f}")
    return complaints


def tier_table(tiers):
    """A row per collection and figure, a column per tier."""
    lines = ["| collection | figure | " + " | ".join(TIERS) + " |", "|---|---|" + "---:|" * len(TIERS)]
    for name, found in tiers.items():
        figures = [figure for figures in found.values() for figure in figures if figure not in COUNTS]
        for figure in dict.fromkeys(figures):
            cells = [found.get(tier, {}).get(figure) for tier in TIERS]
            shown = ["" if cell is None else f"{cell:.4f}" for cell in cells]
            lines.append(f"| {name} | {figure} | " + " | ".join(shown) + " |")
    return "\n".join(lines) + "\n"


def read_results(name):
    path = RESULTS / name
    return json.loads(path.read_text()) if path.exists() else {"collections": {}}


def in_order(found, before):
    """What was found over what was there, in the order of the plan."""
    merged = {**before, **found}
    names = [collection_files.EXAMPLE, *collection_files.PAIRS,
             *(collection["name"] for collection in collection_files.PLAN["collections"])]
    return {name: merged[name] for name in names if name in merged}


def write_results(name, head, collections):
    (RESULTS / name).write_text(json.dumps({**head, "method": "./dev eval", "collections": collections},
                                           indent=2) + "\n")


def run_profile(evaluation, profile, every_tier, reference):
    """Writes the profile's results; returns complaints."""
    model = evaluation.models / profile["model"]
    figures, tiers = evaluation.profile(model, every_tier)
    complaints = []
    if figures:
        before = read_results(profile["results"])["collections"]
        write_results(profile["results"], {"model": model.name}, in_order(figures, before))
        beside = profile.get("beside")
        if beside:
            reference = read_results(beside)["collections"]
        rows, complaints = compare(figures, {name: reference[name] for name in figures if name in reference},
                                   profile.get("gated"))
        print(table(rows, beside or "fp32", profile["name"]))
    if every_tier and tiers:
        before = read_results("tiers.json")["collections"]
        complaints += tier_complaints(tiers, before)
        merged = {name: {**before.get(name, {}), **found} for name, found in tiers.items()}
        models = {"model": model.name, "static_model": evaluation.static_model.name}
        write_results("tiers.json", models, in_order(merged, before))
        print(tier_table(merged))
    return complaints


def names_option(parser, option, allowed, text):
    def names(value):
        chosen = value.split(",")
        for name in chosen:
            if name not in allowed:
                raise argparse.ArgumentTypeError(f"there is no {name!r}; there are {', '.join(allowed)}")
        return chosen
    parser.add_argument(option, type=names, metavar="NAME,...", help=text)


def main():
    profiles = collection_files.PLAN["profiles"]
    everything = [collection_files.EXAMPLE, *collection_files.PAIRS,
                  *(collection["name"] for collection in collection_files.PLAN["collections"])]
    parser = argparse.ArgumentParser(description="Compare Mayfly's retrieval quality with fp32's.")
    parser.add_argument("--mayfly", type=pathlib.Path, default=ROOT / "build/native/mayfly")
    parser.add_argument("--models", type=pathlib.Path, default=ROOT / "build/models")
    names_option(parser, "--only", everything, "collections (default: all)")
    names_option(parser, "--tier", TIERS, "tiers (default: all)")
    names_option(parser, "--profile", [p["name"] for p in profiles], "model profiles (default: all)")
    arguments = parser.parse_args()
    reference = json.loads((RESULTS / "fp32.json").read_text())["collections"]
    complaints = []
    try:
        wanted = set(arguments.only or everything)
        evaluation = Evaluation(arguments.mayfly, arguments.models, wanted.__contains__,
                                arguments.tier or list(TIERS))
        for number, profile in enumerate(profiles):
            if arguments.profile is None or profile["name"] in arguments.profile:
                # Tiers are measured with the first profile; the others give contextual figures.
                complaints += run_profile(evaluation, profile, number == 0, reference)
    except (EvalError, OSError) as error:
        sys.exit(f"error: {error}")
    if complaints:
        sys.exit("\n".join("error: " + sentence for sentence in complaints))


if __name__ == "__main__":
    main()
