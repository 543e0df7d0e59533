"""Real squat sets again: the sensor turned, its rate another, packets lost. The count must stay as it was."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

import hiplevel
from accuracy_parts.sets import recordings
from hiplevel import Calibration, Rep, Samples
from hiplevel.simulate.imu import random_mounting

RATES_HZ = (52.0, 60.0, 104.0, 200.0)
PACKET, LOST = 10, 0.02
SAME_S = 0.4
Change = Callable[[Samples], tuple[Samples, Calibration]]
UPRIGHT = Calibration.from_matrix(np.eye(3))


def unchanged(data: Path) -> dict[str, Any]:
    """Of the sets, how many have the same repetitions (as many, each turning within 0.4 s) after each change."""
    changes: dict[str, Change] = {f"turned anyhow {seed}": _turned(seed) for seed in (1, 2, 3)}
    changes |= {f"at {rate_hz:g} Hz": _at(rate_hz) for rate_hz in RATES_HZ}
    changes |= {f"2 % of packets lost {seed}": _lossy(seed) for seed in (1, 2)}
    same, different = dict.fromkeys(changes, 0), list[str]()
    sets = list(recordings(data, "squat_waist"))
    for recording in sets:
        usual = _reps(recording.samples, UPRIGHT)
        for name, change in changes.items():
            reps = _reps(*change(recording.samples))
            if _same(reps, usual):
                same[name] += 1
            else:
                different.append(f"{recording.name} {name}: {len(reps)} of {len(usual)}")
    return {"sets": len(sets), **same, "same_percent": _percent(same, len(sets)), "different": different}


def _percent(same: dict[str, int], sets: int) -> float:
    return round(100.0 * sum(same.values()) / (len(same) * sets), 1)


def _reps(samples: Samples, calibration: Calibration) -> tuple[Rep, ...]:
    return hiplevel.analyze(samples, exercise="squat", calibration=calibration).reps


def _same(reps: tuple[Rep, ...], usual: tuple[Rep, ...]) -> bool:
    if len(reps) != len(usual):
        return False
    return all(abs(a.turn_s - b.turn_s) <= SAME_S for a, b in zip(reps, usual, strict=True))


def _turned(seed: int) -> Change:
    mounting = random_mounting(seed)

    def change(samples: Samples) -> tuple[Samples, Calibration]:
        turned = Samples(samples.time_s, samples.acc_m_s2 @ mounting, samples.gyr_rad_s @ mounting)
        return turned, Calibration.from_matrix(mounting)

    return change


def _at(rate_hz: float) -> Change:
    def change(samples: Samples) -> tuple[Samples, Calibration]:
        time_s = np.arange(samples.time_s[0], samples.time_s[-1], 1.0 / rate_hz)
        # What was missing stays missing.
        nearest = np.abs(samples.time_s[np.searchsorted(samples.time_s, time_s).clip(1) - 1] - time_s)
        time_s = time_s[nearest < 0.1]
        acc, gyr = (
            np.stack([np.interp(time_s, samples.time_s, series[:, axis]) for axis in range(3)], axis=1)
            for series in (samples.acc_m_s2, samples.gyr_rad_s)
        )
        return Samples(time_s, acc, gyr), UPRIGHT

    return change


def _lossy(seed: int) -> Change:
    def change(samples: Samples) -> tuple[Samples, Calibration]:
        packets = len(samples) // PACKET + 1
        keep = np.repeat(np.random.default_rng(seed).random(packets) >= LOST, PACKET)[: len(samples)]
        return Samples(samples.time_s[keep], samples.acc_m_s2[keep], samples.gyr_rad_s[keep]), UPRIGHT

    return change
