"""Every exercise as a wearer would do it, and the truth that goes with it."""

import numpy as np
import pytest
from scipy.integrate import cumulative_trapezoid

from hiplevel.model.errors import Reason, UsageError
from hiplevel.simulate import EXERCISES, Hinges, ImuErrors, Rest, Still, Stroll, Work, exercise, session

PERFECT = ImuErrors.none()
REPS = ["pelvic-drop", "standing-abduction", "side-lying-abduction", "clamshell", "single-leg-deadlift"]
REPS += ["sideways-hop", "single-leg-squat", "step-down", "squat", "generic"]
STEPS = ["lateral-band-walk", "walking", "running", "sideways-hop"]
HOLDS = ["side-lying-hold", "single-leg-stand"]
CATALOGUE = {*REPS, *STEPS, *HOLDS}


def gravity(simulated):
    return np.linalg.norm(simulated.samples.acc_m_s2, axis=1) / 9.80665


def test_every_exercise_of_the_catalogue_can_be_simulated():
    assert set(EXERCISES) == CATALOGUE


@pytest.mark.parametrize("exercise_id", sorted(CATALOGUE))
def test_counts_are_as_requested_and_samples_are_whole(exercise_id):
    made = exercise(exercise_id, reps=4, sets=2, rest_s=8.0, hold_s=3.0 if exercise_id in HOLDS else None, seed=2)
    samples, truth = made.samples, made.truth
    assert len(truth.reps) == (8 if exercise_id in REPS else 0)
    assert len(truth.steps) == (8 if exercise_id in STEPS else 0)
    assert len(truth.holds) == (8 if exercise_id in HOLDS else 0)
    assert len(truth.sets) == 2
    assert len(samples) == len(truth.time_s) == len(truth.obliquity_deg) == len(truth.tilt_deg)
    assert np.all(np.isfinite(samples.acc_m_s2))
    assert np.all(np.isfinite(samples.gyr_rad_s))
    assert np.all(np.abs(np.diff(samples.time_s) - 0.01) < 1e-9)
    assert samples.time_s[-1] == pytest.approx(truth.parts[-1].end_s, abs=0.011)
    for start, turn, end in truth.reps:
        assert start < turn < end
    assert np.all(np.diff(truth.reps[:, 0]) > 0.0)


@pytest.mark.parametrize("exercise_id", sorted(CATALOGUE))
def test_it_begins_and_ends_standing_still(exercise_id):
    made = exercise(exercise_id, reps=2, seed=3)
    t = made.samples.time_s
    for still in (t < 3.5, t > t[-1] - 1.5):
        assert np.max(np.std(made.samples.acc_m_s2[still], axis=0)) < 0.1
        assert np.degrees(np.max(np.std(made.samples.gyr_rad_s[still], axis=0))) < 2.0
        assert np.max(np.abs(made.truth.obliquity_deg[still])) < 1.0
        np.testing.assert_allclose(np.mean(made.samples.acc_m_s2[still], axis=0), [0, 0, 9.81], atol=0.2)


@pytest.mark.parametrize("exercise_id", sorted(CATALOGUE - {"single-leg-deadlift", "generic"}))
def test_the_gyroscope_tells_the_same_story_as_the_truth(exercise_id):
    """Near the upright the rate about the forward axis integrates to the obliquity of the truth."""
    made = exercise(exercise_id, reps=2, imu=PERFECT, rate_hz=400.0, seed=4)
    upright = made.truth.time_s < (10.0 if "side-lying" not in exercise_id and exercise_id != "clamshell" else 4.0)
    integrated = cumulative_trapezoid(np.degrees(made.samples.gyr_rad_s[upright, 0]), dx=1 / 400, initial=0.0)
    told = made.truth.obliquity_deg[upright] - made.truth.obliquity_deg[0]
    assert np.max(np.abs(integrated - told)) < 1.5


def test_the_same_seed_gives_the_same_bits_and_another_seed_does_not():
    first, again, other = (exercise("pelvic-drop", reps=3, seed=s) for s in (7, 7, 8))
    assert first.samples.acc_m_s2.tobytes() == again.samples.acc_m_s2.tobytes()
    assert first.samples.gyr_rad_s.tobytes() == again.samples.gyr_rad_s.tobytes()
    assert first.truth.reps.tobytes() == again.truth.reps.tobytes()
    assert first.samples.acc_m_s2.tobytes() != other.samples.acc_m_s2.tobytes()


@pytest.mark.parametrize(("stance", "fallen", "sign"), [("left", "right", 1.0), ("right", "left", -1.0)])
@pytest.mark.parametrize("exercise_id", ["pelvic-drop", "standing-abduction", "single-leg-squat", "step-down"])
def test_the_repetitions_told_to_drop_are_the_ones_that_do(exercise_id, stance, fallen, sign):
    made = exercise(exercise_id, stance=stance, reps=6, drops={1: 9.0, 4: 9.0}, fall_deg=3.5, seed=1)
    drops = made.truth.drops(6.0)
    assert [d.side for d in drops] == [fallen, fallen]
    for drop, rep in zip(drops, made.truth.reps[[1, 4]], strict=True):
        assert rep[0] < drop.start_s < rep[1] < drop.end_s < rep[2] + 0.5
        assert drop.peak_deg == pytest.approx(9.0, abs=1.2)
    at_turn = np.interp(made.truth.reps[1, 1], made.truth.time_s, made.truth.obliquity_deg)
    assert at_turn == pytest.approx(sign * 9.0, abs=1.2)


def test_a_step_told_to_drop_falls_on_the_swing_side():
    made = exercise("walking", reps=12, drops={5: 9.0, 8: 9.0}, seed=1)
    drops = made.truth.drops(7.5)
    assert len(drops) == 2
    for drop, (at, side) in zip(drops, [made.truth.steps[5], made.truth.steps[8]], strict=True):
        assert drop.side != side
        assert at - 0.1 < drop.start_s < at + 0.4


def test_a_hold_told_to_give_way_does_so_in_its_last_part():
    made = exercise("single-leg-stand", hold_s=20.0, drops={0: 7.0}, seed=1)
    (drop,) = made.truth.drops(5.0)
    start, end = made.truth.holds[0]
    assert start + 12.0 < drop.start_s < start + 15.0
    assert drop.end_s > end - 0.1


def test_drops_keep_their_hysteresis_and_minimum_duration():
    made = exercise("pelvic-drop", reps=2, drops={0: 9.0}, seed=1)
    (tight,) = made.truth.drops(6.0, hysteresis_deg=0.0)
    (loose,) = made.truth.drops(6.0, hysteresis_deg=3.0)
    assert loose.start_s == tight.start_s
    assert loose.end_s > tight.end_s
    assert made.truth.drops(6.0, min_duration_s=5.0) == []
    # The hike lowers the stance side: asked for by name, it is told.
    assert len(made.truth.drops(4.0, "left")) >= 2
    with pytest.raises(UsageError):
        made.truth.drops(0.0)


def test_range_and_tempo_are_as_asked():
    made = exercise("squat", reps=5, rom_deg=30.0, tempo_s=4.0, pause_s=0.0, variation=0.0, imu=PERFECT)
    np.testing.assert_allclose(made.truth.reps[:, 2] - made.truth.reps[:, 0], 4.0, atol=0.01)
    at_turn = np.interp(made.truth.reps[:, 1], made.truth.time_s, made.truth.tilt_deg)
    np.testing.assert_allclose(at_turn, 30.0, atol=1.0)


def test_variation_fatigue_and_cheating_show():
    def tempo(**kw):
        return np.diff(exercise("squat", reps=8, seed=1, **kw).truth.reps[:, ::2]).ravel()

    assert np.std(tempo(variation=0.0)) < 0.01
    assert np.std(tempo(variation=0.15)) > 0.1
    tired = tempo(variation=0.0, fatigue=0.4)
    assert tired[-1] == pytest.approx(1.4 * tired[0], abs=0.05)
    clean, cheated = (exercise("pelvic-drop", reps=3, cheating=c, seed=1).truth for c in (0.0, 1.0))
    assert np.ptp(cheated.tilt_deg[1000:2000]) > np.ptp(clean.tilt_deg[1000:2000]) + 4.0


def test_a_hop_flies_and_lands_hard():
    made = exercise("sideways-hop", reps=3, seed=1)
    g, t = gravity(made), made.samples.time_s
    assert len(made.truth.reps) == 3
    for _, landing, _ in made.truth.reps:
        air = (t > landing - 0.25) & (t < landing - 0.03)
        assert np.count_nonzero(g[air] < 0.4) >= 8
        assert np.max(g[(t >= landing - 0.02) & (t < landing + 0.2)]) > 2.0
        window = (t > landing + 0.1) & (t < landing + 0.4)
        assert np.max(made.truth.obliquity_deg[window]) > 3.0


def test_running_has_flight_and_walking_has_none():
    running, walking = (gravity(exercise(i, reps=20, seed=1)) for i in ("running", "walking"))
    assert np.min(running) < 0.3
    assert np.max(running) > 2.2
    assert np.min(walking) > 0.4
    assert np.max(walking) < 2.0


def test_walking_steps_alternate_at_the_cadence_asked_for():
    steps = exercise("walking", reps=20, tempo_s=0.6, stance="right", seed=1).truth.steps
    assert [side for _, side in steps[:4]] == ["right", "left", "right", "left"]
    assert np.mean(np.diff([at for at, _ in steps])) == pytest.approx(0.6, abs=0.03)


@pytest.mark.parametrize(("stance", "sign"), [("left", -1.0), ("right", 1.0)])
def test_lying_on_a_side_turns_the_pelvis_by_a_right_angle(stance, sign):
    made = exercise("side-lying-abduction", stance=stance, reps=3, seed=1)
    during = (made.truth.time_s > made.truth.reps[0, 0]) & (made.truth.time_s < made.truth.reps[-1, 2])
    assert np.median(made.truth.frontal_deg[during]) * sign == pytest.approx(92.0, abs=5.0)
    assert made.truth.drops(5.0) == []


def test_a_session_is_one_continuous_recording():
    made = session(
        [Still(3.0), Stroll(6, 90.0), Work("squat", reps=2), Rest(10.0), Work("pelvic-drop", reps=2)], seed=1
    )
    names = [p.exercise for p in made.truth.parts]
    assert names == ["still", "walking", "squat", "rest", "pelvic-drop"]
    for before, after in zip(made.truth.parts, made.truth.parts[1:], strict=False):
        assert before.end_s == after.start_s
    assert len(made.truth.reps) == 4
    assert made.truth.rotation_deg[-1] == pytest.approx(90.0, abs=2.0)
    # No seam: nothing jumps by more than walking itself does.
    assert np.max(np.abs(np.diff(made.truth.obliquity_deg))) < 1.0
    assert np.max(gravity(made)) < 2.0


def test_resting_counts_nothing_and_hinges_are_not_repetitions():
    made = session([Still(2.0), Hinges(3), Rest(20.0)], seed=1)
    assert len(made.truth.reps) == len(made.truth.sets) == len(made.truth.steps) == 0


def test_lost_samples_leave_a_gap():
    made = exercise("squat", reps=2, seed=1).without(5.0, 6.0)
    assert np.max(np.diff(made.samples.time_s)) == pytest.approx(1.01)
    assert len(made.truth.time_s) == len(made.samples) + 100


def test_an_unknown_exercise_names_the_nearest():
    with pytest.raises(UsageError, match="pelvic-drop") as refused:
        exercise("pelvic-drip")
    assert refused.value.reason is Reason.UNKNOWN_EXERCISE


@pytest.mark.parametrize(
    "wrong", [{"stance": "both"}, {"reps": 0}, {"sets": 0}, {"variation": 2.0}, {"rest_s": -1.0}, {"tempo_s": 0.0}]
)
def test_what_cannot_be_done_is_refused(wrong):
    with pytest.raises(UsageError):
        exercise("squat", **wrong)


def test_when_a_recording_starts_does_not_change_what_is_done():
    early, late = (session([Still(2.0)], imu=PERFECT, seed=1, start_s=s) for s in (0.0, 100.0))
    np.testing.assert_array_equal(early.samples.acc_m_s2, late.samples.acc_m_s2)
