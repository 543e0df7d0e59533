"""Quiet stands, and whether samples can be calibrated from at all."""

from dataclasses import dataclass

import numpy as np

from hiplevel.model.errors import InputError, Reason
from hiplevel.model.functional_tilt import GAP_S, angle_deg
from hiplevel.model.samples import Floats, Samples

BEAT_S = 0.25
MOST_BEATS = 24
# Quiet standing of healthy people stays well below; a shuffle or a gesture well above.
STILL_ACC_SD_M_S2 = 0.15
STILL_GYR_SD_RAD_S = float(np.radians(2.5))
STILL_LEAN_DEG = 2.0
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
