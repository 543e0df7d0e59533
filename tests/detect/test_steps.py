"""Steps and their side from the pelvis: simulated walking, running and sideways steps, and what must give none."""

import os
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.signal import sosfilt

from detect.moving import motion
from hiplevel import Pipeline, Samples, Step, analyze
from hiplevel.detect.gait import RUNNING, SIDESTEP, WALKING, delay_s, velocity_filter
from hiplevel.detect.steps import StepFinder
from hiplevel.detect.steps_aside import Aside
from hiplevel.detect.steps_side import SideBelief
from hiplevel.simulate import ImuErrors, Simulated, Still, exercise, session

GAITS = ("walking", "running", "lateral-band-walk")
DATA = Path(os.environ.get("HIPLEVEL_DATA") or Path(__file__).parents[3] / "shared" / "data")
there = pytest.mark.skipif(
    not DATA.is_dir(), reason=f"no real recordings in {DATA.name}: set HIPLEVEL_DATA to their folder"
)


@cache
def made(gait: str, seed: int = 0, rate_hz: float = 100.0, stance: str = "left") -> Simulated:
    return exercise(gait, reps=20, seed=seed, rate_hz=rate_hz, stance=stance)


def errors(simulated: Simulated, steps: tuple[Step, ...]) -> tuple[list[float], list[bool]]:
    """Time error of the nearest step for each true contact, and whether its side is right."""
    time_s = np.array([step.time_s for step in steps])
    nearest = [int(np.argmin(np.abs(time_s - at_s))) for at_s, _ in simulated.truth.steps]
    late = [float(time_s[k] - at_s) for k, (at_s, _) in zip(nearest, simulated.truth.steps, strict=True)]
    return late, [steps[k].side == side for k, (_, side) in zip(nearest, simulated.truth.steps, strict=True)]


@pytest.mark.parametrize("gait", GAITS)
@pytest.mark.parametrize(("seed", "rate_hz", "stance"), [(0, 100.0, "left"), (3, 52.0, "right"), (5, 208.0, "left")])
def test_every_contact_is_found_in_time_and_on_its_side(gait, seed, rate_hz, stance):
    simulated = made(gait, seed, rate_hz, stance)
    steps = analyze(simulated.samples, exercise=gait).steps
    late_s, right_side = errors(simulated, steps)
    assert (
        len(simulated.truth.steps) <= len(steps) <= len(simulated.truth.steps) + 1
    )  # the body settling after the last
    assert np.median(np.abs(late_s)) < 0.04
    assert np.mean(np.abs(late_s) < 0.06) >= 0.9  # what pushes off from standing is dated less well
    assert all(right_side)


@pytest.mark.parametrize("gait", GAITS)
def test_a_step_is_said_while_its_foot_still_stands(gait):
    steps = analyze(made(gait).samples, exercise=gait).steps
    apart_s = np.median(np.diff([step.time_s for step in steps]))
    begun = [k for k in range(5, len(steps)) if steps[k].time_s - steps[k - 3].time_s < 4.0 * apart_s]
    assert len(begun) > len(steps) // 2
    waited_s = [steps[k].known_s - steps[k].time_s for k in begun]
    assert min(waited_s) > 0.0
    assert max(waited_s) < 1.1 * apart_s


def test_a_clip_worn_upright_but_leaning_gives_the_same_steps():
    plain = exercise("walking", reps=12, seed=2)
    c, s = np.cos(np.radians(35.0)), np.sin(np.radians(35.0))
    leaning = np.array([[c, 0.0, s], [0.0, 1.0, 0.0], [-s, 0.0, c]])
    turned = Samples(plain.samples.time_s, plain.samples.acc_m_s2 @ leaning.T, plain.samples.gyr_rad_s @ leaning.T)
    ours, theirs = (analyze(x, exercise="walking").steps for x in (plain.samples, turned))
    assert [step.side for step in ours] == [step.side for step in theirs]
    assert np.allclose([step.time_s for step in ours], [step.time_s for step in theirs], atol=0.021)


@pytest.mark.parametrize("gait", ["walking", "running"])
@pytest.mark.parametrize(
    "other", ["squat", "pelvic-drop", "single-leg-squat", "single-leg-deadlift", "step-down", "standing-abduction"]
)
def test_other_exercises_are_no_steps(gait, other):
    assert analyze(exercise(other, reps=4, seed=1).samples, exercise=gait).steps == ()


@pytest.mark.parametrize("level_step", [4, 7])
def test_a_sidestep_in_which_the_pelvis_stays_level_is_found(level_step):
    simulated = exercise("lateral-band-walk", reps=20, seed=3, fall_deg=7.0, tempo_s=1.1, drops={level_step: 0.5})
    late_s, right_side = errors(simulated, analyze(simulated.samples, exercise="lateral-band-walk").steps)
    assert abs(late_s[level_step]) < 0.2
    assert right_side[level_step]


def test_the_first_sidesteps_after_sitting_down_hard_are_small_and_found():
    """Before them the body rose and sank by forty times as much; then it stood for three seconds."""
    period, count = 120, 8
    wave = np.sin(np.linspace(0.0, 2.0 * np.pi, period, endpoint=False))
    upward = np.concatenate([np.zeros(200), 10.0 * wave, np.zeros(300), np.tile(0.25 * wave, count), np.zeros(300)])
    obliquity = np.zeros_like(upward)
    sway = 4.0 * np.sin(np.arange(count * period) * np.pi / period)
    obliquity[200 + period + 300 : -300] = sway
    zero = np.zeros_like(upward)
    block = motion(obliquity, acc_m_s2=np.stack([zero, zero, upward]))
    steps = StepFinder(SIDESTEP).process(block)
    began_s = 2.0 + 1.2 + 3.0
    assert [step for step in steps if step.time_s < began_s] == []
    assert len(steps) == count


@pytest.mark.parametrize("other", ["squat", "pelvic-drop", "single-leg-squat", "step-down"])
def test_other_exercises_are_no_sideways_steps(other):
    assert analyze(exercise(other, reps=4, seed=1).samples, exercise="lateral-band-walk").steps == ()


@pytest.mark.parametrize("gait", GAITS)
def test_standing_still_gives_none(gait):
    assert analyze(session([Still(30.0)], seed=4).samples, exercise=gait).steps == ()


def test_fewer_than_four_steps_are_shuffling_about():
    assert analyze(exercise("walking", reps=2, seed=1).samples, exercise="walking").steps == ()


def test_steps_are_not_looked_for_in_other_exercises():
    assert analyze(made("walking").samples, exercise="squat").steps == ()
    assert analyze(made("walking").samples).steps == ()


@cache
def broken() -> Samples:
    """Walking with jittering stamps, a short hole and a long one."""
    samples = exercise("walking", reps=30, seed=7, imu=ImuErrors(jitter_s=0.003)).samples
    t = samples.time_s
    keep = ~(((t > 8.0) & (t < 8.4)) | ((t > 13.0) & (t < 15.5)))
    return Samples(t[keep], samples.acc_m_s2[keep], samples.gyr_rad_s[keep])


def fed(samples: Samples, size: int, gait: str) -> tuple[object, ...]:
    pipeline = Pipeline(exercise=gait)
    outs = [pipeline.process(samples[at : at + size]) for at in range(0, len(samples), size)]
    return tuple(event for out in [*outs, pipeline.finish()] for event in out.events)


@pytest.mark.parametrize("size", [1, 7, 10, 199])
def test_blocks_give_the_same_steps_to_the_last_bit(size):
    assert fed(broken(), size, "walking") == analyze(broken(), exercise="walking").events


@pytest.mark.parametrize("gait", ["running", "lateral-band-walk"])
@given(size=st.integers(2, 900))
@settings(max_examples=6, deadline=None)
def test_any_block_gives_the_same_steps(gait, size):
    assert fed(made(gait).samples, size, gait) == analyze(made(gait).samples, exercise=gait).events


def test_nothing_is_stepped_across_a_gap():
    analysis = analyze(broken(), exercise="walking")
    assert len(analysis.gaps) == 2
    for gap in analysis.gaps:
        assert not [s for s in analysis.steps if gap.start_s < s.time_s < gap.end_s]
        before = [s for s in analysis.steps if s.time_s < gap.start_s]
        assert before
        assert all(s.known_s <= gap.start_s or s.time_s > gap.end_s for s in before)
    assert analysis.steps[-1].time_s > 16.0


def test_feet_take_turns_unless_the_pelvis_says_otherwise():
    sure = SideBelief(0.97)
    assert [sure.add(e) > 0.0 for e in (5.0, -5.0, 0.3, -4.0)] == [True, False, True, False]
    assert sure.add(-0.1) > 0.0  # a whisper does not change feet
    assert sure.add(6.0) > 0.0  # a missed step does


def test_the_first_contacts_learn_from_the_later_ones():
    odds = SideBelief(0.97).add_together([-0.2, -5.0, 5.0, -5.0])
    assert [odd > 0.0 for odd in odds] == [True, False, True, False]


@pytest.mark.parametrize("gait", [WALKING, RUNNING])
def test_the_filter_is_a_delayed_integral(gait):
    """A vertical velocity of 1 m/s at the usual cadence comes out as large, and as late as is said."""
    from scipy.signal import sosfilt

    t = np.arange(0.0, 30.0, 0.01)
    omega = 2.0 * np.pi / gait.usual_step_s
    sections = velocity_filter(gait.band_hz)
    out = sosfilt(sections, omega * np.cos(omega * t))
    expected = np.sin(omega * (t - delay_s(sections, gait.usual_step_s)))
    late = t > 20.0
    scale = float(out[late] @ expected[late] / (expected[late] @ expected[late]))
    assert 0.7 < scale < 1.1
    assert np.allclose(out[late], scale * expected[late], atol=0.01)


@pytest.mark.realdata
@there
def test_what_is_no_walking_gives_no_steps_in_daily_life():
    """Public recordings of sitting down, lying down, bending and getting out of a car: 2 minutes and more."""
    with np.load(DATA / "sisfall_adl.npz") as store:
        names = sorted({key.rsplit("/", 1)[0] for key in store.files})
        quiet = [name for name in names if name[:3] in {f"D{k:02d}" for k in (*range(7, 17), 19)}]
        assert len(quiet) >= 10
        steps = 0
        for name in quiet:
            acc, gyr = (store[f"{name}/{key}"].astype(np.float64) for key in ("acc_m_s2", "gyr_rad_s"))
            steps += len(analyze(Samples(store[f"{name}/t_s"], acc, gyr), exercise="walking").steps)
    assert steps <= 6


@pytest.mark.realdata
@there
def test_half_of_a_real_walk_is_found_step_by_step():
    """Before the turn, where the reference and the sensor still keep the same time: see benchmarks/steps.py."""
    found = true = right = 0
    with np.load(DATA / "ipol_walk.npz") as store:
        for name in ("subject1-1-1", "subject3-3-1", "subject5-5-3", "subject7-7-4", "subject8-8-4"):
            keys = ("t_s", "acc_m_s2", "gyr_rad_s", "left_steps", "right_steps", "uturn")
            t, acc, gyr, left, right_foot, turn = (store[f"{name}/{key}"] for key in keys)
            steps = analyze(Samples(t, acc.astype(np.float64), gyr.astype(np.float64)), exercise="walking").steps
            contacts = [(t[k], "left") for k in left[:, 1]] + [(t[k], "right") for k in right_foot[:, 1]]
            for at_s, side in contacts:
                if at_s < t[turn[0]]:
                    near = [s for s in steps if abs(s.time_s - at_s) < 0.15]
                    true, found = true + 1, found + bool(near)
                    right += bool(near) and near[0].side == side
    assert found >= 0.97 * true
    assert right >= 0.97 * true


@pytest.mark.parametrize("gait", ["walking", "running", "lateral-band-walk"])
def test_a_step_comes_with_the_cell_that_made_it_known(gait):
    """Contacts are decided in their order: one that is due before an earlier one is known with that, not before."""
    simulated = exercise(gait, reps=60, seed=5)
    pipeline, found = Pipeline(exercise=gait, calibration=simulated.calibration), 0
    for at in range(0, len(simulated.samples), 7):
        block = simulated.samples[at : at + 7]
        for event in pipeline.process(block).events:
            if isinstance(event, Step):
                found += 1
                assert block.time_s[0] - 0.02 <= event.known_s <= block.time_s[-1] + 1e-6
    assert found > 50


@pytest.mark.parametrize("aside_m", [0.13, -0.13])
@pytest.mark.parametrize(("fall_deg", "tempo_s"), [(3.0, 1.2), (8.0, 0.9), (8.0, 1.3)])
def test_a_clip_at_the_side_which_rolling_lifts_finds_sideways_steps_of_both_feet(aside_m, fall_deg, tempo_s):
    worn = {"lever_arm_m": (-0.02, aside_m, 0.02), "fall_deg": fall_deg, "tempo_s": tempo_s}
    simulated = exercise("lateral-band-walk", reps=20, seed=2, **worn)
    steps = analyze(simulated.samples, exercise="lateral-band-walk").steps
    late_s, right_side = errors(simulated, steps)
    assert 19 <= len(steps) <= 21
    assert np.mean(np.abs(late_s) < 0.2) >= 0.9
    assert np.mean(right_side) >= 0.95


def test_what_rises_by_turns_but_not_with_the_roll_is_the_pelvis_itself():
    time_s = np.arange(3000) / 100.0
    roll_rad_s = 0.2 * np.sin(np.pi * time_s)
    apart_m_s = 0.05 * np.cos(np.pi * time_s)  # low when the feet are apart, high when they are together
    band = velocity_filter((0.3, 2.5))
    pelvis, clip = (
        sosfilt(band, np.diff(velocity_m_s, prepend=velocity_m_s[0]) * 100.0)
        for velocity_m_s in (apart_m_s, apart_m_s + 0.12 * roll_rad_s)
    )
    found = Aside(band).process(clip, roll_rad_s)
    assert np.max(np.abs(clip - pelvis)[2000:]) > 0.018
    assert np.max(np.abs(found - pelvis)[2000:]) < 0.006
