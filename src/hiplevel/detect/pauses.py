"""While a person pauses, samples are recorded and not looked at, as if they had never come."""

import math

import numpy as np

from hiplevel.model.samples import Samples

TOLERANCE_S = 0.5  # a gap is known by the samples around it, a pause by the moment it was said


class Pauses:
    """Spans (start_s, end_s] between 'pause' and 'resume'; the last may be open."""

    def __init__(self) -> None:
        self._spans: list[tuple[float, float]] = []

    def hear(self, what: str, time_s: float) -> None:
        """One of the two, in order of time; a second of a kind changes nothing."""
        is_open = bool(self._spans) and math.isinf(self._spans[-1][1])
        if what == "pause" and not is_open:
            self._spans.append((time_s, math.inf))
        elif what == "resume" and is_open:
            self._spans[-1] = (self._spans[-1][0], time_s)

    def without(self, samples: Samples) -> Samples:
        """Those that no pause covers."""
        if not self._spans:
            return samples
        time_s, kept = samples.time_s, np.ones(len(samples), dtype=np.bool_)
        for start_s, end_s in self._spans:
            kept &= (time_s <= start_s) | (time_s > end_s)
        if kept.all():
            return samples
        return Samples(time_s[kept], samples.acc_m_s2[kept], samples.gyr_rad_s[kept])

    def touch(self, start_s: float, end_s: float) -> bool:
        """Whether one reaches into (start_s, end_s)."""
        return any(start_s < to_s and from_s < end_s for from_s, to_s in self._spans)

    def cover(self, start_s: float, end_s: float) -> bool:
        """Whether a gap of samples is a pause."""
        return any(abs(start_s - a) < TOLERANCE_S and abs(end_s - b) < TOLERANCE_S for a, b in self._spans)
