"""The axis along which vectors spread most. LAPACK, asked now and then for so little, takes several times as long."""

import math

import numpy as np

from hiplevel.model.samples import Floats

# Of what a clear axis gives: less is rounding, and two axes are as good as one another.
CLEAR = 1e-6
NOTHING = 1e-60  # nothing moves so little, and its cube is still a number


def main_axis(spread: Floats) -> Floats:
    """(3,), of length 1: the eigenvector of the largest eigenvalue of a symmetric matrix (3, 3).

    The eigenvalue by Smith (1961, Communications of the ACM 4:168); less it on its diagonal, the matrix has rows that
    are all perpendicular to the vector.
    """
    (a, d, e), (_, b, f), (_, _, c) = spread.tolist()
    mean = (a + b + c) / 3.0
    a, b, c = a - mean, b - mean, c - mean
    scale = math.sqrt((a * a + b * b + c * c + 2.0 * (d * d + e * e + f * f)) / 6.0)
    if scale < NOTHING:
        return np.array([1.0, 0.0, 0.0])
    half = 0.5 * (a * (b * c - f * f) - d * (d * c - f * e) + e * (d * f - b * e))
    turn = math.acos(min(max(half / scale**3, -1.0), 1.0)) / 3.0
    largest = 2.0 * scale * math.cos(turn)
    u, v, w = (a - largest, d, e), (d, b - largest, f), (e, f, c - largest)
    length, axis = max((math.hypot(*across), across) for across in (_cross(u, v), _cross(u, w), _cross(v, w)))
    if length <= CLEAR * scale**2:
        return np.asarray(np.linalg.eigh(spread)[1][:, -1])
    return np.array(axis) / length


def _cross(u: tuple[float, ...], v: tuple[float, ...]) -> tuple[float, float, float]:
    return u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]
