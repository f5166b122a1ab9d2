"""How are weights kept, and how are the features of many rows added up at once?

A weight is a whole number of one byte and a scale. Four of them lie side by side in one 64-bit number, with room to add
up 256 of them without running over, so that one look-up and one addition serve four outputs. The numbers of one place
stand side by side: what a look-up costs is the way to the memory, not what is read there.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Lanes = NDArray[np.uint64]
Floats = NDArray[np.float32]

LANES = 4
BITS = 16
BIAS = 128  # added to every weight, so that none is negative
MOST = 127


class Weights:
    """A table of weights: ``bits`` gives its size as a power of two, ``scale`` has one factor an output."""

    def __init__(self, places: NDArray[np.uint32], values: NDArray[np.int8], scale: Floats, bits: int) -> None:
        full = np.full((1 << bits, len(scale)), BIAS, dtype=np.uint64)
        full[places] = (values.astype(np.int64) + BIAS).astype(np.uint64)
        self._scale = scale
        rows = -(-len(scale) // LANES)
        self._lanes: Lanes = np.zeros((1 << bits, rows), dtype=np.uint64)
        for number, column in enumerate(full.T):
            self._lanes[:, number // LANES] |= column << np.uint64(BITS * (number % LANES))

    def scores(self, places: NDArray[np.int64]) -> Floats:
        """For every row of places the sum of its weights, one column an output."""
        return self.outputs(places).T

    def outputs(self, places: NDArray[np.int64]) -> Floats:
        """For every row of places the sum of its weights, one row an output."""
        total = self._lanes.take(places.T, axis=0).sum(axis=0)
        # The lanes of a number lie in its memory one behind the other, the lowest first on every machine that
        # numpy's wheels are made for.
        parts = total.astype("<u8", copy=False).view("<u2").reshape(len(places), -1).T
        found: Floats = parts[: len(self._scale)].astype(np.float32)
        found -= np.float32(BIAS * places.shape[1])
        found *= self._scale[:, None]
        return found


def packed(weights: Floats) -> tuple[NDArray[np.uint32], NDArray[np.int8], Floats]:
    """The places, rounded values and scale of the weights that matter, from a full table."""
    scale = np.maximum(np.abs(weights).max(axis=0), 1e-6) / MOST
    small = np.rint(weights / scale).astype(np.int8)
    kept = np.flatnonzero(small.any(axis=1))
    return kept.astype(np.uint32), small[kept], scale.astype(np.float32)


def unpacked(table: Mapping[str, NDArray[np.uint32]], name: str, bits: int) -> Weights:
    """The weights of a name from a file's arrays."""
    values, scale = table[f"{name}_values"].view(np.int8), table[f"{name}_scale"].view(np.float32)
    return Weights(table[f"{name}_places"], values, scale, bits)
