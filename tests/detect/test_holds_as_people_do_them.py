"""Holds lying on the side and of whole sessions: what is one, what is none, and what people say of it."""

import numpy as np
import pytest

from detect.holding import STAND, holds, lie, swaying
from detect.moving import cut, motion, plateau
from hiplevel import (
    HoldBroken,
    HoldStarted,
    HoldUpdated,
    Mark,
    Note,
    Pipeline,
    Prescription,
    analyze,
    list_exercises,
    load_exercise,
)
from hiplevel.detect.hold_params import hold_params, target_s
from hiplevel.detect.holds import Holds
from hiplevel.motion.posture import Posture
from hiplevel.session.plan import Plan
from hiplevel.simulate import Rest, Still, Stroll, Work, exercise, session


@pytest.mark.parametrize("exercise_id", ["side-lying-hold", "single-leg-stand"])
@pytest.mark.parametrize(("lost_s", "whole"), [(0.2, True), (0.3, True), (1.0, False)])
def test_a_hold_goes_on_over_lost_packets_but_not_over_a_longer_gap(exercise_id, lost_s, whole):
    made = exercise(exercise_id, stance="left", reps=1, hold_s=10.0, seed=4)
    end_s, middle_s = made.truth.holds[0][1], made.truth.holds[0].mean()
    cut_up = made.without(middle_s, middle_s + lost_s).samples
    first = analyze(cut_up, exercise=exercise_id, stance="left").holds[0]
    assert first.complete is whole
    assert first.end_s == pytest.approx(end_s if whole else middle_s, abs=1.0)


@pytest.mark.parametrize("posture", [Posture.LEFT_SIDE, Posture.RIGHT_SIDE])
@pytest.mark.parametrize("hike_deg", [1.2, 3.0, 8.0])
def test_lying_each_raise_is_a_hold(posture, hike_deg):
    level = plateau((14.0, 0.0), (10.0, hike_deg), (5.0, 0.0), (10.0, hike_deg), (5.0, 0.0))
    found = holds(lie(level, posture))
    assert [h.start_s for h in found] == pytest.approx([15.0, 32.0], abs=0.4)
    assert [h.end_s for h in found] == pytest.approx([25.0, 42.0], abs=0.4)
    assert [h.side for h in found] == ["left" if posture is Posture.LEFT_SIDE else "right"] * 2
    assert [h.mean_deg for h in found] == pytest.approx([hike_deg] * 2, rel=0.15)
    assert [h.failed for h in found] == ["", ""]


def test_lying_a_hip_that_tires_and_sinks_slowly_still_holds():
    """To a quarter of the raise and less; the leg comes down at once, to a level that is another than at first."""
    raised = np.linspace(4.0, 0.8, 2400)
    level = np.concatenate([np.zeros(1400), np.linspace(0.0, 4.0, 100), raised, np.linspace(0.8, -0.9, 100)])
    (hold,) = holds(lie(np.concatenate([level, np.full(1500, -0.9)])))
    assert hold.start_s == pytest.approx(15.0, abs=0.4)
    assert hold.end_s == pytest.approx(39.0, abs=0.5)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("fatigue", [0.0, 0.5])
def test_lying_long_holds_are_told_as_long_as_they_were_however_tired(fatigue, seed):
    made = exercise("side-lying-hold", reps=4, hold_s=28.0, fatigue=fatigue, cheating=0.1, seed=seed)
    found = analyze(made.samples, exercise="side-lying-hold", stance="left").holds
    assert len(found) == 4
    for hold, (start_s, end_s) in zip(found, made.truth.holds, strict=True):
        assert hold.end_s - hold.start_s == pytest.approx(end_s - start_s, abs=1.5)


def test_rolling_back_while_holding_is_told():
    level = plateau((14.0, 0.0), (10.0, 3.0), (5.0, 0.0))
    (hold,) = holds(lie(level, roll_deg=level * 2.5))
    assert hold.roll_back_deg == pytest.approx(7.5, abs=0.3)


def test_a_pelvis_that_keeps_its_level_shows_the_leg_by_two_stirs():
    """The reaction to a leg that goes up, and down again 12 s later: a wobble without a change of level."""
    wobble = 1.2 * np.sin(np.arange(60) / 60.0 * 2.0 * np.pi) * np.hanning(60)
    level = np.zeros(4500)
    level[1500:1560] += wobble
    level[2760:2820] += wobble
    (hold,) = holds(lie(level))
    assert hold.start_s == pytest.approx(15.5, abs=0.3)
    assert hold.end_s == pytest.approx(27.7, abs=0.3)
    assert hold.confidence <= 0.3


def test_lying_quietly_and_turning_over_hold_nothing():
    rng = np.random.default_rng(1)
    assert lie(0.05 * rng.standard_normal(6000).cumsum() / 10.0) == []
    assert holds(lie(plateau((14.0, 0.0), (10.0, 40.0), (10.0, 0.0)))) == []
    assert holds(lie(plateau((14.0, 0.0), (10.0, -4.0)))) == []


def test_the_pipeline_times_holds_however_its_samples_are_cut():
    made = exercise("side-lying-hold", reps=2, hold_s=6.0, seed=4)
    whole = analyze(made.samples, exercise="side-lying-hold", stance="left")
    assert len(whole.holds) == 2
    for hold, (start_s, end_s) in zip(whole.holds, made.truth.holds, strict=True):
        assert hold.start_s == pytest.approx(start_s, abs=0.5)
        assert hold.end_s == pytest.approx(end_s, abs=0.5)
    for size in (3, 997):
        pipeline, events = Pipeline(exercise="side-lying-hold", stance="left"), []
        for at in range(0, len(made.samples), size):
            events += pipeline.process(made.samples[at : at + size]).events
        assert tuple(events) + pipeline.finish().events == whole.events


def test_which_exercises_of_the_catalogue_are_holds():
    held = {e.id: target_s(e) for e in list_exercises() if hold_params(e) is not None}
    assert held == {"side-lying-hold": 0.0, "single-leg-stand": 30.0}


def test_a_target_can_be_asked_for():
    made = exercise("side-lying-hold", reps=1, hold_s=6.0, seed=4)
    assert analyze(made.samples, exercise="side-lying-hold", hold_s=10.0).holds[0].failed == "early"
    assert analyze(made.samples, exercise="side-lying-hold", hold_s=5.0).holds[0].failed == ""


def test_thirty_seconds_on_one_leg():
    made = exercise("single-leg-stand", fall_deg=-6.0, seed=2, drops={0: 7.0})
    a = analyze(made.samples, exercise="single-leg-stand", stance="left")
    (hold,) = a.holds
    assert hold.held_s == pytest.approx(0.6 * 30.0, abs=1.5)
    assert hold.failed
    assert hold.rise_deg == pytest.approx(6.0, abs=1.2)


def test_walking_about_and_resting_hold_next_to_nothing():
    pieces = [Still(4.0), Stroll(20, 180.0), Rest(20.0), Stroll(20), Rest(20.0), Work("squat", reps=5)]
    told = [
        hold
        for s in range(4)
        for hold in analyze(session(pieces, seed=s).samples, exercise="single-leg-stand", stance="left").holds
    ]
    assert not any(hold.meant for hold in told)
    assert len(told) <= 6


@pytest.mark.parametrize("lists_deg", [-4.0, 4.0])
def test_resting_on_one_leg_is_told_apart_and_not_counted(lists_deg):
    level = plateau((4.0, 0.0), (20.0, lists_deg), (6.0, 0.0), (15.0, 6.0), (4.0, 0.0))
    block = motion(level)
    on_one_leg = (block.time_s > 31.5) & (block.time_s < 48.0)
    finder, out = Holds(STAND, "right"), []
    for piece in cut(swaying(block, on_one_leg), 40):
        out += finder.process(piece)
    out += finder.finish(float(block.time_s[-1]))
    at_ease, meant = holds(out)
    told = [event for event in out if isinstance(event, HoldUpdated)]
    assert {event.meant for event in told if event.time_s < at_ease.end_s} == {False}
    assert {event.meant for event in told if event.time_s > meant.start_s + 1.5} == {True}  # said while it lasts
    assert (at_ease.meant, at_ease.failed in ("", "not-raised")) == (False, True)
    assert at_ease.confidence < 0.5 <= meant.confidence
    assert (meant.meant, meant.number) == (True, 1)


def test_a_stand_without_raising_a_side_is_timed_by_its_sway():
    block = motion(np.zeros(3500))
    on_one_leg = (block.time_s > 8.0) & (block.time_s < 28.0)
    finder, out = Holds(STAND, "left", 30.0), []
    for piece in cut(swaying(block, on_one_leg), 40):
        out += finder.process(piece)
    (hold,) = holds(out + finder.finish(35.0))
    assert (hold.start_s, hold.end_s) == (pytest.approx(8.0, abs=0.6), pytest.approx(28.0, abs=1.0))
    assert (hold.side, hold.failed, hold.meant) == ("left", "not-raised", True)


def test_of_all_that_people_say_only_start_and_stop_are_of_holds():
    made = exercise("squat", reps=3, seed=1).samples
    marks = [Mark(s, what, known_s=s) for s, what in ((5.0, "rezero"), (7.0, "next"))]
    assert analyze(made, exercise="single-leg-stand", stance="left", marks=marks).holds == ()


def test_a_start_that_was_said_in_a_gap_counts_from_its_end():
    made = session([Still(30.0)], seed=1).without(8.0, 11.0)
    marks = [Mark(9.0, "start", known_s=9.0), Mark(20.0, "stop", known_s=20.0)]
    (hold,) = analyze(made.samples, exercise="single-leg-stand", stance="left", marks=marks).holds
    assert (hold.start_s, hold.end_s) == (pytest.approx(12.0, abs=0.2), 20.0)  # a second finds gravity again


def test_a_start_that_is_said_while_lying_down_is_heard_when_the_posture_is_known():
    made = exercise("side-lying-hold", reps=1, hold_s=8.0, seed=4)
    lain_s = next(e.known_s for e in analyze(made.samples).events if isinstance(e, Note) and e.code == "lie-still")
    said = [Mark(lain_s - 0.6, "start", known_s=lain_s - 0.6)]
    found = analyze(made.samples, exercise="side-lying-hold", marks=said).events
    started = next(event for event in found if isinstance(event, HoldStarted))
    assert started.cued
    assert started.time_s == pytest.approx(lain_s, abs=0.2)


def test_a_prescribed_hold_is_what_is_asked_for():
    assert Prescription("side-lying-hold", hold_s=10.0).asked_hold_s == 10.0
    assert Prescription("side-lying-hold").asked_hold_s is None
    plan = Plan(load_exercise("side-lying-hold"), "left", prescription=Prescription("side-lying-hold", hold_s=20.0))
    made = exercise("side-lying-hold", reps=1, hold_s=8.0, seed=4)
    pipeline = plan.pipeline()
    events = [*pipeline.process(made.samples).events, *pipeline.finish().events]
    assert [event.reason for event in events if isinstance(event, HoldBroken)] == ["early"]
