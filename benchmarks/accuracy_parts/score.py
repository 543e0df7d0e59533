"""Errors summed up: spreads of angles, and events found, missed and invented."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from accuracy_parts.sets import Floats


def median_p90(values: Iterable[float], digits: int = 2) -> list[float]:
    """[median, 90th percentile]."""
    array = np.asarray(list(values), dtype=np.float64)
    return [round(float(np.median(array)), digits), round(float(np.percentile(array, 90)), digits)]


@dataclass
class AngleErrors:
    """Errors of one angle over many recordings, degrees."""

    rms: list[float] = field(default_factory=list)  # nothing removed
    spread: list[float] = field(default_factory=list)  # the recording's mean error removed
    bias: list[float] = field(default_factory=list)  # the recording's mean error
    rom: list[float] = field(default_factory=list)  # range of motion

    def add(self, angle_deg: Floats, reference_deg: Floats) -> float:
        """Compare (n,) with (n,); the spread of their difference."""
        difference = angle_deg - reference_deg
        self.rms.append(float(np.sqrt(np.mean(difference**2))))
        self.spread.append(float(np.std(difference)))
        self.bias.append(float(np.mean(difference)))
        self.rom.append(float(abs(np.ptp(angle_deg) - np.ptp(reference_deg))))
        return self.spread[-1]

    def table(self, name: str) -> dict[str, Any]:
        """Figures named after the angle."""
        return {
            f"{name}_offset_removed_deg_median_p90": median_p90(self.spread),
            f"{name}_bias_deg_mean_sd": [round(float(np.mean(self.bias)), 2), round(float(np.std(self.bias)), 2)],
            f"{name}_range_error_deg_median_p90": median_p90(self.rom),
        }


@dataclass
class EventScore:
    """Events paired one to one with the truth."""

    true: int = 0
    found: int = 0
    hits: int = 0
    wrong_side: int = 0
    told_delay_s: list[float] = field(default_factory=list)  # to the first word of a drop, alarm or not
    delay_s: list[float] = field(default_factory=list)  # to the alarm, where there was one
    later_delay_s: list[float] = field(default_factory=list)  # of the alarms that came after the start was judged

    def __add__(self, other: "EventScore") -> "EventScore":
        both = {name: getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__}
        return EventScore(**both)

    @property
    def f1(self) -> float:
        """Harmonic mean of the share found and the share right."""
        return 2.0 * self.hits / max(self.true + self.found, 1)

    def table(self) -> dict[str, Any]:
        """Figures, the delays in ms."""
        return {
            "f1": round(self.f1, 4),
            "true_missed_invented": [self.true, self.true - self.hits, self.found - self.hits],
            "side_right_share": round(self.hits / max(self.hits + self.wrong_side, 1), 4),
            "over_before_they_were_told": len(self.told_delay_s) - len(self.delay_s),
            "first_told_delay_ms_median_p95": _median_p95_ms(self.told_delay_s),
            "alarm_delay_ms_median_p95": _median_p95_ms(self.delay_s),
            "alarm_delay_after_start_ms_median_p95": _median_p95_ms(self.later_delay_s),
        }


def _median_p95_ms(delay_s: Sequence[float]) -> list[int]:
    return [round(1000.0 * float(np.percentile(delay_s, p))) for p in (50, 95)] if delay_s else []


def paired(found: Sequence[tuple[float, float]], true: Sequence[tuple[float, float]]) -> list[tuple[int, int]]:
    """(found, true) indices of [start, end) spans that overlap, one to one, the longest overlap first."""
    overlaps = [(min(f[1], t[1]) - max(f[0], t[0]), i, j) for i, f in enumerate(found) for j, t in enumerate(true)]
    pairs: list[tuple[int, int]] = []
    for overlap, i, j in sorted(overlaps, reverse=True):
        if overlap > 0.0 and all(i != a and j != b for a, b in pairs):
            pairs.append((i, j))
    return pairs


def within_two_sigma(difference_deg: Floats, sigma_deg: Floats) -> float:
    """Share of samples, per cent, whose error is less than twice its stated uncertainty."""
    return round(100.0 * float(np.mean(np.abs(difference_deg) <= 2.0 * sigma_deg)), 1)
