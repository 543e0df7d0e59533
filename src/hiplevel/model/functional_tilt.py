"""The vertical in the sensor's frame while the body moves, and how it leaves the stand and comes back."""

import numpy as np

from hiplevel.model.samples import Floats, Samples

GAP_S = 0.2
# How fast the accelerometer pulls the integrated vertical back: slow beside a hinge, fast beside a gyroscope's drift.
PULL_S = 4.0
PULL_WITHIN_M_S2 = 1.5


def angle_deg(a: Floats, b: Floats) -> float:
    """Between two vectors (3,)."""
    return float(np.degrees(np.arctan2(np.linalg.norm(np.cross(a, b)), a @ b)))


def vertical(samples: Samples, bias_rad_s: Floats, up: Floats, gravity_m_s2: float) -> Floats:
    """(n, 3) the vertical in the sensor's frame: the rate integrated, drawn slowly to the accelerometer.

    It begins at `up` (3,) where the accelerometer agrees within 10 degrees, and anew after a gap.
    """
    rate = samples.gyr_rad_s - bias_rad_s
    size = np.linalg.norm(samples.acc_m_s2, axis=1)
    measured = samples.acc_m_s2 / np.maximum(size, 1e-9)[:, None]
    step_s = np.diff(samples.time_s, prepend=samples.time_s[0])
    begun = measured[: int(np.searchsorted(samples.time_s, samples.time_s[0] + 0.3))].mean(axis=0)
    now = up if angle_deg(begun, up) < 10.0 else begun / np.linalg.norm(begun)
    x, y, z = now.tolist()
    pull = np.where(np.abs(size - gravity_m_s2) < PULL_WITHIN_M_S2, step_s / PULL_S, 0.0)
    turns = (0.5 * (rate + np.roll(rate, 1, axis=0)) * step_s[:, None]).tolist()
    out = []
    for (a, b, c), (mx, my, mz), k, dt in zip(turns, measured.tolist(), pull.tolist(), step_s.tolist(), strict=True):
        if dt > GAP_S:
            x, y, z = mx, my, mz
        else:
            u, v, w = y * c - z * b, z * a - x * c, x * b - y * a  # up x turn, and to second order
            x, y, z = x + u + (v * c - w * b) / 2, y + v + (w * a - u * c) / 2, z + w + (u * b - v * a) / 2
            x, y, z = x + k * (mx - x), y + k * (my - y), z + k * (mz - z)
        size_now = (x * x + y * y + z * z) ** 0.5
        x, y, z = x / size_now, y / size_now, z / size_now
        out.append((x, y, z))
    return np.array(out)


def excursions(time_s: Floats, away_deg: Floats, least_deg: float) -> list[tuple[int, int, int]]:
    """Moves out and back, (first, peak, end) rows each: away by least_deg and by 0.4 of the furthest (at most 24)."""
    high = max(least_deg, 0.4 * min(float(away_deg.max(initial=0.0)), 60.0))
    edges = np.flatnonzero(np.diff(np.concatenate(([False], away_deg > high, [False])).astype(np.int8)))
    found: list[tuple[int, int, int]] = []
    for first, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        peak = first + int(np.argmax(away_deg[first:end]))
        low = 0.2 * float(away_deg[peak])
        before = np.flatnonzero(away_deg[:first] < low)
        after = np.flatnonzero(away_deg[end:] < low)
        begin = int(before[-1]) if before.size else 0
        over = end + int(after[0]) if after.size else len(away_deg)
        if found and begin < found[-1][1]:  # it did not come back in between: one move
            begin, peak = found[-1][0], max(found[-1][1], peak, key=lambda row: float(away_deg[row]))
            found.pop()
        if np.all(np.diff(time_s[begin:over]) <= GAP_S):
            found.append((begin, peak, over))
    return found
