"""Deep and slow, with the hips hardly bent: the height that fades comes back by itself while the turn is held."""

import numpy as np
import pytest

from hiplevel import Calibration, Samples, analyze
from hiplevel.simulate import exercise as simulated

RATE_HZ, G_M_S2, LEAN_DEG = 100.0, 9.81, 6.0


def eased(*legs: tuple[float, float]) -> np.ndarray:
    """From 0 in so many seconds to each value, with the least jerk."""
    out = [np.zeros(1)]
    for seconds, value in legs:
        u = np.arange(1, round(seconds * RATE_HZ) + 1) / round(seconds * RATE_HZ)
        out.append(out[-1][-1] + (value - out[-1][-1]) * u**3 * (10.0 - 15.0 * u + 6.0 * u**2))
    return np.concatenate(out)


def sensed(depth_m: np.ndarray, tilt_deg: np.ndarray) -> Samples:
    """A clip that sits straight on a pelvis so far down, so far tilted."""
    dt_s, tilt_rad = 1.0 / RATE_HZ, np.radians(tilt_deg)
    up = G_M_S2 - np.gradient(np.gradient(depth_m, dt_s), dt_s)
    none, noise = np.zeros(len(up)), np.random.default_rng(0)
    acc = np.stack([-np.sin(tilt_rad) * up, none, np.cos(tilt_rad) * up], axis=1)
    gyr = np.stack([none, np.gradient(tilt_rad, dt_s), none], axis=1)
    time_s = np.arange(len(up)) * dt_s
    return Samples(time_s, acc + noise.normal(0, 0.02, acc.shape), gyr + noise.normal(0, 0.001, gyr.shape))


def turns(samples: Samples, exercise: str) -> list[float]:
    calibration = Calibration.from_matrix(np.eye(3))
    stance = "both" if exercise == "squat" else "left"
    return [rep.turn_s for rep in analyze(samples, exercise=exercise, stance=stance, calibration=calibration).reps]


@pytest.mark.parametrize("exercise", ["single-leg-squat", "step-down"])
@pytest.mark.parametrize(("down_s", "hold_s"), [(2.0, 0.6), (2.6, 1.0), (2.9, 1.0)])
def test_a_turn_that_is_held_is_no_step_down(exercise: str, down_s: float, hold_s: float) -> None:
    once = [(down_s, 1.0), (hold_s, 1.0), (down_s, 0.0), (0.8, 0.0)]
    moved = eased((5.0, 0.0), *(6 * once), (4.0, 0.0))
    found = turns(sensed(0.2 * moved, LEAN_DEG * moved), exercise)
    lasts_s = 2.0 * down_s + hold_s + 0.8
    assert found == pytest.approx([5.0 + down_s + 0.5 * hold_s + n * lasts_s for n in range(6)], abs=1.0)


@pytest.mark.parametrize("exercise", ["squat", "single-leg-squat", "step-down"])
@pytest.mark.parametrize("stays_s", [2.0, 4.0, 8.0])
def test_down_from_a_step_and_up_again_is_none(exercise: str, stays_s: float) -> None:
    """Standing below, one stands upright."""
    once = [(1.0, 1.0), (stays_s, 1.0), (1.0, 0.0), (stays_s, 0.0)]
    down = eased((5.0, 0.0), *(3 * once), (4.0, 0.0))
    bent = eased((5.0, 0.0), *(6 * [(0.5, 1.0), (0.5, 0.0), (stays_s, 0.0)]), (4.0, 0.0))
    assert turns(sensed(0.2 * down, LEAN_DEG * bent), exercise) == []


@pytest.mark.parametrize(("tempo_s", "share"), [(3.0, 0.3), (4.0, 0.25), (4.0, 0.3)])
def test_an_attempt_given_up_between_slow_squats_is_none(tempo_s: float, share: float) -> None:
    """It is quick, and its height does not fade as that of the others does: what it leans tells."""
    once = [(0.45 * tempo_s, 1.0), (0.6, 1.0), (0.45 * tempo_s, 0.0), (0.8, 0.0)]
    attempt = [(0.25 * tempo_s, share), (0.25 * tempo_s, 0.0), (0.6, 0.0)]
    moved = eased((5.0, 0.0), *(4 * once), *attempt, *(3 * once), (4.0, 0.0))
    assert len(turns(sensed(0.35 * moved, 25.0 * moved), "squat")) == 7


def test_a_squat_that_shakes_a_little_more_than_those_before_it_is_one_more() -> None:
    once, deeper = [(0.55, 1.0), (0.55, 0.0), (0.6, 0.0)], [(0.55, 1.1), (0.55, 0.0), (0.6, 0.0)]
    moved = eased((5.0, 0.0), *(4 * once), *deeper, *(3 * once), (4.0, 0.0))
    assert len(turns(sensed(0.35 * moved, 20.0 * moved), "squat")) == 8


@pytest.mark.parametrize("seed", [0, 1, 3])
def test_quick_squats_that_stop_on_their_way_up_are_squats(seed: int) -> None:
    made = simulated(
        "squat",
        reps=8,
        tempo_s=2.2,
        pause_s=0.3,
        variation=0.1,
        cheating=0.6,
        seed=seed,
        mishaps=dict.fromkeys(range(3, 7), "stop-back"),
    )
    assert len(analyze(made.samples, exercise="squat").reps) == 8


@pytest.mark.parametrize(("depth_m", "down_s"), [(0.35, 0.5), (0.35, 0.7)])
@pytest.mark.parametrize("stops_s", [0.5, 0.8])
def test_a_quick_squat_that_stops_half_way_up_is_one(depth_m: float, down_s: float, stops_s: float) -> None:
    """Coming up shakes as well, and is no part of the way down."""
    once = [(down_s, 1.0), (0.2, 1.0), (0.25, 0.7), (stops_s, 0.7), (down_s, 0.0), (1.0, 0.0)]
    moved = eased((5.0, 0.0), *(5 * once), (4.0, 0.0))
    assert len(turns(sensed(depth_m * moved, 25.0 * moved), "squat")) == 5
