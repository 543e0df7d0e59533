"""The fall of the unsupported side in each step, against simulated walking whose falls are known."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from hiplevel import Drop, DropRule
from hiplevel.detect.gait import GAITS
from hiplevel.detect.gait_drops import Fall, GaitDrops, usual_deg
from hiplevel.detect.steps import StepFinder
from hiplevel.model.events import Step
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


def judged(rule: DropRule, size: int = 100_000, gait: str = "walking") -> list[tuple[Fall, Drop | None]]:
    finder, drops = StepFinder(GAITS[gait]), GaitDrops(rule)
    out = list[tuple[Fall, Drop | None]]()
    for block in walk(gait)[1]:
        for at in range(0, len(block.time_s), size):
            out += drops.process(block[at : at + size], finder.process(block[at : at + size]))
    return out


def test_each_step_has_its_fall_on_the_side_of_the_swinging_leg():
    simulated, _ = walk()
    falls = [fall for fall, _ in judged(DropRule(9.0))]
    assert len(falls) >= 42
    steps = simulated.truth.steps
    for at_s, side in steps[1:-2]:
        fall = min(falls, key=lambda fall: abs(fall.start_s - at_s - 0.08))
        assert fall.side != side
        rows = (simulated.truth.time_s >= fall.start_s) & (simulated.truth.time_s < fall.end_s)
        true_deg = np.max(simulated.truth.obliquity_deg[rows] * (1.0 if side == "left" else -1.0))
        assert fall.peak_deg == pytest.approx(true_deg, abs=1.0)


def test_only_falls_beyond_the_limit_are_drops():
    drops = [drop for _, drop in judged(DropRule(9.0)) if drop is not None]
    assert [drop.side for drop in drops] == ["right", "left", "right"]
    assert [drop.peak_deg for drop in drops] == pytest.approx([12.0, 11.0, 13.0], abs=1.2)
    for drop in drops:
        assert drop.start_s < drop.end_s <= drop.known_s
        assert 9.0 < drop.mean_deg <= drop.peak_deg
    assert not [drop for _, drop in judged(DropRule(15.0)) if drop is not None]


def test_the_usual_list_needs_twenty_strides():
    falls = [fall for fall, _ in judged(DropRule(9.0))]
    usual = usual_deg(falls)
    assert usual["left"] == pytest.approx(4.5, abs=1.0)
    assert usual["right"] == pytest.approx(4.5, abs=1.0)
    assert usual_deg(falls[:30]) == {"left": None, "right": None}


def test_running_is_judged_step_by_step_too():
    assert usual_deg(fall for fall, _ in judged(DropRule(9.0), gait="running"))["left"] == pytest.approx(4.0, abs=1.5)


@pytest.mark.parametrize("size", [1, 7, 199])
def test_blocks_do_not_matter(size):
    assert judged(DropRule(6.0), size) == judged(DropRule(6.0))


def test_two_steps_of_one_foot_or_far_apart_have_no_single_support_between():
    long = next(block for block in walk()[1] if len(block.time_s) >= 600)
    block = replace(long[:600], time_s=np.arange(1, 601) / 100.0)
    steps = [Step(1.0, "left"), Step(1.5, "left"), Step(2.0, "right"), Step(4.0, "left")]
    assert [fall.side for fall, _ in GaitDrops(DropRule(5.0)).process(block, steps)] == ["right"]
