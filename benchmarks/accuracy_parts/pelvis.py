"""A sensor on a real pelvis against optical markers (cmu_exercise), led in and cold, beside two yardsticks."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

import hiplevel
from accuracy_parts.lead import led_in
from accuracy_parts.plain import plain_angles
from accuracy_parts.score import AngleErrors, within_two_sigma
from accuracy_parts.sets import (
    CMU_SENSOR_TO_PELVIS,
    Floats,
    Recording,
    angles_of_up,
    recordings,
    up_of_quaternion,
)
from hiplevel import Calibration

HOW = ("hiplevel led in", "plain led in", "sensor maker's filter", "hiplevel cold", "plain cold")


@dataclass(frozen=True, eq=False)
class Compared:
    """One recording's angles by each method at the reference's samples, (n,) each, degrees; sigma where known."""

    recording: Recording
    obliquity_deg: dict[str, Floats]
    tilt_deg: dict[str, Floats]
    sigma_deg: dict[str, Floats]


def compared(data: Path) -> Iterator[Compared]:
    """Every recording of the set."""
    for recording in recordings(data, "cmu_exercise"):
        yield compare(recording)


def compare(recording: Recording) -> Compared:
    """Led in: at rest in the maker's first attitude, which a filter that ran long before has settled."""
    calibration = Calibration.from_matrix(CMU_SENSOR_TO_PELVIS)
    up = up_of_quaternion(recording.truth["xsens_quat_wxyz"])
    obliquity, tilt, sigma = {}, {}, {}
    maker = "sensor maker's filter"
    obliquity[maker], tilt[maker] = angles_of_up(up @ CMU_SENSOR_TO_PELVIS.T)
    for kind in ("led in", "cold"):
        samples, lead_s = led_in(recording.samples, up[0]) if kind == "led in" else (recording.samples, 0.0)
        n, wanted_s = len(recording.samples), recording.samples.time_s + lead_s
        a = hiplevel.analyze(samples, calibration=calibration)
        ours, plain = f"hiplevel {kind}", f"plain {kind}"
        obliquity[ours] = np.interp(wanted_s, a.time_s, a.obliquity_deg)
        tilt[ours] = np.interp(wanted_s, a.time_s, a.tilt_deg)
        obliquity[plain], tilt[plain] = (x[-n:] for x in plain_angles(samples, CMU_SENSOR_TO_PELVIS))
        if hasattr(a, "obliquity_sigma_deg"):
            sigma[ours] = np.interp(wanted_s, a.time_s, a.obliquity_sigma_deg)
    return Compared(recording, obliquity, tilt, sigma)


def against_optical(data: Path) -> dict[str, Any]:
    """Obliquity and tilt, each recording's constant offset removed and reported apart, and range of motion."""
    errors = {(how, angle): AngleErrors() for how in HOW for angle in ("obliquity", "tilt")}
    inside: dict[str, tuple[list[Floats], list[Floats]]] = {}
    count = 0
    for one in compared(data):
        count += 1
        for how in HOW:
            errors[how, "obliquity"].add(one.obliquity_deg[how], one.recording.obliquity_deg)
            errors[how, "tilt"].add(one.tilt_deg[how], one.recording.tilt_deg)
        for how, sigma in one.sigma_deg.items():
            # What the maker's settled filter is off is how the sensor sat and where the markers were. Our own offset
            # stays in: after a start in movement it is the error.
            sat = one.obliquity_deg["sensor maker's filter"] - one.recording.obliquity_deg
            lists = inside.setdefault(how, ([], []))
            lists[0].append(one.obliquity_deg[how] - one.recording.obliquity_deg - sat.mean())
            lists[1].append(sigma)
    out: dict[str, Any] = {"recordings": count}
    for how in HOW:
        for angle in ("obliquity", "tilt"):
            out |= {f"{how}: {key}": value for key, value in errors[how, angle].table(angle).items()}
    for how, (differences, sigmas) in inside.items():
        share = within_two_sigma(np.concatenate(differences), np.concatenate(sigmas))
        out[f"{how}: obliquity_within_two_sigma_percent (maker's offset removed)"] = share
    return out
