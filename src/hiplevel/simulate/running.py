"""Running: stance and flight, so that the accelerometer reads nearly nothing in the air and 2 to 3 g on the ground."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from hiplevel.model.samples import Floats
from hiplevel.simulate.kinematics import CHANNELS, GRAVITY_M_S2, GRID_HZ, Channel
from hiplevel.simulate.script import Script
from hiplevel.simulate.shapes import bump, jolt, min_jerk, window

DUTY = 0.68
IMPACT_M_S2 = 9.0


@dataclass(frozen=True)
class Run:
    """A way of running: duration of a step, pace, fall of the swing side in each stance, scatter."""

    step_s: float = 0.36
    speed_m_s: float = 2.9
    list_deg: float = 4.0
    variation: float = 0.03


def run(script: Script, steps: int, how: Run, drops: Mapping[int, float] | None = None, first: str = "left") -> None:
    """Run from standing to standing; drops maps a step's index to the degrees its swing side falls to."""
    rng, drops = script.rng, drops or {}
    script.settle()
    start_s = script.now_s
    grounded = DUTY * how.step_s * (1.0 + how.variation * np.clip(rng.standard_normal(steps), -2.5, 2.5))
    # The flight after each stance; the first steps rise into it, the last stance ends standing.
    ramp = np.minimum(1.0, np.minimum(np.arange(1, steps + 1) / 3.0, np.arange(steps - 1, -1, -1) / 2.0))
    airborne = (1.0 - DUTY) * how.step_s * ramp
    contacts = 1.0 + np.concatenate(([0.0], np.cumsum(grounded + airborne)))[:steps]
    end_s = float(contacts[-1] + grounded[-1])
    t = np.arange(1, round((end_s + 1.2) * GRID_HZ) + 1) / GRID_HZ
    offsets = np.zeros((t.size, CHANNELS))
    offsets[:, Channel.Z] = _height(t, contacts, grounded, airborne)
    going = window(t, 0.1, end_s + 1.1, 1.6)
    sideways = 1.0 if first == "left" else -1.0
    for k in range(steps):
        sign = sideways if k % 2 == 0 else -sideways
        at, length = float(contacts[k]), float(grounded[k] + airborne[k])
        hard = 1.0 + 0.2 * float(np.clip(rng.standard_normal(), -2.0, 2.0))
        fall = drops.get(k, how.list_deg * (1.0 + 3.0 * how.variation * float(np.clip(rng.standard_normal(), -2, 2))))
        shape = bump(t, at - 0.1 * length, at + 0.35 * length, at + 1.02 * length)
        offsets[:, Channel.OBLIQUITY] += sign * fall * shape
        offsets[:, Channel.ROTATION] -= sign * 6.0 * bump(t, at - 0.5 * length, at, at + 0.5 * length)
        offsets[:, Channel.TILT] += 3.0 * bump(t, at - 0.1 * length, at + 0.5 * length, at + length)
        offsets[:, Channel.Y] += sign * 0.012 * bump(t, at - 0.2 * length, at + 0.45 * length, at + 1.2 * length)
        offsets[:, Channel.X] += 0.012 * bump(t, at + 0.2 * length, at + 0.7 * length, at + 1.2 * length)
        offsets[:, Channel.Z] += jolt(t, at, -IMPACT_M_S2 * hard, 11.0, 0.03)
        offsets[:, Channel.X] += jolt(t, at, 6.0 * hard, 13.0, 0.035)
        offsets[:, Channel.Y] += sign * jolt(t, at, 4.0 * hard, 13.0, 0.035)
        script.marks.steps.append((start_s + at, "left" if sign > 0.0 else "right"))
    offsets[:, Channel.X] += np.cumsum(how.speed_m_s * going) / GRID_HZ
    offsets[:, Channel.TILT] += 5.0 * going
    script.play(offsets, sway=1.5)
    script.settle()


def _height(t: Floats, contacts: Floats, grounded: Floats, airborne: Floats) -> Floats:
    """(n,) height: in stance a raised cosine of force that turns the fall into the next flight, in flight free fall."""
    acc = np.zeros_like(t)
    speed_in = 0.0
    rise_m = 0.0
    for at, stance_s, flight_s in zip(contacts, grounded, airborne, strict=True):
        speed_out = 0.5 * GRAVITY_M_S2 * float(flight_s)
        mean_force = GRAVITY_M_S2 + (speed_in + speed_out) / stance_s
        p = (t - at) / stance_s
        here = (p >= 0.0) & (p < 1.0)
        acc[here] += mean_force * (1.0 - np.cos(2.0 * np.pi * p[here])) - GRAVITY_M_S2
        acc[(p >= 1.0) & (t < at + stance_s + flight_s)] -= GRAVITY_M_S2
        rise_m = max(rise_m, 0.5 * speed_out * stance_s)
        speed_in = speed_out
    kernel = np.hanning(round(0.03 * GRID_HZ) + 2)
    velocity = np.cumsum(np.convolve(acc, kernel / kernel.sum(), mode="same")) / GRID_HZ
    # What sampling the pulses on the grid leaves over is spread along the way; then the crouch from which one runs.
    along = min_jerk((t - contacts[0]) / (contacts[-1] + grounded[-1] - contacts[0]))
    velocity -= velocity[-1] * along
    height = np.cumsum(velocity) / GRID_HZ
    height -= height[-1] * along
    return np.asarray(height - rise_m * window(t, 0.2, float(t[-1]) - 0.2, 0.7), dtype=np.float64)
