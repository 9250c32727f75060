# SPDX-License-Identifier: Apache-2.0
"""The dependency rule, and how it is read from includes and imports.

base <- {kernels, text, model, attributes}; text <- {tokenizer, lexical}; {kernels, model} <- encoder; kernels <- index;
{tokenizer, encoder, index, lexical, attributes} <- engine <- {analysis, cli, wasm};
wasm <- web/client <- web/corpus <- {web/widget, web/site, web/extension} <- demo; web/client <- web/node.
"""
import pathlib
import posixpath
import re

# Each room and the rooms right below it. A room may use whatever is below it, at any depth.
BELOW = {
    "src/base": (),
    "src/kernels": ("src/base",),
    "src/text": ("src/base",),
    "src/model": ("src/base",),
    "src/attributes": ("src/base",),
    "src/tokenizer": ("src/text",),
    "src/lexical": ("src/text",),
    "src/encoder": ("src/kernels", "src/model"),
    "src/index": ("src/kernels",),
    "src/engine": ("src/tokenizer", "src/encoder", "src/index", "src/lexical", "src/attributes"),
    "src/analysis": ("src/engine",),
    "src/cli": ("src/engine", "src/analysis"),
    "wasm": ("src/engine",),
    "web/client": ("wasm",),
    "web/corpus": ("web/client",),
    "web/widget": ("web/corpus",),
    "web/site": ("web/corpus",),
    "web/node": ("web/client",),
    "web/extension": ("web/client",),
    "demo": ("web/widget", "web/site", "web/extension"),
}
CPP_SUFFIXES = {".cpp", ".h", ".inc"}
WEB_SUFFIXES = {".ts", ".mts", ".js", ".mjs"}
SOURCE_SUFFIXES = CPP_SUFFIXES | WEB_SUFFIXES | {".py", ".sh"}
NOT_OURS = {"node_modules", "dist", "build", "content", "__pycache__"}
VAGUE_NAMES = {"util", "utils", "common", "misc", "helper", "helpers"}

INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.MULTILINE)
BUILT = "generated/"  # what CMake writes into the build folder
# import x from "y", export * from "y", import "y", import("y"), new URL("y", import.meta.url)
IMPORT = re.compile(
    r"""(?:\bfrom\s*|\bimport\s*\(?\s*|\bnew\s+URL\s*\(\s*)["'](\.{1,2}/[^"']+|mayfly(?:/[^"']*)?)["']""")


def reachable(room):
    """The room itself and everything below it."""
    seen, waiting = set(), [room]
    while waiting:
        current = waiting.pop()
        if current not in seen:
            seen.add(current)
            waiting.extend(BELOW[current])
    return seen


def room_of(path):
    """The room that a path (from the root, with /) is in, or None."""
    parts = path.split("/")
    for depth in (1, 2):
        room = "/".join(parts[:depth])
        if room in BELOW and len(parts) > depth:
            return room
    return None


def source_files(root, *folders):
    root = pathlib.Path(root)
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            relative = path.relative_to(root)
            if path.is_file() and not NOT_OURS.intersection(relative.parts):
                if path.suffix in SOURCE_SUFFIXES:
                    yield relative.as_posix()


def targets(root, path):
    """(what is written, the path from the root that it means) for each include or import."""
    text = (pathlib.Path(root) / path).read_text(encoding="utf-8")
    suffix = posixpath.splitext(path)[1]
    if suffix in CPP_SUFFIXES:
        for name in INCLUDE.findall(text):
            inside_wasm = path.startswith("wasm/") and (pathlib.Path(root) / "wasm" / name).is_file()
            yield name, ("wasm/" if inside_wasm else "src/") + name
    elif suffix in WEB_SUFFIXES:
        for name in IMPORT.findall(text):
            if name.startswith("."):
                yield name, posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
            else:  # the package by its own name: its public face is the client
                yield name, "web/client/" + name


def upward_edges(root):
    """A sentence for each include or import that the rule forbids."""
    found = []
    for path in source_files(root, "src", "wasm", "web", "demo"):
        room = room_of(path)
        if room is None:
            continue
        for written, target in targets(root, path):
            to = room_of(target)
            if to is not None and to not in reachable(room):
                found.append(f'{path}: "{written}" reaches up or across from {room} to {to}')
    return found


def misspelt_includes(root):
    """Includes of our own that are not written from src/ (or wasm/), as "../x.h" or "x.h" beside the file."""
    found = []
    for path in source_files(root, "src", "wasm"):
        for written, target in targets(root, path):
            if written.startswith(BUILT):
                continue
            if ".." in written or not (pathlib.Path(root) / target).is_file():
                found.append(f'{path}: "{written}" is not written from src/')
    return found


def vague_names(root):
    folders = ("src", "wasm", "web", "demo", "tests", "scripts", "models", "docs")
    return [path for path in source_files(root, *folders)
            if posixpath.basename(path).split(".")[0].lower().replace("-", "_") in VAGUE_NAMES
            or VAGUE_NAMES.intersection(path.lower().split("/")[:-1])]


def without_licence_line(root):
    """Line 1, or line 2 after a #! line, names the licence."""
    missing = []
    folders = ("src", "wasm", "web", "demo", "tests", "scripts", "models", "docs")
    for path in source_files(root, *folders):
        lines = (pathlib.Path(root) / path).read_text(encoding="utf-8").split("\n", 2)
        line = lines[1] if lines[0].startswith("#!") else lines[0]
        if "SPDX-License-Identifier: Apache-2.0" not in line:
            missing.append(path)
    return missing


def long_files(root, limit):
    """(line count, path) of hand-written files above the limit, longest first; generated ones say so."""
    found = []
    for path in source_files(root, "src", "wasm", "web", "demo", "tests", "scripts", "models", "docs"):
        text = (pathlib.Path(root) / path).read_text(encoding="utf-8")
        if "generated" not in text[:600].lower() and text.count("\n") > limit:
            found.append((text.count("\n"), path))
    return sorted(found, reverse=True)
