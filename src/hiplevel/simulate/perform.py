"""Which script a segment is played by."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import TypeVar

from hiplevel.model.errors import Reason, UsageError
from hiplevel.simulate.gait import Gait, walk
from hiplevel.simulate.holds import HOLDS, hold_sets
from hiplevel.simulate.hop import hop_sets
from hiplevel.simulate.limbs import LIMBS
from hiplevel.simulate.movements import HINGE, MOVEMENTS
from hiplevel.simulate.running import Run, run
from hiplevel.simulate.script import Script
from hiplevel.simulate.sets import rest, sit, slow_sets
from hiplevel.simulate.sidestep import sidestep_sets
from hiplevel.simulate.work import Hinges, Rest, Segment, Sit, Still, Stroll, Work

G = TypeVar("G", Gait, Run)


def _slow(script: Script, work: Work, reps: int) -> None:
    movement = MOVEMENTS[work.exercise] if work.movement is None else LIMBS[work.movement].movement
    slow_sets(script, work, movement, reps)


def _walking(script: Script, work: Work, steps: int) -> None:
    gait = _as_told(Gait(), work)
    _bouts(script, work, steps, lambda drops: walk(script, steps, gait, drops, work.stance))


def _running(script: Script, work: Work, steps: int) -> None:
    how = _as_told(Run(), work)
    _bouts(script, work, steps, lambda drops: run(script, steps, how, drops, work.stance))


def _as_told(usual: G, work: Work) -> G:
    told = {"step_s": work.tempo_s, "speed_m_s": work.speed_m_s, "list_deg": work.fall_deg}
    return replace(usual, variation=work.variation, **{k: v for k, v in told.items() if v is not None})


def _bouts(script: Script, work: Work, steps: int, go: Callable[[Mapping[int, float]], None]) -> None:
    for number in range(work.sets):
        if number:
            rest(script, work.rest_s)
        first = number * steps
        go({k - first: v for k, v in work.drops.items() if first <= k < first + steps})
        script.marks.sets.append((script.marks.steps[-steps][0], script.marks.steps[-1][0]))


_PLAYERS: dict[str, Callable[[Script, Work, int], None]] = {
    **dict.fromkeys(MOVEMENTS, _slow),
    **dict.fromkeys(HOLDS, hold_sets),
    "lateral-band-walk": sidestep_sets,
    "sideways-hop": hop_sets,
    "walking": _walking,
    "running": _running,
}
_BOTH_LEGS = ("squat", "generic", "lateral-band-walk", "walking", "running")
_USUAL_REPS = {"walking": 40, "running": 60, "single-leg-stand": 1, "side-lying-hold": 3, "lateral-band-walk": 20}
EXERCISES = tuple(_PLAYERS)


def perform(script: Script, segment: Segment) -> tuple[str, str]:
    """Write one segment onto the script; what it is called and the stance it was done on.

    Raises
    ------
    UsageError
        UNKNOWN_EXERCISE, naming the nearest known ones.
    """
    if isinstance(segment, Still):
        script.hold(segment.duration_s)
        return "still", "both"
    if isinstance(segment, Rest):
        script.settle()
        rest(script, segment.duration_s)
        return "rest", "both"
    if isinstance(segment, Sit):
        script.settle()
        sit(script, segment.duration_s)
        return "sitting", "both"
    if isinstance(segment, Stroll):
        walk(script, segment.steps, Gait(turn_deg=segment.turn_deg))
        return "walking", "both"
    if isinstance(segment, Hinges):
        reps, sets = len(script.marks.reps), len(script.marks.sets)
        bows = Work("generic", reps=segment.count, rom_deg=segment.hinge_deg, fall_deg=segment.sideways_deg)
        slow_sets(script, bows, HINGE, segment.count)
        del script.marks.reps[reps:], script.marks.sets[sets:]
        return "hinges", "both"
    if segment.exercise not in _PLAYERS:
        near = get_close_matches(segment.exercise, EXERCISES, n=3)
        raise UsageError(
            f"There is no exercise {segment.exercise!r} to simulate.",
            Reason.UNKNOWN_EXERCISE,
            f"{'Near' if near else 'Known'}: {', '.join(near or EXERCISES)}.",
        )
    reps = _USUAL_REPS.get(segment.exercise, 10) if segment.reps is None else segment.reps
    _PLAYERS[segment.exercise](script, segment, reps)
    return segment.exercise, "both" if segment.exercise in _BOTH_LEGS else segment.stance
