"""Rolling back in side-lying: told when it passes its limit, and what it came to."""

import numpy as np
import pytest

from detect.moving import cut, motion, plateau
from hiplevel import Compensation, CompensationStarted, Pipeline, analyze
from hiplevel.detect.rolling import ROLL_BACK_DEG, RollBack
from hiplevel.motion.posture import Posture
from hiplevel.simulate import exercise


def rolled(roll_deg, size=30, posture=Posture.LEFT_SIDE, **more):
    watch, out = RollBack(), []
    for block in cut(motion(np.zeros(len(roll_deg)), roll_deg=roll_deg, posture=posture, **more), size):
        out += watch.process(block)
    return out + list(watch.finish(len(roll_deg) / 100.0))


@pytest.mark.parametrize("posture", [Posture.LEFT_SIDE, Posture.RIGHT_SIDE])
def test_beyond_the_limit_it_is_told_at_once_and_closed(posture):
    started, over = rolled(plateau((3.0, 2.0), (4.0, 11.0), (3.0, 2.0)), posture=posture)
    assert isinstance(started, CompensationStarted)
    assert isinstance(over, Compensation)
    assert 3.3 < started.known_s < 4.4
    assert over.peak_deg == pytest.approx(9.0, abs=0.05)  # from where it lay still
    assert (over.what, over.limit_deg, over.complete) == ("roll-back", ROLL_BACK_DEG, True)
    assert over.end_s - over.start_s == pytest.approx(5.0, abs=0.5)


def test_less_than_the_limit_and_rolling_forward_are_not_told():
    assert rolled(plateau((3.0, 0.0), (4.0, 4.5), (3.0, 0.0))) == []
    assert rolled(plateau((3.0, 0.0), (4.0, -12.0), (3.0, 0.0))) == []


def test_turning_onto_the_back_is_no_compensation():
    told = rolled(plateau((3.0, 0.0), (4.0, 80.0)))
    assert [type(event) for event in told] == [CompensationStarted]


def test_upright_nothing_is_watched():
    assert rolled(plateau((3.0, 0.0), (4.0, 20.0)), posture=Posture.UPRIGHT) == []


def test_nothing_spans_a_gap():
    watch = RollBack()
    roll = plateau((2.0, 0.0), (4.0, 10.0), (3.0, 0.0))
    began = watch.process(motion(np.zeros(400), roll_deg=roll[:400], posture=Posture.LEFT_SIDE))
    (cut_off,) = watch.restart(5.0)
    assert [type(event) for event in began] == [CompensationStarted]
    assert isinstance(cut_off, Compensation)
    assert not cut_off.complete


@pytest.mark.parametrize("size", [1, 33, 5000])
def test_the_cut_does_not_matter(size):
    roll = plateau((3.0, 1.0), (2.0, 9.0), (2.0, 3.0), (2.0, 12.0))
    assert rolled(roll, size) == rolled(roll, 77)


@pytest.mark.parametrize("exercise_id", ["clamshell", "side-lying-abduction"])
@pytest.mark.parametrize("stance", ["left", "right"])
def test_poor_form_is_told_in_each_repetition_and_good_form_is_not(exercise_id, stance):
    def rolls(**how):
        made = exercise(exercise_id, stance=stance, reps=4, seed=1, **how)
        told = analyze(made.samples, exercise=exercise_id, stance=stance)
        assert not any(rep for rep in told.reps) or exercise_id != "clamshell"
        return [event for event in told.events if isinstance(event, Compensation)]

    assert len(rolls(cheating=0.9, tempo_s=4.0)) == 4
    assert rolls(cheating=0.0, rom_deg=2.0) == []


def test_the_pipeline_tells_the_same_however_its_samples_are_cut():
    made = exercise("clamshell", reps=3, cheating=0.9, seed=2)
    whole = analyze(made.samples, exercise="clamshell").events
    for size in (1, 50):
        pipeline, events = Pipeline(exercise="clamshell"), []
        for at in range(0, len(made.samples), size):
            events += pipeline.process(made.samples[at : at + size]).events
        assert tuple(events) + pipeline.finish().events == whole
