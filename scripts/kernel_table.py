#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes docs/kernels.md from src/kernels/kernels.inc; --check: exits with 1 when it is not fresh."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs/kernels.md"
ROW = re.compile(r'^MAYFLY_KERNEL\((\w+), (\w+), "([\w-]+)"\)', re.M)

INTRODUCTION = """# Kernels

<!-- Written by scripts/kernel_table.py from src/kernels/kernels.inc. -->

Every inner loop, by operation and variant; each cell names the WebAssembly feature that it needs. An empty cell: the variant uses
the one to its left. What an operation computes, exactly, stands in [kernels.h](../src/kernels/kernels.h). All variants of an operation
give the same bits ([why](decisions/same-bits-everywhere.md)). What only binary indexes need has one form and
stands apart ([sign_order.h](../src/kernels/sign_order.h)).

"""

USE = """
`relaxed` and `relaxed_dot` are a WebAssembly module of their own, `mayfly-kernels.wasm`, because one opcode that a browser does not know
would invalidate the whole core. The client loads it where `WebAssembly.validate` accepts it, times the variants for a few
milliseconds and keeps the fastest; `Mayfly.create({ kernels: 'simd128' })` forces one, and `engine.info.kernels` says which one runs. The
native program runs `relaxed`; the environment variable `MAYFLY_KERNELS` forces another.
"""


def document():
    rows = ROW.findall((ROOT / "src/kernels/kernels.inc").read_text())
    operations = list(dict.fromkeys(operation for operation, _, _ in rows))
    variants = list(dict.fromkeys(variant for _, variant, _ in rows))
    features = {(operation, variant): feature for operation, variant, feature in rows}
    lines = ["| operation | " + " | ".join(f"`{name}`" for name in variants) + " |"]
    lines.append("|---" * (len(variants) + 1) + "|")
    for operation in operations:
        cells = [features.get((operation, variant), "") for variant in variants]
        lines.append(f"| `{operation}` | " + " | ".join(cells) + " |")
    return INTRODUCTION + "\n".join(lines) + "\n" + USE


if __name__ == "__main__":
    if "--check" in sys.argv:
        if not DOCUMENT.exists() or DOCUMENT.read_text() != document():
            sys.exit("docs/kernels.md is not fresh: run scripts/kernel_table.py")
    else:
        DOCUMENT.write_text(document())
