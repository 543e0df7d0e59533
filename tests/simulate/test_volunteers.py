"""People who differ: what was drawn shows in the samples, and the truth goes with it."""

import numpy as np
import pytest

from hiplevel.simulate import EXERCISES, MISHAPS, PLACEMENTS, ImuErrors, Sit, Still, Work, exercise, session, volunteer
from hiplevel.simulate.wearing import MOUNTINGS, worn

COUNTED = ("pelvic-drop", "squat", "single-leg-squat", "side-lying-abduction")


@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_two_people_differ(exercise_id):
    first, other = (volunteer(exercise_id, seed) for seed in (4, 5))
    assert first.made.samples.acc_m_s2.tobytes() != other.made.samples.acc_m_s2.tobytes()
    assert "good form" in first.traits
    assert "poor form" in other.traits
    assert len(first.made.truth.sets) >= 1
    assert np.all(np.isfinite(first.made.samples.acc_m_s2))


@pytest.mark.parametrize("exercise_id", [*COUNTED, "single-leg-stand", "sideways-hop"])
def test_the_same_person_is_the_same_to_the_last_bit(exercise_id):
    first, again = (volunteer(exercise_id, 4).made.samples for _ in range(2))
    assert first.acc_m_s2.tobytes() == again.acc_m_s2.tobytes()
    assert first.gyr_rad_s.tobytes() == again.gyr_rad_s.tobytes()


@pytest.mark.parametrize("placement", PLACEMENTS[1:])
def test_a_limb_swings_and_its_sensor_reads_gravity_at_rest(placement):
    made = volunteer("generic", 2, placement).made
    still = made.samples.time_s < 2.5
    assert np.linalg.norm(np.median(made.samples.acc_m_s2[still], axis=0)) == pytest.approx(9.81, abs=0.7)
    for start_s, _, end_s in made.truth.reps:
        rows = (made.samples.time_s >= start_s) & (made.samples.time_s <= end_s)
        moved = np.ptp(made.samples.acc_m_s2[rows], axis=0).max() + np.ptp(made.samples.gyr_rad_s[rows], axis=0).max()
        assert moved > 1.0


def test_ten_people_wear_the_clip_in_five_ways():
    seen = {volunteer("lateral-band-walk", seed).traits[0] for seed in range(10)}
    assert seen == set(MOUNTINGS)


def test_a_clip_at_the_side_faces_into_the_body_from_that_side():
    for seed in range(20):
        at_side = worn("at the side", np.random.default_rng(seed))
        faces_right = at_side.mounting[1, 0] < 0.0  # the sensor's x axis points into the body
        assert (at_side.lever_arm_m[1] > 0.05) == faces_right


@pytest.mark.parametrize("exercise_id", COUNTED)
@pytest.mark.parametrize("mishap", MISHAPS)
def test_a_mishap_is_no_repetition_and_takes_its_time(exercise_id, mishap):
    how = {"reps": 4, "variation": 0.0, "seed": 1, "imu": ImuErrors.none()}
    clean, mishapped = (exercise(exercise_id, mishaps=m, **how).truth for m in ({}, {2: mishap}))
    assert len(clean.reps) == len(mishapped.reps) == 4
    np.testing.assert_allclose(clean.reps[:2], mishapped.reps[:2])
    longer_s = mishapped.sets[0, 1] - clean.sets[0, 1]
    if mishap == "pause":  # after the third repetition
        assert mishapped.reps[3, 0] - mishapped.reps[2, 2] > clean.reps[3, 0] - clean.reps[2, 2] + 2.9
    else:
        assert longer_s > 0.25


def test_an_attempt_given_up_stays_well_below_a_repetition():
    made = exercise("squat", reps=4, variation=0.0, mishaps={2: "partial"}, seed=3, imu=ImuErrors.none())
    t, tilt = made.truth.time_s, made.truth.tilt_deg
    between = (t > made.truth.reps[1, 2] + 0.3) & (t < made.truth.reps[2, 0] - 0.1)
    whole = np.ptp(tilt[(t > made.truth.reps[0, 0]) & (t < made.truth.reps[0, 2])])
    assert 0.1 * whole < np.ptp(tilt[between]) < 0.4 * whole


@pytest.mark.parametrize("help_by", ["knee_bend", "trunk_swing"])
def test_helping_shows_in_the_tilt_at_the_turn(help_by):
    clean, helped = (exercise("pelvic-drop", reps=3, seed=1, **how).truth for how in ({}, {help_by: 1.0}))
    before, after = (np.interp(made.reps[:, 1], made.time_s, made.tilt_deg) for made in (clean, helped))
    assert np.all(after > before + 1.5)
    assert len(clean.reps) == len(helped.reps)


def test_sitting_down_lowers_the_pelvis_and_counts_nothing():
    made = session([Still(3.0), Sit(8.0), Still(2.0)], seed=2)
    assert [part.exercise for part in made.truth.parts] == ["still", "sitting", "still"]
    assert len(made.truth.reps) == 0
    assert np.ptp(made.truth.tilt_deg) > 25.0


def test_a_deeper_squat_reads_more_acceleration():
    shallow, deep = (exercise("squat", reps=3, depth=d, seed=1).samples.acc_m_s2 for d in (0.6, 1.4))
    assert np.std(np.linalg.norm(deep, axis=1)) > 1.3 * np.std(np.linalg.norm(shallow, axis=1))


def test_work_goes_on_as_before_where_nothing_new_is_asked():
    plain, told = Work("squat"), Work("squat", depth=None, knee_bend=0.0, mishaps={})
    first, second = (session([Still(3.0), work, Still(1.0)], seed=1) for work in (plain, told))
    assert first.samples.acc_m_s2.tobytes() == second.samples.acc_m_s2.tobytes()
