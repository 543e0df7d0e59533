"""The lateral band walk: sideways steps in a shallow squat, lead foot out, trail foot after it, and back again."""

import numpy as np

from hiplevel.simulate.kinematics import CHANNELS, GRID_HZ, Channel
from hiplevel.simulate.script import Script
from hiplevel.simulate.sets import STANDING, rest
from hiplevel.simulate.shapes import bump, jolt, min_jerk
from hiplevel.simulate.work import Work

STEP_S = 0.85
FALL_DEG = 4.0
TILT_DEG = 6.0
WIDTH_M = 0.38
CROUCH_M = 0.06


def sidestep_sets(script: Script, work: Work, steps: int) -> None:
    """All sets, half the steps to the side of `stance` and half back; each contact of either foot is a step."""
    script.settle()
    for number in range(work.sets):
        if number:
            rest(script, work.rest_s)
        script.move(1.0, {Channel.Z: -CROUCH_M, Channel.TILT: TILT_DEG + 12.0 * work.cheating})
        script.hold(1.0, 1.2)
        out = steps - steps // 2
        first_s = script.now_s
        _way(script, work, out, number * steps, towards=work.sign)
        if steps > out:
            script.hold(0.8, 1.2)
            _way(script, work, steps - out, number * steps + out, towards=-work.sign)
        script.marks.sets.append((first_s, script.marks.steps[-1][0]))
        script.hold(0.6)
        # The feet stay where the walk ended.
        script.move(1.0, {**STANDING, Channel.Y: float(script.local()[1])})
        script.settle()
        script.hold(1.0)


def _way(script: Script, work: Work, steps: int, first_index: int, towards: float) -> None:
    """Steps one way; towards +1 is left. The moving foot's side is unsupported, and falls."""
    rng, start_s = script.rng, script.now_s
    step_s = STEP_S if work.tempo_s is None else work.tempo_s
    usual = FALL_DEG if work.fall_deg is None else work.fall_deg
    durations = step_s * (1.0 + work.variation * np.clip(rng.standard_normal(steps), -2.0, 2.0))
    begins = 0.1 + np.concatenate(([0.0], np.cumsum(durations)))
    t = np.arange(1, round((begins[-1] + 0.6) * GRID_HZ) + 1) / GRID_HZ
    offsets = np.zeros((t.size, CHANNELS))
    for k in range(steps):
        begin, length = float(begins[k]), float(durations[k])
        moving = towards if k % 2 == 0 else -towards
        contact = begin + 0.75 * length
        scatter = 1.0 + 3.0 * work.variation * float(np.clip(rng.standard_normal(), -2.0, 2.0))
        fall = work.drops.get(first_index + k, usual * scatter)
        offsets[:, Channel.OBLIQUITY] -= moving * fall * bump(t, begin, begin + 0.42 * length, begin + 0.98 * length)
        offsets[:, Channel.Y] += towards * 0.5 * WIDTH_M * min_jerk((t - begin) / (0.95 * length))
        offsets[:, Channel.Z] += 0.012 * bump(t, begin, begin + 0.45 * length, contact + 0.2 * length)
        offsets[:, Channel.TILT] += 1.5 * bump(t, begin, begin + 0.5 * length, begin + length)
        offsets[:, Channel.ROTATION] += moving * 1.5 * bump(t, begin, begin + 0.5 * length, begin + length)
        hard = 1.0 + 0.2 * float(np.clip(rng.standard_normal(), -2.0, 2.0))
        offsets[:, Channel.Z] += jolt(t, contact, -1.8 * hard, 9.0, 0.05)
        offsets[:, Channel.Y] += moving * jolt(t, contact, 1.2 * hard, 8.0, 0.05)
        script.marks.steps.append((start_s + contact, "left" if moving > 0.0 else "right"))
    script.play(offsets, sway=1.5)
