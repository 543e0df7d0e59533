"""What a calibration is made of: quiet stands, the vertical in the sensor's frame, and excursions from the stand."""

from dataclasses import dataclass

import numpy as np

from hiplevel.model.errors import InputError, Reason
from hiplevel.model.samples import Floats, Samples

BEAT_S = 0.25
MOST_BEATS = 24
GAP_S = 0.2
# Quiet standing of healthy people stays well below; a shuffle or a gesture well above (science A3, with room to sway).
STILL_ACC_SD_M_S2 = 0.15
STILL_GYR_SD_RAD_S = float(np.radians(2.5))
STILL_LEAN_DEG = 2.0
# How fast the accelerometer pulls the integrated vertical back: slow beside a hinge, fast beside a gyroscope's drift.
PULL_S = 4.0
PULL_WITHIN_M_S2 = 1.5
LEAST_HZ = 15.0


@dataclass(frozen=True, eq=False)
class Stand:
    """A stand: rows [first, end), up (3,) and gyroscope bias (3,) in the sensor frame; unrest 1 is the most allowed.

    acc_sd_m_s2, gyr_sd_rad_s, lean_deg : shaking, turning and leaning while it lasted, the worst axis and moment
    """

    first: int
    end: int
    lasting_s: float
    up: Floats
    gravity_m_s2: float
    bias_rad_s: Floats
    acc_sd_m_s2: float
    gyr_sd_rad_s: float
    lean_deg: float

    @property
    def unrest(self) -> float:
        """Movement in units of what is allowed."""
        return max(
            self.acc_sd_m_s2 / STILL_ACC_SD_M_S2, self.gyr_sd_rad_s / STILL_GYR_SD_RAD_S, self.lean_deg / STILL_LEAN_DEG
        )


def usable(samples: Samples, what: str, least_s: float) -> Samples:
    """The rows that are numbers, when they are in order, dense and long enough.

    Raises
    ------
    InputError
        TIME_BACKWARDS, or CALIBRATION when too little is left.
    """
    good = np.isfinite(samples.time_s) & np.isfinite(samples.acc_m_s2).all(1) & np.isfinite(samples.gyr_rad_s).all(1)
    kept = Samples(samples.time_s[good], samples.acc_m_s2[good], samples.gyr_rad_s[good])
    if np.any(np.diff(kept.time_s) <= 0.0):
        raise InputError(f"The time of the samples of {what} does not increase.", Reason.TIME_BACKWARDS)
    lasting_s = float(kept.time_s[-1] - kept.time_s[0]) if len(kept) > 1 else 0.0
    if lasting_s < least_s or len(kept) < LEAST_HZ * lasting_s:
        raise InputError(
            f"There are too few samples of {what} for a calibration: {len(kept)} in {lasting_s:.1f} s.",
            Reason.CALIBRATION,
            "Stand still for 4 s, then hinge forward at the hips three times, slowly.",
        )
    return kept


def stands(samples: Samples, least_s: float) -> list[Stand]:
    """Every quiet stand of least_s to 6 s in time order; of a longer one only its last 6 s."""
    starts = _beats(samples)
    found: list[Stand] = []
    end = len(starts) - 1
    while end > 0:
        best = None
        for first in range(end - 1, max(end - MOST_BEATS, 0) - 1, -1):
            stand = _stand(samples, starts[first], starts[end])
            if stand.unrest > 1.0 or np.any(np.diff(samples.time_s[stand.first : stand.end]) > GAP_S):
                break
            best = (first, stand)
        if best is None or best[1].lasting_s < least_s:
            end -= 1
        else:
            if not found or best[1].end < found[0].first:
                found.insert(0, best[1])
            end = best[0]
    return found


def quietest(samples: Samples, lasting_s: float) -> Stand:
    """The stretch of lasting_s with the least unrest (all, when there is no more)."""
    starts = _beats(samples)
    width = min(max(round(lasting_s / BEAT_S), 1), len(starts) - 1)
    windows = (_stand(samples, starts[k], starts[k + width]) for k in range(len(starts) - width))
    return min(windows, key=lambda stand: stand.unrest)


def _beats(samples: Samples) -> list[int]:
    """Where the beats of 0.25 s begin, and the end; two at least."""
    edges = np.arange(samples.time_s[0], samples.time_s[-1], BEAT_S)
    return [*dict.fromkeys(np.searchsorted(samples.time_s, edges).tolist()), len(samples)]


def _stand(samples: Samples, first: int, end: int) -> Stand:
    acc, gyr = samples.acc_m_s2[first:end], samples.gyr_rad_s[first:end]
    mean = acc.mean(axis=0)
    size = float(np.linalg.norm(mean))
    halves = [half.mean(axis=0) for half in np.array_split(acc, min(max(len(acc) // 12, 1), 8))]
    lean = max(angle_deg(half, mean) for half in halves)
    time_s = samples.time_s[first:end]
    lasting_s = float(time_s[-1] - time_s[0]) * len(acc) / max(len(acc) - 1, 1)
    return Stand(
        first,
        end,
        lasting_s,
        mean / max(size, 1e-9),
        size,
        gyr.mean(axis=0),
        float(acc.std(axis=0).max()),
        float(gyr.std(axis=0).max()),
        lean,
    )


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
