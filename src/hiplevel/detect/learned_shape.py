"""Whether one movement goes as others do: the six velocities on the way out and on the way back, whatever its pace."""

from collections.abc import Sequence

import numpy as np

from hiplevel.model.samples import Floats

POINTS = 8  # a way


def shape(velocity_m_s: Floats, turn: int) -> Floats:
    """(6, 2 * POINTS) of norm 1, of velocities (6, n) that turn at frame `turn`."""
    n = velocity_m_s.shape[1]
    turn = min(max(turn, 1), n - 1)
    middles = (np.arange(POINTS) + 0.5) / POINTS
    at = np.concatenate([turn * middles, turn + (n - 1 - turn) * middles])
    frames = np.arange(n)
    out = np.array([np.interp(at, frames, row) for row in velocity_m_s])
    return np.asarray(out / np.sqrt(np.add.reduce((out * out).ravel()) + 1e-12))


def likeness(one: Floats, others: Sequence[Floats]) -> float:
    """From -1 to 1: this shape with the median of these."""
    usual = np.median(others, axis=0)
    return float(np.add.reduce((one * usual).ravel()) / np.sqrt(np.add.reduce((usual * usual).ravel()) + 1e-12))
