"""Holds: the single-leg stand and the side-lying leg held up, with drift, tremor and giving way."""

from dataclasses import dataclass

from hiplevel.simulate.kinematics import Channel
from hiplevel.simulate.movements import Effort, Pose, hung, lying
from hiplevel.simulate.script import Script
from hiplevel.simulate.sets import get_ready, rest, stand_up
from hiplevel.simulate.work import Work

GIVES_WAY_AT = 0.6


@dataclass(frozen=True)
class Holding:
    """How a hold is done: usual length, raise of the unsupported side, sinking over the hold, pause, steadiness."""

    hold_s: float
    raise_deg: float
    drift_deg: float
    pause_s: float
    sway: float
    lying: bool = False


HOLDS: dict[str, Holding] = {
    "single-leg-stand": Holding(30.0, 4.0, 1.5, 8.0, 2.5),
    "side-lying-hold": Holding(10.0, 4.0, 1.0, 6.0, 0.8, lying=True),
}


def hold_sets(script: Script, work: Work, holds: int) -> None:
    """All sets of a work made of holds, from standing to standing. A hold in `drops` gives way on its last stretch."""
    holding = HOLDS[work.exercise]
    script.settle()
    for number in range(work.sets):
        if number:
            rest(script, work.rest_s)
        if holding.lying:
            get_ready(script, work.sign, lying=True, block_m=0.0, single_leg=False)
        first_s = script.now_s
        for index in range(holds):
            if index:
                script.hold(holding.pause_s if work.pause_s is None else work.pause_s, 0.5 if holding.lying else 1.0)
            _hold(script, work, holding, work.drops.get(number * holds + index))
        script.marks.sets.append((first_s, script.marks.holds[-1][1]))
        script.hold(0.8, 0.5 if holding.lying else 1.0)
        stand_up(script, work.sign, lying=holding.lying, block_m=0.0)


def _hold(script: Script, work: Work, holding: Holding, gives_way_to_deg: float | None) -> None:
    """Up, held while sinking slowly, down again."""
    length_s = holding.hold_s if work.hold_s is None else work.hold_s
    raised = holding.raise_deg if work.fall_deg is None else -work.fall_deg
    sunk = raised - holding.drift_deg * (1.0 + 3.0 * work.fatigue) * length_s / holding.hold_s
    script.move(1.2, _pose(work, holding, raised), holding.sway)
    start_s = script.now_s
    if gives_way_to_deg is None:
        script.move(length_s, _pose(work, holding, sunk), holding.sway)
    else:
        script.move(GIVES_WAY_AT * length_s, _pose(work, holding, sunk), holding.sway)
        giving_s = min(1.5, 0.2 * length_s)
        script.move(giving_s, _pose(work, holding, -gives_way_to_deg), holding.sway)
        script.hold((1.0 - GIVES_WAY_AT) * length_s - giving_s, 1.3 * holding.sway)
    script.marks.holds.append((start_s, script.now_s))
    script.move(1.2, _down(work, holding))


def _pose(work: Work, holding: Holding, raised_deg: float) -> Pose:
    effort = Effort(work.sign, 0.0, 0.0, work.cheating)
    if holding.lying:
        return lying(effort, raised_deg, 1.5 + 12.0 * work.cheating)
    return {**hung(effort, -raised_deg), Channel.TILT: 6.0 * work.cheating}


def _down(work: Work, holding: Holding) -> Pose:
    if holding.lying:
        return lying(Effort(work.sign, 0.0, 0.0))
    return {Channel.OBLIQUITY: 0.0, Channel.TILT: 0.0, Channel.Y: 0.0, Channel.Z: 0.0}
