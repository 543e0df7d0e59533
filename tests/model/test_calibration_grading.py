"""Whether drops are judged depends on what the calibration is worth; on simulated pelvic drops."""

import dataclasses

import numpy as np
import pytest

from hiplevel import Analysis, Calibration, Drop, DropRule, DropStarted, Note, Pipeline, Samples, analyze, simulate
from hiplevel.simulate import Hinges, Simulated, Still, mounting_from_euler
from motion.analytic import clock, lasting, path, worn

SIDE = mounting_from_euler(-90.0)


def drops(mounting: np.ndarray) -> Simulated:
    """Four drops on the left leg; the right side falls 9 degrees in the second."""
    return simulate.exercise("pelvic-drop", stance="left", reps=4, drops={1: 9.0}, seed=5, mounting=mounting)


def analysed(samples: Samples, calibration: Calibration | None) -> Analysis:
    return analyze(samples, exercise="pelvic-drop", stance="left", rule=DropRule(6.0), calibration=calibration)


def refusals(analysis: Analysis) -> list[Note]:
    return [note for note in analysis.notes if note.code == "drops-not-graded"]


@pytest.mark.parametrize("place", ["left side", "right side"])
def test_at_the_side_without_calibration_no_drop_is_called_and_it_is_said_once(place: str) -> None:
    uncalibrated = Calibration.assumed(place)  # type: ignore[arg-type] # parametrised
    analysis = analysed(drops(SIDE).samples, uncalibrated)
    assert not [event for event in analysis.events if isinstance(event, (Drop, DropStarted))]
    assert {rep.peak_drop_deg for rep in analysis.reps} <= {0.0}
    (note,) = refusals(analysis)
    assert note.level == "warning"
    assert "leaning forward where it should measure the drop" in note.text
    assert "hinge forward at the hips three times" in note.text


def test_at_the_side_with_calibration_the_drop_is_called() -> None:
    movements = simulate.session([Still(4.0), Hinges()], seed=5, mounting=SIDE).samples
    analysis = analysed(drops(SIDE).samples, Calibration.from_recording_part(movements))
    assert [drop.side for drop in analysis.drops] == ["right"]
    assert abs(analysis.drops[0].peak_deg - 9.0) < 1.0
    assert refusals(analysis) == []


def test_below_the_least_quality_no_drop_is_called() -> None:
    poor = dataclasses.replace(
        Calibration.from_matrix(np.eye(3)), source="movements", quality=0.3, reasons=("Restless.",)
    )
    analysis = analysed(drops(np.eye(3)).samples, poor)
    assert analysis.drops == ()
    assert "0.30" in refusals(analysis)[0].text
    assert "Restless." in refusals(analysis)[0].text
    good = dataclasses.replace(poor, quality=0.9)
    assert [drop.side for drop in analysed(drops(np.eye(3)).samples, good).drops] == ["right"]


@pytest.mark.parametrize("calibration", [None, Calibration.assumed("back")])
def test_the_back_is_judged_as_before_without_calibration(calibration: Calibration | None) -> None:
    analysis = analysed(drops(np.eye(3)).samples, calibration)
    assert [drop.side for drop in analysis.drops] == ["right"]
    assert refusals(analysis) == []


def test_the_refusal_comes_in_order_and_does_not_depend_on_the_cut() -> None:
    samples, uncalibrated = drops(SIDE).samples, Calibration.assumed("left side")
    whole = analysed(samples, uncalibrated)
    known = [event.known_s for event in whole.events]
    assert known == sorted(known)
    pipeline = Pipeline(exercise="pelvic-drop", stance="left", rule=DropRule(6.0), calibration=uncalibrated)
    outs = [pipeline.process(samples[at : at + 37]) for at in range(0, len(samples), 37)]
    outs.append(pipeline.finish())
    assert tuple(event for out in outs for event in out.events) == whole.events


@pytest.mark.parametrize(("turned_deg", "said"), [(0.0, False), (6.0, False), (17.0, True)])
def test_a_clip_put_on_differently_after_its_calibration_is_noticed(turned_deg: float, said: bool) -> None:
    movements = simulate.session([Still(4.0), Hinges()], seed=5, mounting=SIDE).samples
    found = Calibration.from_recording_part(movements)
    anew = mounting_from_euler(0.0, turned_deg) @ SIDE
    notes = [note for note in analysed(drops(anew).samples, found).notes if note.code == "clip-moved"]
    assert len(notes) == said
    if said:
        assert "sits 17 degrees otherwise" in notes[0].text


def test_lying_down_is_not_a_clip_that_moved() -> None:
    movements = simulate.session([Still(4.0), Hinges()], seed=5, mounting=SIDE).samples
    found = Calibration.from_recording_part(movements)
    lying = simulate.exercise("side-lying-abduction", reps=3, seed=5, mounting=SIDE).samples
    assert "clip-moved" not in {note.code for note in analyze(lying, calibration=found).notes}


@pytest.mark.parametrize("hung_deg", [-8.0, 0.0, 3.0, 8.0])
def test_a_level_taken_from_a_hanging_pelvis_is_doubted_and_its_angles_are_unsure(hung_deg: float) -> None:
    """The recording begins within a repetition that is held: its still second is not the stand of the calibration."""
    hinges = [(3.0, 0.0), *[(1.5, 45.0), (1.5, 0.0)] * 3]
    time_s = clock(lasting(hinges))
    bent = worn(time_s, tilt=path(time_s, hinges), noise=1.0).samples
    found = Calibration.from_movements(still=bent[:280], hinges=bent[280:])
    moves = [(3.0, hung_deg), *[(1.5, 0.0), (1.5, 8.0)] * 3]
    time_s = clock(lasting(moves))
    begun = worn(time_s, obliquity=path(time_s, moves, begin=hung_deg), noise=1.0)
    seen = analysed(begun.samples, found)
    doubts = [note.text for note in seen.notes if note.code == "level-doubted"]
    assert len(doubts) == (abs(hung_deg) > 5.0)
    assert all(("right" if hung_deg > 0.0 else "left") in text for text in doubts)
    error_deg = seen.obliquity_deg - np.interp(seen.time_s, begun.samples.time_s, begun.obliquity_deg)
    if abs(hung_deg) != 3.0:
        assert np.mean(np.abs(error_deg) < 2.0 * seen.obliquity_sigma_deg) > 0.95
