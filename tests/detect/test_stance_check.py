"""Whoever stands on the other leg than declared is asked about it; whoever stands as declared is not."""

import pytest

from hiplevel import Note, Pipeline, analyze, simulate
from hiplevel.simulate import ImuErrors


def doubts(seed: int, stood: str, declared: str, **how: object) -> list[Note]:
    worn = simulate.exercise("pelvic-drop", stance=stood, reps=8, seed=seed, **how)
    seen = analyze(worn.samples, exercise="pelvic-drop", stance=declared, calibration=worn.calibration)
    return [note for note in seen.notes if note.code == "stance-doubted"]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("stood", "declared"), [("left", "right"), ("right", "left")])
def test_the_other_leg_is_noticed_and_asked_about_once_a_set(seed, stood, declared):
    notes = doubts(seed, stood, declared)
    assert len(notes) == 1
    assert notes[0].level == "warning"
    assert f"stand on the {declared} leg" in notes[0].text


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("side", ["left", "right"])
def test_as_declared_nothing_is_asked(seed, side):
    assert not doubts(seed, side, side)
    assert not doubts(seed, side, side, imu=ImuErrors(acc_bias_mg=20.0, gyr_bias_deg_s=1.0))
    assert not doubts(seed, side, "both")


@pytest.mark.parametrize("size", [7, 199])
def test_it_does_not_depend_on_the_cut(size):
    samples = simulate.exercise("pelvic-drop", stance="right", reps=6, seed=1).samples
    whole = analyze(samples, exercise="pelvic-drop", stance="left")
    assert "stance-doubted" in [note.code for note in whole.notes]
    pipeline = Pipeline(exercise="pelvic-drop", stance="left")
    outs = [pipeline.process(samples[at : at + size]) for at in range(0, len(samples), size)]
    assert tuple(event for out in [*outs, pipeline.finish()] for event in out.events) == whole.events
