"""How a set was done beyond its count: each side's fall and rise in its repetitions, and what else the pelvis did."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from hiplevel.clinic.analyzed import AnalyzedRecording
from hiplevel.detect.corrections import CountedSet
from hiplevel.detect.falls import below_deg
from hiplevel.detect.figures import Spread, spread
from hiplevel.model.events import Rep
from hiplevel.model.rules import Side


@dataclass(frozen=True)
class SideForm:
    """One side over a set's repetitions, degrees: the median of its furthest falls, and of its highest rises."""

    side: Side
    median_fall_deg: float
    median_rise_deg: float


@dataclass(frozen=True)
class SetForm:
    """One set. tilt, rotation: range of a repetition; shift: to the side and back; hold_home: still before it began.

    faults: how many repetitions had each, by the code of `model.faults`.
    """

    number: int
    sides: tuple[SideForm, ...]
    tilt_deg: Spread | None
    rotation_deg: Spread | None
    shift_cm: Spread | None
    hold_home_s: Spread | None
    faults: dict[str, int]


def form_of(analyzed: AnalyzedRecording) -> tuple[SetForm, ...]:
    """Each set in which something counts; of repetitions that are work, measured and not in a bad span."""
    return tuple(_form(analyzed, one) for one in analyzed.counted.sets if one.done)


def _form(analyzed: AnalyzedRecording, one: CountedSet) -> SetForm:
    reps = [
        counted.rep
        for counted in one.reps
        if counted.rep is not None
        and not counted.warm_up
        and not any(counted.rep.start_s < bad.end_s and counted.rep.end_s > bad.start_s for bad in analyzed.counted.bad)
    ]
    return SetForm(
        one.number,
        _sides(analyzed, reps) if analyzed.judged.graded else (),
        spread([rep.tilt_rom_deg for rep in reps]),
        spread([rep.rotation_rom_deg for rep in reps]),
        spread([rep.shift_cm for rep in reps]),
        spread([rep.hold_home_s for rep in reps]),
        dict(Counter(fault for rep in reps for fault in rep.faults)),
    )


def _sides(analyzed: AnalyzedRecording, reps: Sequence[Rep]) -> tuple[SideForm, ...]:
    time_s = analyzed.analysis.time_s
    out = []
    for side in analyzed.judged.sides:
        below = below_deg(analyzed.analysis, side)
        spans = [np.searchsorted(time_s, (rep.start_s, rep.end_s)) for rep in reps]
        parts = [below[first:last] for first, last in spans if last > first]
        if parts:
            falls, rises = [float(part.max()) for part in parts], [float(-part.min()) for part in parts]
            out.append(SideForm(side, median(falls), median(rises)))
    return tuple(out)
