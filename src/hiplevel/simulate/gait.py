"""Walking: pelvic list, vertical bounce, braking, lateral shift and heel strikes, step by step."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.interpolate import CubicSpline

from hiplevel.model.samples import Floats
from hiplevel.simulate.kinematics import CHANNELS, GRID_HZ, Channel
from hiplevel.simulate.script import Script
from hiplevel.simulate.shapes import bump, jolt, min_jerk, window


@dataclass(frozen=True)
class Gait:
    """A way of walking.

    Attributes
    ----------
    step_s : duration of a step; speed_m_s : pace
    list_deg : how far the swing side falls in each stance
    variation : relative scatter of duration and list from step to step
    turn_deg : a turn to the left spread over the last part of the way
    """

    step_s: float = 0.54
    speed_m_s: float = 1.25
    list_deg: float = 4.5
    variation: float = 0.04
    turn_deg: float = 0.0


def walk(
    script: Script,
    steps: int,
    gait: Gait,
    drops: Mapping[int, float] | None = None,
    first: str = "left",
) -> None:
    """Walk from standing to standing; drops maps a step's index to the degrees its swing side falls to."""
    rng, drops = script.rng, drops or {}
    script.settle()
    start_s = script.now_s
    durations = gait.step_s * (1.0 + gait.variation * np.clip(rng.standard_normal(steps + 1), -2.5, 2.5))
    lead_s = 0.8
    contacts = lead_s + np.concatenate(([0.0], np.cumsum(durations[:steps])))
    count = round((contacts[-1] + 1.0) * GRID_HZ)
    t = np.arange(1, count + 1) / GRID_HZ
    going = window(t, lead_s - 0.6, float(contacts[-1]) + 0.6, 0.9)
    phase = _phase(contacts, gait.step_s, t)
    offsets = np.zeros((count, CHANNELS))
    sides = ["left", "right"] if first == "left" else ["right", "left"]
    for k in range(steps):
        side = sides[k % 2]
        sign = 1.0 if side == "left" else -1.0
        at, length = float(contacts[k]), float(durations[k])
        fall = drops.get(k, gait.list_deg * (1.0 + 3.0 * gait.variation * np.clip(rng.standard_normal(), -2, 2)))
        offsets[:, Channel.OBLIQUITY] += (
            sign * fall * bump(t, at - 0.1 * length, at + 0.36 * length, at + 1.02 * length)
        )
        offsets[:, Channel.Y] += sign * 0.028 * bump(t, at - 0.2 * length, at + 0.5 * length, at + 1.2 * length)
        _heel_strike(offsets, t, at, sign, rng)
        script.marks.steps.append((start_s + at, side))
    _carry(offsets, t, going, phase, gait, sign_first=1.0 if first == "left" else -1.0)
    script.play(offsets, sway=1.5)
    script.settle()


def _phase(contacts: Floats, step_s: float, t: Floats) -> Floats:
    """(n,) steps since the first contact, smooth, whole at each contact."""
    before = contacts[0] - step_s * np.arange(4, 0, -1)
    after = contacts[-1] + step_s * np.arange(1, 5)
    knots = np.concatenate((before, contacts, after))
    return np.asarray(CubicSpline(knots, np.arange(knots.size) - 4.0)(t), dtype=np.float64)


def _heel_strike(offsets: Floats, t: Floats, at: float, sign: float, rng: np.random.Generator) -> None:
    hard = 1.0 + 0.2 * rng.standard_normal()
    offsets[:, Channel.Z] -= jolt(t, at, 5.0 * hard, 7.5, 0.06)
    offsets[:, Channel.X] += jolt(t, at, 4.0 * hard, 6.5, 0.07)
    offsets[:, Channel.Y] += sign * (jolt(t, at, 4.0 * hard, 6.0, 0.08) + jolt(t, at, 1.5 * hard, 3.2, 0.12))
    offsets[:, Channel.TILT] += jolt(t, at, 1400.0 * hard, 7.0, 0.06)
    offsets[:, Channel.OBLIQUITY] += sign * jolt(t, at, 700.0 * hard, 8.0, 0.05)
    offsets[:, Channel.ROTATION] += sign * (jolt(t, at, 800.0 * hard, 6.0, 0.07) + jolt(t, at, 400.0, 3.0, 0.12))


def _carry(offsets: Floats, t: Floats, going: Floats, phase: Floats, gait: Gait, sign_first: float) -> None:
    """What repeats with each step or stride, and the way itself."""
    step, stride = 2.0 * np.pi * phase, np.pi * phase
    offsets[:, Channel.Z] -= going * (0.016 * np.cos(step - 0.5) + 0.003 * np.cos(2.0 * step + 0.4))
    offsets[:, Channel.TILT] += going * (2.0 + 1.2 * np.sin(step + 0.6))
    offsets[:, Channel.ROTATION] -= sign_first * going * 5.0 * np.cos(stride)
    turning = gait.turn_deg * min_jerk((t - t[-1] + 3.2) / 2.4)
    heading = np.radians(turning)
    speed = gait.speed_m_s * going
    sideways = offsets[:, Channel.Y].copy()
    surge = offsets[:, Channel.X] + going * 0.010 * np.sin(step - 0.3)
    travelled = np.cumsum(speed[:, None] * np.stack((np.cos(heading), np.sin(heading)), axis=1), axis=0) / GRID_HZ
    offsets[:, Channel.X] = travelled[:, 0] + surge * np.cos(heading) - sideways * np.sin(heading)
    offsets[:, Channel.Y] = travelled[:, 1] + surge * np.sin(heading) + sideways * np.cos(heading)
    offsets[:, Channel.ROTATION] += turning
