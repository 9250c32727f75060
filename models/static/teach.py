# SPDX-License-Identifier: Apache-2.0
"""The teacher's vectors of the training texts: python models/static/teach.py --model FOLDER --out build/static

Reads   FOLDER/{onnx/model.onnx,tokenizer.json}: all-MiniLM-L6-v2 in fp32 (tests/bench/export_onnx.py writes it),
        OUT/texts.txt
Writes  OUT/ids.npy, OUT/starts.npy   the texts' token ids one after the other, and where each begins
        OUT/teacher/*.npy             f16 [CHUNK, 384], unit length, in the order of the texts
        OUT/tokens.npy                f32 [vocabulary, 384]: the hidden state at t's own place in [CLS] t [SEP]

Works through the texts in their (random) order, so that the first part of them is a fair sample: with
--texts N it stops there.
"""
import argparse
import os
import pathlib
import time

import numpy as np
import onnxruntime
import tokenizers

MAX_TOKENS = 128  # with [CLS] and [SEP]; longer ones are cut, for teacher and pupil alike
DIM = 384
CHUNK = 2048  # texts that are sorted by length together, so that batches need little padding
BATCH_TOKENS = 4096


class Teacher:
    def __init__(self, folder, threads):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(str(folder / "onnx/model.onnx"), options,
                                                    providers=["CPUExecutionProvider"])
        self.inputs = {i.name for i in self.session.get_inputs()}

    def states(self, rows):
        """Hidden states f32 [rows, longest, 384] and the mask [rows, longest] of lists of ids."""
        longest = max(map(len, rows))
        ids = np.zeros((len(rows), longest), np.int64)
        mask = np.zeros_like(ids)
        for i, row in enumerate(rows):
            ids[i, :len(row)] = row
            mask[i, :len(row)] = 1
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        return self.session.run(None, {k: v for k, v in feed.items() if k in self.inputs})[0], mask

    def vectors(self, rows):
        states, mask = self.states(rows)
        sums = (states * mask[:, :, None]).sum(1)
        return sums / np.linalg.norm(sums, axis=1, keepdims=True)


def batches(rows):
    """Indices of rows of about equal length, BATCH_TOKENS tokens at a time."""
    batch, longest = [], 0
    for i in sorted(range(len(rows)), key=lambda i: len(rows[i])):
        longest = max(longest, len(rows[i]))
        if batch and longest * (len(batch) + 1) > BATCH_TOKENS:
            yield batch
            batch, longest = [], len(rows[i])
        batch.append(i)
    if batch:
        yield batch


def embed(teacher, rows, folder):
    """Chunk by chunk into files of `folder`; those that are there are done, so a stopped run goes on."""
    begin, tokens = time.monotonic(), 0
    for first in range(0, len(rows), CHUNK):
        path = folder / f"{first:07}.npy"
        if path.exists():
            continue
        chunk = rows[first:first + CHUNK]
        vectors = np.zeros((len(chunk), DIM), np.float16)
        for batch in batches(chunk):
            vectors[batch] = teacher.vectors([chunk[i] for i in batch])
        with open(path.with_suffix(".part"), "wb") as part:
            np.save(part, vectors)
        os.replace(part.name, path)
        tokens += sum(map(len, chunk))
        rate = tokens / (time.monotonic() - begin)
        print(f"{first + len(chunk):,} of {len(rows):,} texts, {rate:,.0f} tokens a second", flush=True)


def main():
    parser = argparse.ArgumentParser(description="Embed the training texts with the teacher.")
    parser.add_argument("--model", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--texts", type=int, help="the first N texts only")
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    tokenizer = tokenizers.Tokenizer.from_file(str(arguments.model / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    teacher = Teacher(arguments.model, arguments.threads)

    texts = (arguments.out / "texts.txt").read_text().splitlines()[:arguments.texts]
    rows = [e.ids for e in tokenizer.encode_batch_fast(texts)]
    np.save(arguments.out / "ids.npy", np.concatenate([np.array(r, np.uint16) for r in rows]))
    np.save(arguments.out / "starts.npy", np.cumsum([0] + [len(r) for r in rows]))
    print(f"{len(rows):,} texts, {sum(map(len, rows)):,} tokens", flush=True)

    cls, sep = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    count = tokenizer.get_vocab_size()
    tokens = [teacher.states([[cls, t, sep] for t in range(first, min(first + 1024, count))])[0][:, 1]
              for first in range(0, count, 1024)]
    np.save(arguments.out / "tokens.npy", np.concatenate(tokens))
    (arguments.out / "teacher").mkdir(exist_ok=True)
    embed(teacher, rows, arguments.out / "teacher")


if __name__ == "__main__":
    main()
