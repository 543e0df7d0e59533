"""Drops measured from where the repetition began: a pelvis that stands crooked and sinks by 6 degrees falls by 6."""

from dataclasses import replace

import numpy as np
import pytest

from hiplevel import Drop, DropRule, Pipeline, Samples, analyze
from hiplevel.exercises import load_exercise
from motion.analytic import clock, path, worn

RULE = DropRule(5.0, hysteresis_deg=0.5)


FROM_REP_START = replace(load_exercise("pelvic-drop"), drop_reference="rep-start")


def reps(level_deg: float, pause_s: float, fall_deg: float = 6.5, count: int = 6) -> Samples:
    """Level for 4 s; then to level_deg, on the left leg, and repetitions that let the right side sink from there."""
    moves = [(4.0, 0.0), (1.5, level_deg), (2.0, level_deg)]
    for _ in range(count):
        moves += [(1.2, level_deg + fall_deg), (0.3, level_deg + fall_deg), (1.2, level_deg), (pause_s, level_deg)]
    time_s = clock(sum(lasts for lasts, _ in moves) + 8.0)
    return worn(time_s, obliquity=path(time_s, [*moves, (2.0, level_deg)]), noise=1.0).samples


@pytest.mark.parametrize("pause_s", [1.2, 0.1])
@pytest.mark.parametrize("level_deg", [-4.0, 0.0, 3.0])
def test_the_fall_is_measured_from_the_level_between_repetitions(level_deg, pause_s):
    seen = analyze(reps(level_deg, pause_s), exercise=FROM_REP_START, stance="left", rule=RULE)
    assert len(seen.reps) == 6
    assert [drop.side for drop in seen.drops] == ["right"] * 6
    assert [drop.peak_deg for drop in seen.drops] == pytest.approx([6.5] * 6, abs=0.6)


@pytest.mark.parametrize("level_deg", [-4.0, 3.0])
def test_a_repetition_says_the_drop_that_was_alarmed_for(level_deg):
    seen = analyze(reps(level_deg, 1.2), exercise=FROM_REP_START, stance="left", rule=RULE)
    assert len(seen.reps) == len(seen.drops) == 6
    assert [rep.peak_drop_deg for rep in seen.reps] == pytest.approx([drop.peak_deg for drop in seen.drops], abs=0.01)
    assert [rep.peak_deg for rep in seen.reps] == pytest.approx([6.5 + level_deg] * 6, abs=0.6)  # from neutral


def test_the_last_repetition_is_graded_alike_when_the_recording_ends_with_it():
    samples = reps(3.0, 0.1)
    last = analyze(samples, exercise=FROM_REP_START, stance="left", rule=RULE).reps[-1]
    cut = samples[: int(np.searchsorted(samples.time_s, last.end_s - 0.05))]
    seen = analyze(cut, exercise=FROM_REP_START, stance="left", rule=RULE)
    assert (len(seen.reps), seen.reps[-1].known_s) == (6, pytest.approx(float(cut.time_s[-1]), abs=0.02))
    assert seen.reps[-1].peak_drop_deg == pytest.approx(6.5, abs=0.6)


def test_measured_from_neutral_the_same_repetitions_are_other_drops():
    falls = [analyze(reps(level, 1.2), exercise="pelvic-drop", stance="left", rule=RULE).drops for level in (-4.0, 3.0)]
    assert not falls[0]
    assert max(drop.peak_deg for drop in falls[1]) == pytest.approx(9.5, abs=0.6)


@pytest.mark.parametrize("size", [3, 199])
def test_the_cut_does_not_matter_and_the_alarm_is_prompt(size):
    samples = reps(3.0, 0.1)
    whole = analyze(samples, exercise=FROM_REP_START, stance="left", rule=RULE)
    pipeline = Pipeline(exercise=FROM_REP_START, stance="left", rule=RULE)
    outs = [pipeline.process(samples[at : at + size]) for at in range(0, len(samples), size)]
    assert tuple(event for out in [*outs, pipeline.finish()] for event in out.events) == whole.events
    started = [event for event in whole.events if type(event).__name__ == "DropStarted"]
    drops = [event for event in whole.events if isinstance(event, Drop)]
    assert np.allclose([e.known_s for e in started], [d.start_s + RULE.min_duration_s for d in drops], atol=0.011)
