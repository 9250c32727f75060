# SPDX-License-Identifier: Apache-2.0
"""Writes the model file: python models/static/pack.py --table build/static/table.npy --converted build/models/minilm.safetensors

Rows become 4-bit codes with one f16 scale each; tokenizer, vocabulary and sentence settings are the teacher's, byte for
byte, so that the file works alone. models/format.md describes the result. The same input gives the same bytes.
"""
import argparse
import hashlib
import json
import pathlib
import struct

import numpy as np

import int4

DATA_ALIGNMENT = 64
DTYPES = {"F16": np.float16, "U8": np.uint8}


def read_safetensors(path):
    data = pathlib.Path(path).read_bytes()
    (size,) = struct.unpack("<Q", data[:8])
    return json.loads(data[8:8 + size]), data[8 + size:]


def compact(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def fingerprint(metadata, tensors):
    """SHA-256 over names, types, shapes and bytes, and the metadata but for the name (as src/model/safetensors_writer.h)."""
    description = dict(metadata)
    for name, (dtype, array) in tensors.items():
        description["tensor " + name] = [dtype, list(array.shape)]
    digest = hashlib.sha256(compact(description).encode())
    for name in sorted(tensors):
        digest.update(tensors[name][1].tobytes())
    return digest.hexdigest()


def safetensors(metadata, tensors):
    """The file's bytes: tensors by width of element, widest first, then by name."""
    order = sorted(tensors, key=lambda name: (-np.dtype(DTYPES[tensors[name][0]]).itemsize, name))
    header, offset = {"__metadata__": metadata}, 0
    for name in order:
        dtype, array = tensors[name]
        header[name] = {"dtype": dtype, "shape": list(array.shape), "data_offsets": [offset, offset + array.nbytes]}
        offset += array.nbytes
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode()
    text += b" " * (-(8 + len(text)) % DATA_ALIGNMENT)
    return struct.pack("<Q", len(text)) + text + b"".join(tensors[name][1].tobytes() for name in order)


def teacher_sha256(title):
    """Of the fp32 weights, which do not change when their conversion does."""
    models = json.loads((pathlib.Path(__file__).resolve().parents[1] / "manifest.json").read_text())["models"]
    return next(model["files"]["model.safetensors"] for model in models if model["title"] == title)


def pack(table, converted):
    header, data = read_safetensors(converted)
    begin, end = header["tokenizer.vocab"]["data_offsets"]
    source = header["__metadata__"]
    codes, scales = int4.quantised(table.astype(np.float32))
    tensors = {
        "static.table": ("U8", int4.packed(codes)),
        "static.table.scale": ("F16", scales.astype(np.float16)),
        "tokenizer.vocab": ("U8", np.frombuffer(data[begin:end], np.uint8)),
    }
    metadata = {
        "mayfly.format": source["mayfly.format"],
        "kind": "static",
        "tokenizer": source["tokenizer"],
        "sentence": source["sentence"],
        "teacher": teacher_sha256(source["name"]),
    }
    metadata["fingerprint"] = fingerprint(metadata, tensors)
    metadata["name"] = source["name"] + "-static"
    return safetensors(dict(sorted(metadata.items())), tensors)


def main():
    parser = argparse.ArgumentParser(description="Write the static tier's model file.")
    parser.add_argument("--table", type=pathlib.Path, required=True)
    parser.add_argument("--converted", type=pathlib.Path, required=True,
                        help="the converted teacher, for its tokenizer")
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path(__file__).parent / "minilm-static.safetensors")
    arguments = parser.parse_args()
    file = pack(np.load(arguments.table), arguments.converted)
    arguments.out.write_bytes(file)
    print(f"{arguments.out}: {len(file):,} bytes, SHA-256 {hashlib.sha256(file).hexdigest()}")


if __name__ == "__main__":
    main()
