# SPDX-License-Identifier: Apache-2.0
"""Golden vectors of the static model, computed with NumPy and the reference tokenizer, not with Mayfly:
    python generate_static_vectors.py MODEL_FOLDER   (tokenizer.json; needs models/static/requirements.txt)

Reads   models/static/minilm-static.safetensors, tests/golden/minilm/golden.jsonl.gz (for its texts)
Writes  tests/golden/minilm/static.jsonl.gz  {"text", "ids" (of the first 30 tokens), "embedding" (6 decimals)}
"""
import gzip
import json
import pathlib
import struct
import sys

import numpy as np
import tokenizers

ROOT = pathlib.Path(__file__).resolve().parents[3]
GOLDEN = ROOT / "tests/golden/minilm"
STEP = 3  # of the golden texts, which stand category by category


def read_table():
    """f64 [vocabulary, dim], written out value by value as models/format.md says."""
    data = (ROOT / "models/static/minilm-static.safetensors").read_bytes()
    (size,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8:8 + size])

    def tensor(name, dtype):
        begin, end = header[name]["data_offsets"]
        return np.frombuffer(data[8 + size + begin:8 + size + end], dtype).reshape(header[name]["shape"])

    packed, scales = tensor("static.table", np.uint8), tensor("static.table.scale", np.float16)
    pairs = np.stack([packed % 16, packed // 16], axis=2).reshape(len(packed), -1)
    max_tokens = json.loads(header["__metadata__"]["sentence"])["max_tokens"]
    return (pairs.astype(np.float64) - 8) * scales.astype(np.float64)[:, None], max_tokens


def main():
    table, max_tokens = read_table()
    tokenizer = tokenizers.Tokenizer.from_file(str(pathlib.Path(sys.argv[1]) / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_tokens)
    with gzip.open(GOLDEN / "golden.jsonl.gz", "rt") as lines:
        texts = [json.loads(line)["text"] for line in lines][::STEP]
    out = []
    for text in texts:
        ids = tokenizer.encode(text).ids
        vector = table[ids].sum(0)
        vector /= np.linalg.norm(vector)
        out.append(json.dumps({"text": text, "ids": ids[:30], "embedding": [round(float(v), 6) for v in vector]}))
    with open(GOLDEN / "static.jsonl.gz", "wb") as file, gzip.GzipFile("", "wb", fileobj=file, mtime=0) as packed:
        packed.write(("\n".join(out) + "\n").encode())
    print(f"{len(out)} texts")


if __name__ == "__main__":
    main()
