# SPDX-License-Identifier: Apache-2.0
"""Mayfly's figures beside the fp32 model's: python3 tests/eval/compare.py [--mayfly PROGRAM] [--model FILE]

Runs `mayfly eval` on every collection, prints a Markdown table, writes results/mayfly.json. Exit status 1
where a gated figure differs from the fp32 model's by more than the tolerance. Needs Python 3.9 alone.
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
COUNTS = ("queries", "pairs")


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


def evaluate_example(program, model):
    text = "\n".join(collection_files.EXAMPLE_SENTENCES) + "\n"
    lines = run([program, "embed", "--model", model], text).splitlines()
    return collection_files.example_figures([json.loads(line)["embedding"] for line in lines])


def evaluate(program, model, folder):
    collection_files.unpack(folder)
    jobs = [(name, ["--pairs", str(folder / name / file)])
            for name, file in collection_files.PAIRS.items()]
    jobs += [(name, ["--collection", str(folder / name)]) for name in collection_files.RETRIEVAL]
    results = {collection_files.EXAMPLE: evaluate_example(program, model)}
    for name, arguments in jobs:
        begin = time.monotonic()
        print(f"{name} ...", file=sys.stderr, flush=True)
        results[name] = json.loads(run([program, "eval", "--model", model, *arguments, "--json"]))
        print(f"{name}: {time.monotonic() - begin:.0f} s", file=sys.stderr, flush=True)
    return results


def tolerance_of(name, figure):
    """None: the figure is shown only."""
    if name == collection_files.EXAMPLE:
        return EXAMPLE_TOLERANCE
    return TOLERANCE if figure in GATED else None


def compare(ours, reference):
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
            tolerance = tolerance_of(name, figure)
            if tolerance is not None and not abs(difference) <= tolerance:
                complaints.append(f"{name}: {figure} differs from the fp32 model's by {difference:+.4f}, "
                                  f"more than {tolerance}")
    return rows, complaints


def table(rows):
    lines = ["| collection | figure | fp32 | Mayfly | difference |", "|---|---|---:|---:|---:|"]
    lines += [f"| {name} | {figure} | {value:.4f} | {found:.4f} | {difference:+.4f} |"
              for name, figure, value, found, difference in rows]
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description="Compare Mayfly's retrieval quality with fp32's.")
    parser.add_argument("--mayfly", type=pathlib.Path, default=ROOT / "build/native/mayfly")
    parser.add_argument("--model", type=pathlib.Path, default=ROOT / "build/models/minilm.safetensors")
    arguments = parser.parse_args()
    reference = json.loads((RESULTS / "fp32.json").read_text())["collections"]
    try:
        ours = evaluate(arguments.mayfly, arguments.model, ROOT / "build" / "eval")
    except (EvalError, OSError) as error:
        sys.exit(f"error: {error}")
    report = {"model": arguments.model.name, "method": "./dev eval", "collections": ours}
    (RESULTS / "mayfly.json").write_text(json.dumps(report, indent=2) + "\n")
    rows, complaints = compare(ours, reference)
    print(table(rows), end="")
    if complaints:
        sys.exit("\n".join("error: " + sentence for sentence in complaints))


if __name__ == "__main__":
    main()
