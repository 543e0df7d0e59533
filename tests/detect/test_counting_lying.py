"""Repetitions in side-lying: the hip that is drawn up is the repetition, from whatever the recording begins in."""

import numpy as np
import pytest

from hiplevel import Pipeline, analyze
from hiplevel.model.rules import Side
from hiplevel.model.samples import Samples
from hiplevel.simulate import Simulated, exercise, volunteer

REPS = 6


def lying_from_the_start(made: Simulated) -> Samples:
    """From five seconds before the first repetition until the set is over."""
    begin, end = np.searchsorted(made.samples.time_s, [made.truth.reps[0, 0] - 5.0, made.truth.sets[0][1] + 3.0])
    return made.samples[int(begin) : int(end)]


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_recording_that_begins_lying_down_is_counted(side: Side) -> None:
    made = exercise("side-lying-abduction", stance=side, reps=REPS, seed=4)
    reps = analyze(lying_from_the_start(made), exercise="side-lying-abduction", stance=side).reps
    assert len(reps) == REPS


def test_a_recording_that_begins_lying_down_is_counted_in_poor_form_too() -> None:
    """The pelvis rolls back with each repetition."""
    who = volunteer("side-lying-abduction", 205)
    reps = analyze(lying_from_the_start(who.made), exercise="side-lying-abduction", stance=who.stance).reps
    truth = who.made.truth
    assert len(reps) == int((truth.reps[:, 1] <= truth.sets[0][1]).sum())


@pytest.mark.parametrize("size", [3, 1000])
def test_however_it_is_cut_a_recording_that_begins_lying_down_gives_the_same(size: int) -> None:
    """Getting up after the set included: that is where lying ends, in the middle of a block."""
    made = exercise("side-lying-abduction", stance="left", reps=3, seed=4)
    begin = int(np.searchsorted(made.samples.time_s, made.truth.reps[0, 0] - 5.0))
    samples = made.samples[begin:]
    whole = analyze(samples, exercise="side-lying-abduction", stance="left").events
    pipeline = Pipeline(exercise="side-lying-abduction", stance="left")
    cut = [pipeline.process(samples[at : at + size]) for at in range(0, len(samples), size)]
    cut.append(pipeline.finish())
    assert tuple(event for out in cut for event in out.events) == whole


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_turn_is_where_the_hip_is_drawn_up(side: Side) -> None:
    made = exercise("side-lying-abduction", stance=side, reps=REPS, seed=4)
    reps = analyze(made.samples, exercise="side-lying-abduction", stance=side).reps
    assert [rep.turn_s for rep in reps] == pytest.approx(made.truth.reps[:, 1].tolist(), abs=0.5)
