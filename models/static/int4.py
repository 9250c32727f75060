# SPDX-License-Identifier: Apache-2.0
"""4-bit rows as src/encoder/static_encoder.h reads them: value = scale of the row * (code - 8), code 0..15."""
import numpy as np

# Where a row of the given largest magnitude is clipped: the grid of 15 steps fits a bell of values best when it
# leaves out the tails; the row's own best of these is taken.
CLIPS = (0.7, 0.8, 0.9, 1.0)


def quantised(table):
    """codes u8 [rows, dim] and scales f32 [rows], which are exact in f16."""
    largest = np.abs(table).max(1, keepdims=True)
    best, codes, scales = np.full(len(table), np.inf, np.float32), None, None
    for clip in CLIPS:
        scale = (largest * clip / 7.5).astype(np.float16).astype(np.float32)
        step = np.where(scale > 0, scale, 1)
        code = np.clip(np.rint(table / step), -8, 7)
        error = ((code * scale - table) ** 2).sum(1)
        better = error < best
        best = np.where(better, error, best)
        codes = code if codes is None else np.where(better[:, None], code, codes)
        scales = scale if scales is None else np.where(better[:, None], scale, scales)
    return (codes + 8).astype(np.uint8), scales[:, 0]


def rounded(table):
    codes, scales = quantised(table)
    return (codes.astype(np.float32) - 8) * scales[:, None]


def packed(codes):
    """u8 [rows, dim / 2]: the even code of each pair in the low half of its byte."""
    return codes[:, 0::2] | codes[:, 1::2] << 4


def unpacked(table):
    codes = np.empty((len(table), 2 * table.shape[1]), np.uint8)
    codes[:, 0::2], codes[:, 1::2] = table & 15, table >> 4
    return codes
