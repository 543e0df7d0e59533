"""Sensor frame to pelvis frame, and the clinical angles of an attitude."""

import numpy as np

from hiplevel.model.samples import Floats

# Within 45 degrees of upside down a clip is turned over, not leaning.
_TURNED_OVER_Z = -np.sqrt(0.5)


GRAVITY_M_S2 = 9.80665  # standard


def levelling(up: Floats) -> Floats:
    """The smallest rotation (3, 3) that turns the unit vector `up` (3,) onto z.

    It keeps heading as it was, so a clip worn upright but leaning is made level without turning it sideways. One worn
    upside down is first turned over in the frontal plane: forward stays forward, however it leans.
    """
    x, y, z = (float(c) for c in up)
    if z < _TURNED_OVER_Z:
        over = np.array([1.0, -1.0, -1.0])
        return np.asarray(levelling(up * over) * over)
    k = 1.0 / (1.0 + z)
    return np.array([[1.0 - k * x * x, -k * x * y, -x], [-k * x * y, 1.0 - k * y * y, -y], [x, y, z]])


def rotated(matrix: Floats, vectors: Floats) -> Floats:
    """matrix @ vectors for (3, m), summed in a fixed order: the order of a matrix product depends on m."""
    x, y, z = vectors
    out = matrix[:, :1] * x
    out += matrix[:, 1:2] * y
    out += matrix[:, 2:] * z
    return np.asarray(out)


def dot(a: Floats, b: Floats) -> Floats:
    """Scalar products (m,) of (3, m) and (3, m), summed in a fixed order."""
    x, y, z = a * b
    x += y
    x += z
    return np.asarray(x)


def cross(a: Floats, b: Floats) -> Floats:
    """Vector products (3, ..., m) of (3, ..., m) and another of as many axes."""
    # Written in place, for each array more is memory to go through; and two components at a time.
    out, part = np.empty(a.shape), np.empty((2, *a.shape[1:]))
    first = np.multiply(a[1:], b[::-2], out=out[:2])
    first -= np.multiply(a[::-2], b[1:], out=part)
    np.multiply(a[:2], b[1::-1], out=part)
    np.subtract(part[0], part[1], out=out[2])
    return out


def carried(up: Floats, rate_rad_s: Floats, on_s: float) -> Floats:
    """The vertical (3, m) a moment later, the frame turning on at rate_rad_s (3, m)."""
    out = cross(up, on_s * rate_rad_s)
    out += up
    return out


def obliquity_rad(up_pelvis: Floats) -> Floats:
    """Elevation of the pelvis' left-right axis, (m,), from the vertical (3, m) in its frame; + = left side up.

    Equals the obliquity of the rotation-obliquity-tilt sequence (Baker 2001, Gait Posture 13:1-6; Wren & Mitiguy 2007,
    J Appl Biomech 23:218), which alone reads zero on a pelvis whose hips are level.
    """
    return np.asarray(np.arcsin(np.minimum(np.maximum(up_pelvis[1], -1.0), 1.0)))


def tilt_rad(up_pelvis: Floats) -> Floats:
    """Rotation about the left-right axis, (m,); + = anterior, the whole circle."""
    return np.asarray(np.arctan2(-up_pelvis[0], up_pelvis[2]))
