"""How the body lay from frame to frame: its turns one after another, which do not add up when their axes differ."""

import numpy as np

from hiplevel.model.samples import Floats

IDENTITY = np.array([1.0, 0.0, 0.0, 0.0])
# Hamilton's product: for each part of the second (rows) which part of the first makes a part of the whole (columns).
_OF_FIRST = np.array([[0, 1, 2, 3], [1, 0, 3, 2], [2, 3, 0, 1], [3, 2, 1, 0]])
_SIGNS = np.array([[1.0, 1.0, 1.0, 1.0], [-1.0, 1.0, 1.0, -1.0], [-1.0, -1.0, 1.0, 1.0], [-1.0, 1.0, -1.0, 1.0]])[
    ..., None
]


def attitudes(turned_rad: Floats) -> Floats:
    """Unit quaternions (4, n) after each of these turns (3, n) about the body's own axes, from before the first.

    Each depends on the turns up to it alone, to the last bit.
    """
    angle = np.sqrt(np.add.reduce(turned_rad * turned_rad))
    out = np.empty((4, turned_rad.shape[1]))
    out[0] = np.cos(0.5 * angle)
    out[1:] = turned_rad * (0.5 * np.sinc(angle / (2.0 * np.pi)))
    step = 1
    while step < out.shape[1]:
        out[:, step:] = _product(out[:, :-step], out[:, step:])
        step *= 2
    return out


def apart_rad(one: Floats, others: Floats) -> Floats:
    """(n,): the angles between an attitude (4,) and others (4, n)."""
    return np.asarray(2.0 * np.arccos(np.minimum(np.abs(np.add.reduce(one[:, None] * others)), 1.0)))


def _product(first: Floats, then: Floats) -> Floats:
    return np.asarray(np.add.reduce(first.take(_OF_FIRST, axis=0) * _SIGNS * then[:, None]))
