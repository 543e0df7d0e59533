"""Optical markers turned into a sensor (ui_prmd), made imperfect and mounted anyhow: synthetic, and free of skin."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

import hiplevel
from accuracy_parts import drops
from accuracy_parts.lead import Sensor, as_read, led_in, padded, rate_at_stamps
from accuracy_parts.plain import plain_angles
from accuracy_parts.score import AngleErrors, EventScore, median_p90, within_two_sigma
from accuracy_parts.sets import Floats, Recording, recordings, up_of_angles
from hiplevel import Calibration, DropRule, Samples

SENSOR = Sensor()
# With the mounting given, the angle is absolute: an accelerometer offset is then an error no filter can see.
NO_OFFSET = replace(SENSOR, acc_bias_mg=0.0)


@dataclass(frozen=True, eq=False)
class Worn:
    """A recording as the sensor read it, the reference on the same samples, and when it begins to move."""

    recording: Recording
    samples: Samples
    mounting: Floats
    reference_deg: Floats
    moves_s: float


def worn(data: Path, sensor: Sensor, *, lead: bool) -> Iterator[Worn]:
    """The whole set; the seed is the recording's number."""
    for seed, recording in enumerate(recordings(data, "ui_prmd")):
        samples, lead_s = rate_at_stamps(recording), 0.0
        if lead:
            up = up_of_angles(recording.obliquity_deg[0], recording.tilt_deg[0])
            samples, lead_s = led_in(samples, up)
        read, mounting = as_read(samples, seed, sensor)
        yield Worn(recording, read, mounting, padded(recording.obliquity_deg, read), samples.time_s[0] + lead_s)


def analysed(one: Worn, rule: DropRule | None = None) -> hiplevel.Analysis:
    """By the public API, mounting given, both sides watched."""
    return hiplevel.analyze(one.samples, calibration=Calibration.from_matrix(one.mounting), rule=rule)


def errors(one: Worn) -> dict[str, tuple[Floats, Floats]]:
    """Time and obliquity error by each method, (m,) each, degrees."""
    a, time_s = analysed(one), one.samples.time_s
    return {
        "hiplevel": (a.time_s, a.obliquity_deg - np.interp(a.time_s, time_s, one.reference_deg)),
        "plain": (time_s, plain_angles(one.samples, one.mounting)[0] - one.reference_deg),
    }


def angle(data: Path) -> dict[str, Any]:
    """Obliquity error: with a gyroscope bias alone, absolute; with an accelerometer offset too, offset removed."""
    out: dict[str, Any] = {}
    for lead in (True, False):
        kind = "led in" if lead else "cold"
        for sensor, label in ((NO_OFFSET, ""), (SENSOR, "20 mg offset: ")):
            ours, plain = AngleErrors(), AngleErrors()
            inside: tuple[list[Floats], list[Floats]] = ([], [])
            for one in worn(data, sensor, lead=lead):
                a, moving = analysed(one), one.samples.time_s >= one.moves_s
                reference = one.reference_deg[moving]
                ours.add(np.interp(one.samples.time_s[moving], a.time_s, a.obliquity_deg), reference)
                plain.add(plain_angles(one.samples, one.mounting)[0][moving], reference)
                if hasattr(a, "obliquity_sigma_deg"):
                    inside[0].append(a.obliquity_deg - np.interp(a.time_s, one.samples.time_s, one.reference_deg))
                    inside[1].append(a.obliquity_sigma_deg)
            for how, errors in (("hiplevel", ours), ("plain", plain)):
                out[f"{how} {kind}: {label}rms_deg_median_p90"] = median_p90(errors.rms)
                out[f"{how} {kind}: {label}offset_removed_deg_median_p90"] = median_p90(errors.spread)
            if inside[0]:
                share = within_two_sigma(np.concatenate(inside[0]), np.concatenate(inside[1]))
                out[f"hiplevel {kind}: {label}within_two_sigma_percent"] = share
    return out


def drop_events(data: Path) -> dict[str, Any]:
    """Drops beyond 4 and 8 degrees."""
    out: dict[str, Any] = {}
    for lead in (True, False):
        for limit_deg in drops.LIMITS_DEG:
            rule, ours, plain = DropRule(limit_deg), EventScore(), EventScore()
            for one in worn(data, NO_OFFSET, lead=lead):
                true = drops.true_drops(one.samples.time_s, one.reference_deg, rule)
                drops.add(ours, drops.of_events(analysed(one, rule).events), true, rule)
                angle_deg = plain_angles(one.samples, one.mounting)[0]
                drops.add(plain, drops.of_plain(one.samples.time_s, angle_deg, rule), true, rule)
            label = f"{'led in' if lead else 'cold'}, {limit_deg:g} degrees"
            for how, score in (("hiplevel", ours), ("plain", plain)):
                out |= {f"{how} {label}: {key}": value for key, value in score.table().items()}
    return out
