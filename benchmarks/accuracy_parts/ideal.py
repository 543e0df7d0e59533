"""Optical markers turned into a sensor (ui_prmd), made imperfect and mounted anyhow: synthetic, and free of skin."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

import hiplevel
from accuracy_parts import drops
from accuracy_parts.lead import Sensor, as_read, led_in, padded
from accuracy_parts.plain import plain_angles
from accuracy_parts.score import AngleErrors, EventScore, median_p90, within_two_sigma
from accuracy_parts.sets import Floats, Recording, angles_of_up, recordings, up_of_angles
from hiplevel import Analysis, Calibration, DropRule, Samples
from hiplevel.model.events import Event, Note, Rezero
from hiplevel.motion.frame import levelling
from hiplevel.motion.uncertainty import SKIN_SIGMA_RAD, SigmaParams

SENSOR = Sensor()
# Absolute: the mounting is given, and level is level. An accelerometer offset is then an error no filter can see, so
# there is none. Own neutral: the mounting is given, and level is how the pelvis stood at the start, as in a session.
SENSORS = {"absolute": replace(SENSOR, acc_bias_mg=0.0), "own neutral": SENSOR}
AXIS_SD_DEG = 0.3  # what hiplevel takes a matrix to be known to
LESS_OFFSET_MG = (10.0, 0.0)
# Drops that end near the limit are found or not by chance: F1 of one draw of noise, bias and mounting is off by 0.003.
DRAWS, DRAW_SEEDS = 6, 1000


@dataclass(frozen=True, eq=False)
class Worn:
    """A recording as the sensor read it, the reference on the same samples, and when it begins to move."""

    recording: Recording
    samples: Samples
    mounting: Floats
    up: Floats  # of the reference, (n, 3) in the pelvis frame
    moves_s: float


def worn(data: Path, sensor: Sensor, *, lead: bool, draw: int = 0) -> Iterator[Worn]:
    """The whole set; the seed is the recording's number, and others in further draws."""
    for seed, recording in enumerate(recordings(data, "ui_prmd")):
        samples, lead_s = recording.samples, 0.0
        if lead:
            up = up_of_angles(recording.obliquity_deg[0], recording.tilt_deg[0])
            samples, lead_s = led_in(samples, up)
        read, mounting = as_read(samples, seed + DRAW_SEEDS * draw, sensor)
        angles = (padded(angle, read) for angle in (recording.obliquity_deg, recording.tilt_deg))
        yield Worn(recording, read, mounting, up_of_angles(*angles), samples.time_s[0] + lead_s)


@dataclass(frozen=True, eq=False)
class Followed:
    """One method's obliquity beside the reference's, (m,) each, degrees; its drops; its sigma where there is one.

    Of the sigma is left out what cannot show here: skin, which markers made into a sensor are free of, and that a level
    was assumed, for the reference is levelled over the same moment.
    """

    time_s: Floats
    obliquity_deg: Floats
    reference_deg: Floats
    drops: Sequence[drops.Found]
    judged_s: float  # when the start was judged: nothing is told before
    sigma_deg: Floats | None = None

    @property
    def error_deg(self) -> Floats:
        """(m,)."""
        return self.obliquity_deg - self.reference_deg


def followed(one: Worn, neutral: str, rule: DropRule) -> dict[str, Followed]:
    """By hiplevel, through its public API, and by the plain script, whose neutral is its first second."""
    return {"hiplevel": _ours(one, neutral, rule), "plain": _plain(one, neutral, rule)}


def _ours(one: Worn, neutral: str, rule: DropRule) -> Followed:
    own, time_s, up = neutral == "own neutral", one.samples.time_s, one.up
    # Either way the mounting is told as it is: nothing is left open about its axis.
    known = Calibration(one.mounting, source="movements", axis_sd_deg=AXIS_SD_DEG)
    calibration = known if own else Calibration.from_matrix(one.mounting)
    a = hiplevel.analyze(one.samples, calibration=calibration, rule=rule)
    if own:  # the reference is levelled over the same moment
        zero = next(event for event in a.events if isinstance(event, Rezero))
        stood = up[(time_s >= zero.start_s) & (time_s <= zero.end_s)].mean(axis=0)
        up = up @ levelling(stood / np.linalg.norm(stood)).T
    reference = np.interp(a.time_s, time_s, angles_of_up(up)[0])
    judged_s = max((e.known_s for e in a.events if isinstance(e, Rezero) or _restless(e)), default=float(time_s[0]))
    sigma = _shown_sigma(a) if hasattr(a, "obliquity_sigma_deg") else None
    return Followed(a.time_s, a.obliquity_deg, reference, drops.of_events(a.events), judged_s, sigma)


def _shown_sigma(a: Analysis) -> Floats:
    hidden_rad2 = np.full(len(a.time_s), SKIN_SIGMA_RAD**2)
    zeros = [event for event in a.events if isinstance(event, Rezero)]
    for zero in zeros:
        level_rad = SigmaParams().assumed if zero.source == "assumed" else 0.0
        # The first one is that of the cells before it too.
        since = 0 if zero is zeros[0] else np.searchsorted(a.time_s, zero.known_s, side="right")
        hidden_rad2[since:] = SKIN_SIGMA_RAD**2 + level_rad**2
    return np.asarray(np.sqrt(np.square(a.obliquity_sigma_deg) - np.degrees(1.0) ** 2 * hidden_rad2))


def _restless(event: Event) -> bool:
    return isinstance(event, Note) and event.code == "no-still-start"


def _plain(one: Worn, neutral: str, rule: DropRule) -> Followed:
    time_s = one.samples.time_s
    angle, reference = plain_angles(one.samples, one.mounting)[0], angles_of_up(one.up)[0]
    if neutral == "own neutral":
        first = time_s < time_s[0] + 1.0
        angle, reference = angle - angle[first].mean(), reference - reference[first].mean()
    return Followed(time_s, angle, reference, drops.of_plain(time_s, angle, rule), float(time_s[0]))


def kinds() -> Iterator[tuple[str, str, bool]]:
    """Label, neutral, and whether it is led in."""
    for neutral in SENSORS:
        for lead in (True, False):
            yield f"{'led in' if lead else 'cold'}, {neutral}", neutral, lead


def angle(data: Path) -> dict[str, Any]:
    """Obliquity error while moving: nothing removed, and offset removed."""
    out: dict[str, Any] = {}
    for label, neutral, lead in kinds():
        errors = {how: AngleErrors() for how in ("hiplevel", "plain")}
        inside: tuple[list[Floats], list[Floats]] = ([], [])
        for one in worn(data, SENSORS[neutral], lead=lead):
            for how, seen in followed(one, neutral, DropRule()).items():
                moving = seen.time_s >= one.moves_s
                errors[how].add(seen.obliquity_deg[moving], seen.reference_deg[moving])
                if seen.sigma_deg is not None:
                    inside[0].append(seen.error_deg)
                    inside[1].append(seen.sigma_deg)
        for how in errors:
            out[f"{how} {label}: rms_deg_median_p90"] = median_p90(errors[how].rms)
            out[f"{how} {label}: offset_removed_deg_median_p90"] = median_p90(errors[how].spread)
        if inside[0]:
            share = within_two_sigma(np.concatenate(inside[0]), np.concatenate(inside[1]))
            out[f"hiplevel {label}: within_two_sigma_percent (without skin)"] = share
    return out


def drop_events(data: Path) -> dict[str, Any]:
    """Drops beyond 4 and 8 degrees in all draws; truth is the same rule on the reference."""
    out: dict[str, Any] = {"draws of noise, bias and mounting": DRAWS}
    for label, neutral, lead in kinds():
        for limit_deg in drops.LIMITS_DEG:
            draws = [_drops_of(data, neutral, DropRule(limit_deg), lead=lead, draw=draw) for draw in range(DRAWS)]
            for how in draws[0]:
                score = sum((one[how] for one in draws[1:]), draws[0][how])
                out |= {f"{how} {label}, {limit_deg:g} degrees: {key}": value for key, value in score.table().items()}
                out[f"{how} {label}, {limit_deg:g} degrees: f1 by draw"] = [round(one[how].f1, 4) for one in draws]
    return out | _by_offset(data)


def _drops_of(data: Path, neutral: str, rule: DropRule, *, lead: bool, draw: int) -> dict[str, EventScore]:
    scores = {how: EventScore() for how in ("hiplevel", "plain")}
    for one in worn(data, SENSORS[neutral], lead=lead, draw=draw):
        for how, seen in followed(one, neutral, rule).items():
            true = drops.true_drops(seen.time_s, seen.reference_deg, rule)
            drops.add(scores[how], seen.drops, true, rule, seen.judged_s)
    return scores


def _by_offset(data: Path) -> dict[str, float]:
    """What the accelerometer's offset costs, led in, own neutral, at the lower limit."""
    out, rule = {}, DropRule(drops.LIMITS_DEG[0])
    for offset_mg in LESS_OFFSET_MG:
        score = EventScore()
        for draw in range(DRAWS):
            for one in worn(data, replace(SENSOR, acc_bias_mg=offset_mg), lead=True, draw=draw):
                seen = _ours(one, "own neutral", rule)
                drops.add(score, seen.drops, drops.true_drops(seen.time_s, seen.reference_deg, rule), rule)
        label = f"hiplevel led in, own neutral, {rule.threshold_deg:g} degrees, offset of {offset_mg:g} mg only"
        out[f"{label}: f1"] = round(score.f1, 4)
    return out
