"""Ten minutes of simulated wear with hops, walks and standing about: does the neutral stay where it was?"""

from typing import Any

import numpy as np

import hiplevel
from accuracy_parts.plain import plain_angles
from accuracy_parts.score import AngleErrors
from accuracy_parts.sets import Floats
from hiplevel import simulate
from hiplevel.model.rules import Side

BIAS_DEG_S = 1.0
SEEDS = range(3)


def session(seed: int) -> simulate.Simulated:
    """A little over ten minutes: sets of sideways hops by turns, a walk and standing about between them."""
    segments: list[simulate.Segment] = [simulate.Still(4.0)]
    for number in range(10):
        stance: Side = "left" if number % 2 else "right"
        segments += [simulate.Work("sideways-hop", reps=10, stance=stance), simulate.Stroll(steps=20)]
        segments += [simulate.Rest(20.0), simulate.Still(3.0)]
    return simulate.session(segments, seed=seed, imu=simulate.ImuErrors(gyr_bias_deg_s=BIAS_DEG_S))


def errors(simulated: simulate.Simulated) -> dict[str, tuple[Floats, Floats]]:
    """Time and obliquity error by each method, relative to the still start as the product shows it."""
    truth, samples = simulated.truth, simulated.samples
    a = hiplevel.analyze(samples)
    plain = plain_angles(samples, simulated.calibration.matrix)[0]
    out = {}
    for how, time_s, angle in (("hiplevel", a.time_s, a.obliquity_deg), ("plain", samples.time_s, plain)):
        error = angle - np.interp(time_s, truth.time_s, truth.obliquity_deg)
        out[how] = (time_s, error - error[(time_s > 2.0) & (time_s < 4.0)].mean())
    return out


def still_errors(simulated: simulate.Simulated, time_s: Floats, error_deg: Floats) -> list[float]:
    """The mean error in each still stand after the start, degrees: how far the neutral has moved."""
    return [
        float(error_deg[(time_s >= part.start_s + 1.0) & (time_s < part.end_s)].mean())
        for part in simulated.truth.parts[1:]
        if part.exercise == "still"
    ]


def drift(_: object) -> dict[str, Any]:
    """Simulated. Neutral's drift over ten minutes and the error while moving, at a gyroscope bias of 1 degree/s."""
    moving = {how: AngleErrors() for how in ("hiplevel", "plain")}
    worst: dict[str, list[float]] = {"hiplevel": [], "plain": []}
    last: dict[str, list[float]] = {"hiplevel": [], "plain": []}
    minutes = 0.0
    for seed in SEEDS:
        simulated = session(seed)
        minutes += float(simulated.samples.time_s[-1]) / 60.0
        for how, (time_s, error_deg) in errors(simulated).items():
            moving[how].add(error_deg, np.zeros_like(error_deg))
            moved = still_errors(simulated, time_s, error_deg)
            worst[how].append(max(abs(m) for m in moved))
            last[how].append(abs(moved[-1]))
    out: dict[str, Any] = {"sessions": len(SEEDS), "minutes_each": round(minutes / len(SEEDS), 1)}
    for how in ("hiplevel", "plain"):
        out[f"{how}: neutral_drift_worst_deg"] = round(max(worst[how]), 2)
        out[f"{how}: neutral_drift_at_end_deg"] = round(max(last[how]), 2)
        out[f"{how}: rms_deg_worst"] = round(max(moving[how].rms), 2)
    return out
