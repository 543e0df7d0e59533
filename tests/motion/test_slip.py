"""A clip that slips is noticed at the next quiet stands; people who stand otherwise are left alone."""

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from hiplevel import Note, Pipeline, Samples, analyze, simulate
from motion.analytic import clock, path, worn


def stands(*angles_deg: tuple[float, float], quiet_s: float = 3.0) -> Samples:
    """Quiet stands at these angles (obliquity, tilt), with four seconds of movement before each."""
    to_side, forward = [(4.0, 0.0)], [(4.0, 0.0)]
    for obliquity, tilt in angles_deg:
        for moves, at in ((to_side, obliquity), (forward, tilt)):
            moves += [(1.0, at + 9.0), (1.0, at - 9.0), (1.0, at + 9.0), (1.0, at), (quiet_s, at)]
    time_s = clock(sum(lasts for lasts, _ in to_side))
    return worn(time_s, obliquity=path(time_s, to_side), tilt=path(time_s, forward), noise=1.0).samples


def slips(samples: Samples, **how: object) -> list[Note]:
    return [note for note in analyze(samples, **how).notes if note.code == "clip-slipped"]


@pytest.mark.parametrize("off", [(7.0, 0.0), (-7.0, 2.0), (10.0, -3.0), (0.0, 14.0), (2.0, -15.0)])
def test_three_quiet_stands_that_agree_are_a_slip_told_once(off):
    notes = slips(stands((0.5, 0.0), off, off, off, off, off))
    assert len(notes) == 1
    assert notes[0].level == "warning"
    assert "slipped" in notes[0].text
    side = "right" if off[0] > 3.0 else "left"
    assert (side in notes[0].text) == (abs(off[0]) >= 3.0)


def test_a_second_slip_is_told_again():
    assert len(slips(stands((0, 0), (8, 0), (8, 0), (8, 0), (16, 0), (16, 0), (16, 0)))) == 2


def test_a_long_stand_far_off_is_enough():
    assert len(slips(stands((13.0, 0.0), quiet_s=6.0))) == 1


@pytest.mark.parametrize(
    "angles",
    [
        [(3, 2), (-3, -4), (4, 5), (4, 5), (4, 5)],  # standing a little otherwise each time
        [(8, 0), (0, 0), (8, 0), (0, 0), (8, 0), (0, 0)],  # one side held up again and again
        [(0, -25), (0, 0), (0, -25), (0, 1), (0, -25)],  # sitting down between sets
        [(7, 0), (-7, 0), (7, 0), (-7, 0)],  # now on one hip, now on the other
    ],
)
def test_people_who_stand_otherwise_are_left_alone(angles):
    assert not slips(stands(*angles))


@pytest.mark.parametrize("home_deg", [0.0, 6.0])
@pytest.mark.parametrize("drop_deg", [7.0, 11.0])
def test_drops_that_are_held_again_and_again_are_no_slip(drop_deg, home_deg):
    """Held for 2.5 s, and hardly any rest at level or at the hike in between."""
    moves = [(4.0, 0.0), *[(1.7, drop_deg), (2.5, drop_deg), (1.7, -home_deg), (0.5, -home_deg)] * 8, (1.0, 0.0)]
    time_s = clock(sum(lasts for lasts, _ in moves))
    samples = worn(time_s, obliquity=path(time_s, moves), noise=1.0).samples
    assert not slips(samples)
    assert not slips(samples, exercise="pelvic-drop", stance="left")


def test_a_new_neutral_starts_afresh():
    samples = stands((8, 0), (8, 0), (8, 0), (8, 0), (8, 0), (8, 0))
    pipeline, notes = Pipeline(), list[Note]()
    for at in range(0, len(samples), 10):
        if samples.time_s[at] == pytest.approx(16.0):  # within the second stand
            pipeline.rezero()
        notes += [e for e in pipeline.process(samples[at : at + 10]).events if isinstance(e, Note)]
    assert not [note for note in notes if note.code == "clip-slipped"]


@pytest.mark.parametrize("size", [3, 199])
def test_it_does_not_depend_on_the_cut(size):
    samples = stands((0, 0), (8, 0), (8, 0), (8, 0))
    whole = analyze(samples)
    pipeline = Pipeline()
    outs = [pipeline.process(samples[at : at + size]) for at in range(0, len(samples), size)]
    assert tuple(event for out in [*outs, pipeline.finish()] for event in out.events) == whole.events
    assert np.array_equal(np.concatenate([out.motion.obliquity_deg for out in outs]), whole.obliquity_deg)


@pytest.mark.parametrize("exercise", ["pelvic-drop", "single-leg-squat", "squat", "single-leg-stand"])
@pytest.mark.parametrize("slip_deg", [0.0, 10.0])
def test_in_simulated_sessions_a_slip_is_noticed_and_exercising_is_none(exercise, slip_deg):
    """Simulated: sets with rests; from the second set on the clip is turned about the forward axis."""
    reps = 1 if exercise == "single-leg-stand" else 4  # half a minute each
    worn_ = simulate.exercise(exercise, reps=reps, sets=6, seed=3)
    samples, at_s = worn_.samples, 0.4 * float(worn_.samples.time_s[-1])
    forward = np.asarray(worn_.calibration.matrix)[0]
    share = np.clip((samples.time_s - at_s) / 0.5, 0.0, 1.0)
    turn = Rotation.from_rotvec(np.radians(slip_deg) * share[:, None] * forward)
    rate = np.radians(slip_deg) / 0.5 * ((share > 0.0) & (share < 1.0))
    slipped = Samples(
        samples.time_s, turn.apply(samples.acc_m_s2), turn.apply(samples.gyr_rad_s) - rate[:, None] * forward
    )
    notes = slips(slipped, exercise=exercise, stance="left", calibration=worn_.calibration)
    assert len(notes) == (1 if slip_deg else 0)
