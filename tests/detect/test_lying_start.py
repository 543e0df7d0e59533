"""Recordings that begin in side-lying: holds and rolling back as from a start in standing."""

import numpy as np
import pytest

from detect.moving import cut, motion
from hiplevel import Calibration, CompensationStarted, DropRule, Pipeline, Rezero, analyze
from hiplevel.detect.lying_start import LyingStart
from hiplevel.motion.posture import Posture
from hiplevel.simulate import Rest, Still, Work, exercise, session


def cut_to_lying(exercise_id, stance, **how):
    """From four seconds before the first raise to just after the last, as someone records who lies already."""
    made = exercise(exercise_id, stance=stance, reps=3, seed=4, **how)
    spans = made.truth.holds if len(made.truth.holds) else made.truth.reps[:, ::2]
    first, last = np.searchsorted(made.samples.time_s, (spans[0, 0] - 4.2, spans[-1, 1] + 1.5))
    return made.samples[int(first) : int(last)], spans


@pytest.mark.parametrize("stance", ["left", "right"])
def test_holds_are_timed(stance):
    samples, spans = cut_to_lying("side-lying-hold", stance, hold_s=8.0)
    found = analyze(samples, exercise="side-lying-hold", stance=stance).holds
    np.testing.assert_allclose([(h.start_s, h.end_s) for h in found], spans, atol=1.1)
    assert [hold.side for hold in found] == [stance] * 3
    assert all(2.5 < hold.mean_deg < 4.5 for hold in found)


@pytest.mark.parametrize("stance", ["left", "right"])
@pytest.mark.parametrize(("cheating", "told"), [(0.9, 3), (0.0, 0)])
def test_rolling_back_is_told(stance, cheating, told):
    samples, _ = cut_to_lying("clamshell", stance, cheating=cheating, rom_deg=2.0)
    events = analyze(samples, exercise="clamshell", stance=stance).events
    assert sum(isinstance(event, CompensationStarted) for event in events) == told


def test_who_stands_and_moves_about_does_not_lie():
    made = session([Still(4.0), Rest(30.0), Work("squat", reps=4), Still(3.0)], seed=2)
    assert analyze(made.samples, exercise="side-lying-hold", stance="left").holds == ()
    assert not any(isinstance(e, CompensationStarted) for e in analyze(made.samples, exercise="clamshell").events)


def test_from_the_first_large_movement_on_upright_is_upright():
    still, turning = np.zeros(300), np.linspace(0.0, 40.0, 100)
    lying, blocks = LyingStart("right"), cut(motion(np.concatenate([still, turning, still])), 70)
    seen = [lying.lying(block) for block in blocks]
    cells = sum(len(block.time_s) for block in seen if block is not None)
    assert 290 <= cells <= 305
    assert all(block.posture is Posture.RIGHT_SIDE for block in seen if block is not None)
    assert lying.lying(motion(still, start_s=10.0, posture=Posture.LEFT_SIDE)) is not None


def test_the_cut_does_not_matter():
    samples, _ = cut_to_lying("side-lying-hold", "left", hold_s=8.0)
    whole = analyze(samples, exercise="side-lying-hold", stance="left").events
    pipeline, events = Pipeline(exercise="side-lying-hold", stance="left"), []
    for at in range(0, len(samples), 7):
        events += pipeline.process(samples[at : at + 7]).events
    assert tuple(events) + pipeline.finish().events == whole


@pytest.mark.parametrize("exercise_id", ["side-lying-hold", "side-lying-abduction", "clamshell"])
@pytest.mark.parametrize("calibrated", [False, True])
def test_of_who_stands_no_drop_is_told_in_an_exercise_done_lying(exercise_id, calibrated):
    made = exercise("pelvic-drop", reps=4, seed=2, stance="left")
    known = made.calibration if calibrated else None
    assert len(analyze(made.samples, rule=DropRule(4.0), calibration=known, stance="left").drops) >= 2
    told = analyze(made.samples, exercise=exercise_id, rule=DropRule(4.0), calibration=known, stance="left")
    assert told.drops == ()


@pytest.mark.parametrize("stance", ["left", "right"])
def test_of_a_clip_that_was_calibrated_a_start_on_the_side_is_known_to_be_one(stance):
    """The standing level is then the calibration's, and the level of lying is taken at once."""
    samples, spans = cut_to_lying("side-lying-hold", stance, hold_s=8.0)
    learned = Calibration(np.eye(3), source="movements")
    told = analyze(samples, exercise="side-lying-hold", stance=stance, calibration=learned)
    assert [event.source for event in told.events if isinstance(event, Rezero)] == [f"side-lying-{stance}"]
    assert len(told.holds) == len(spans)
    assert [note.code for note in told.notes if note.level == "warning"] == []
    pipeline, events = Pipeline(exercise="side-lying-hold", stance=stance, calibration=learned), []
    for at in range(0, len(samples), 33):
        events += pipeline.process(samples[at : at + 33]).events
    assert tuple(events) + pipeline.finish().events == told.events
