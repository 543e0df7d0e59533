"""The fall of the unsupported side in each step, against simulated walking whose falls are known."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from hiplevel import Drop, DropRule, DropStarted, DropWarned, Pipeline, Samples, StepDrop, UsualDrop, analyze
from hiplevel.detect.drop_curve import drop_curve
from hiplevel.detect.drop_trace import DropTrace
from hiplevel.detect.gait import GAITS
from hiplevel.detect.gait_drops import GaitDrops, GaitEvent
from hiplevel.detect.steps import StepFinder
from hiplevel.model.events import LimitChanged, Step
from hiplevel.model.rules import Stance
from hiplevel.motion.block import MotionBlock
from hiplevel.motion.chain import Motion
from hiplevel.simulate import Simulated, exercise

DROPS = {10: 12.0, 15: 11.0, 22: 13.0}  # the left foot makes the even steps: then the right side falls


@cache
def walk(gait: str = "walking") -> tuple[Simulated, tuple[MotionBlock, ...]]:
    simulated = exercise(gait, reps=44, seed=2, drops=DROPS if gait == "walking" else {})
    motion = Motion(simulated.calibration)
    items = [*motion.process(simulated.samples), *motion.finish()]
    return simulated, tuple(item for item in items if isinstance(item, MotionBlock))


def judged(rule: DropRule, size: int = 100_000, gait: str = "walking", stance: Stance = "both") -> list[GaitEvent]:
    finder, drops = StepFinder(GAITS[gait]), GaitDrops(stance, rule)
    out = list[GaitEvent]()
    for block in walk(gait)[1]:
        for at in range(0, len(block.time_s), size):
            out += drops.process(block[at : at + size], finder.process(block[at : at + size]))
    return [*out, *drops.finish(99.0)]


def of(kind: type, events: list[GaitEvent]) -> list:
    return [event for event in events if isinstance(event, kind)]


def test_each_step_has_its_fall_on_the_side_of_the_swinging_leg():
    simulated, _ = walk()
    falls = of(StepDrop, judged(DropRule(9.0)))
    assert len(falls) >= 42
    steps = simulated.truth.steps
    for at_s, side in steps[1:-2]:
        fall = min(falls, key=lambda fall: abs(fall.start_s - at_s - 0.08))
        assert fall.side != side
        rows = (simulated.truth.time_s >= fall.start_s) & (simulated.truth.time_s < fall.end_s)
        true_deg = np.max(simulated.truth.obliquity_deg[rows] * (1.0 if side == "left" else -1.0))
        assert fall.peak_deg == pytest.approx(true_deg, abs=1.0)


def test_only_falls_beyond_the_limit_are_drops_and_each_has_its_alarm():
    told = judged(DropRule(9.0, warn_deg=8.0))
    drops = of(Drop, told)
    assert [drop.side for drop in drops] == ["right", "left", "right"]
    assert [drop.peak_deg for drop in drops] == pytest.approx([12.0, 11.0, 13.0], abs=1.2)
    for kind in (DropStarted, DropWarned):
        assert [(event.side, event.known_s) for event in of(kind, told)] == [(d.side, d.known_s) for d in drops]
    for drop in drops:
        assert drop.start_s < drop.end_s <= drop.known_s
        assert 9.0 < drop.mean_deg <= drop.peak_deg
        assert drop.complete
    assert not of(Drop, judged(DropRule(15.0)))


def test_a_declared_stance_judges_what_falls_while_that_foot_stands():
    assert [drop.side for drop in of(Drop, judged(DropRule(9.0), stance="left"))] == ["right", "right"]
    assert [drop.side for drop in of(Drop, judged(DropRule(9.0), stance="right"))] == ["left"]
    assert {fall.side for fall in of(StepDrop, judged(DropRule(9.0), stance="right"))} == {"left", "right"}


def test_the_usual_drop_needs_twenty_strides_and_is_told_again_at_the_end():
    usual = of(UsualDrop, judged(DropRule(9.0)))
    assert [(event.side, event.strides) for event in usual if event.known_s < 99.0] == [("right", 20), ("left", 20)]
    assert all(event.median_deg == pytest.approx(4.5, abs=1.0) for event in usual)
    falls = {side: sum(fall.side == side for fall in of(StepDrop, judged(DropRule(9.0)))) for side in ("left", "right")}
    assert {event.side: event.strides for event in usual} == falls


def test_running_is_judged_step_by_step_too():
    usual = {event.side: event.median_deg for event in of(UsualDrop, judged(DropRule(9.0), gait="running"))}
    assert usual["left"] == pytest.approx(4.0, abs=1.5)


@pytest.mark.parametrize("size", [1, 7, 199])
def test_blocks_do_not_matter(size):
    assert judged(DropRule(6.0), size) == judged(DropRule(6.0))


def test_two_steps_of_one_foot_or_far_apart_have_no_single_support_between():
    long = next(block for block in walk()[1] if len(block.time_s) >= 600)
    block = replace(long[:600], time_s=np.arange(1, 601) / 100.0)
    steps = [Step(1.0, "left"), Step(1.5, "left"), Step(2.0, "right"), Step(4.0, "left")]
    assert [fall.side for fall in of(StepDrop, GaitDrops("both", DropRule(5.0)).process(block, steps))] == ["right"]
    sideways = GaitDrops("both", DropRule(5.0), sideways=True)
    assert [fall.side for fall in of(StepDrop, sideways.process(block, steps))] == ["left", "right"]


@pytest.mark.parametrize("name", ["walking", "running", "lateral-band-walk"])
def test_the_pipeline_judges_gait_by_its_steps_however_it_is_cut(name):
    simulated = exercise(name, reps=60, seed=5)
    samples, rule = simulated.samples, DropRule(3.0)
    whole = analyze(samples, exercise=name, rule=rule, stance="auto", calibration=simulated.calibration)
    assert len(whole.step_drops) > 0.8 * len(whole.steps) > 30
    assert whole.drops
    assert {type(event).__name__ for event in whole.events} >= {"StepDrop", "UsualDrop", "DropStarted", "Drop"}
    known = [event.known_s for event in whole.events]
    assert known == sorted(known)
    for size in (7, 500):
        pipeline = Pipeline(exercise=name, rule=rule, stance="auto", calibration=simulated.calibration)
        outs = [pipeline.process(samples[at : at + size]) for at in range(0, len(samples), size)]
        assert tuple(event for out in [*outs, pipeline.finish()] for event in out.events) == whole.events


def test_other_limits_hold_for_what_is_known_after_they_were_set():
    simulated, _ = walk()
    samples = simulated.samples
    change = replace(LimitChanged.between(DropRule(9.0), DropRule(40.0), "k", "so"), time_s=0.5 * samples.time_s[-1])
    kwargs = {"exercise": "walking", "rule": DropRule(9.0), "calibration": simulated.calibration}
    before = [d.known_s <= change.time_s for d in analyze(samples, **kwargs).drops]
    assert 0 < sum(before) < 3
    for size in (50, len(samples)):
        pipeline = Pipeline(**kwargs)
        pipeline.hear([change])
        outs = [pipeline.process(samples[at : at + size]) for at in range(0, len(samples), size)]
        events = [event for out in [*outs, pipeline.finish()] for event in out.events]
        assert len(of(Drop, events)) == sum(before)


def test_what_if_finds_the_same_drops_as_the_walk():
    simulated, _ = walk()
    trace = DropTrace()
    seen = analyze(
        simulated.samples, exercise="walking", rule=DropRule(9.0), calibration=simulated.calibration, trace=trace
    )
    assert {drop.side for drop in seen.drops} == {"left", "right"}
    for side in ("left", "right"):
        (spans,) = drop_curve(trace.cells(), side, DropRule(9.0), [9.0])
        own = [drop for drop in seen.drops if drop.side == side]
        assert spans.start_s.tolist() == [drop.start_s for drop in own]
        assert spans.end_s.tolist() == [drop.end_s for drop in own]


def test_where_nobody_walks_it_says_that_nothing_could_be_judged():
    standing = exercise("pelvic-drop", reps=3, seed=1)
    seen = analyze(standing.samples, exercise="walking", rule=DropRule(3.0))
    assert [note.code for note in seen.notes if note.level == "warning"] == ["no-steps"]
    assert not seen.drops


@pytest.mark.parametrize(("bent_deg", "told"), [(20.0, ["right", "left"]), (40.0, [])])
def test_of_steps_taken_bent_forward_no_drop_is_told_and_why_is_said_once(bent_deg, told):
    """From 10 s on the walker bends as if looking for something on the floor; the drops come then."""
    simulated = exercise("walking", reps=44, seed=2, drops={20: 12.0, 25: 11.0})
    time_s, matrix = simulated.samples.time_s, simulated.calibration.matrix
    bent = np.radians(bent_deg) * np.clip(0.5 * (time_s - 8.0), 0.0, 1.0)
    turned = Rotation.from_rotvec(np.outer(-bent, (0.0, 1.0, 0.0)))
    rate = turned.apply(simulated.samples.gyr_rad_s @ matrix.T) + np.outer(np.gradient(bent, time_s), (0.0, 1.0, 0.0))
    seen = analyze(Samples(time_s, turned.apply(simulated.samples.acc_m_s2 @ matrix.T), rate), exercise="walking")
    assert [drop.side for drop in seen.drops] == told
    assert len(seen.steps) >= 42
    assert [note.code for note in seen.notes if note.level == "warning"] == ([] if told else ["steps-bent"])
