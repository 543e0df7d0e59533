"""What a set was: done against prescribed, range, tempo, falls by side, and how all of it went towards the end."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean
from typing import Any

from hiplevel.detect.corrections import CountedSet
from hiplevel.detect.falls import Angles, Fall, Limits, Span, fall, peaks
from hiplevel.detect.figures import LeftRight, Spread, Trend, spread, trend
from hiplevel.model.events import Rep
from hiplevel.model.prescription import Prescription
from hiplevel.model.rules import Side


@dataclass(frozen=True)
class SetSummary:
    """One set after all corrections. Figures are of those repetitions that are work, measured, and not marked bad.

    Attributes
    ----------
    done, warm_up : repetitions; prescribed : 0 when nothing was; machine_reps, added : by the machine, by hand
    range_deg : of the angle that the exercise reports
    out_s, back_s, rep_s, hold_s : the two ways without the hold at the turn, the whole, that hold
    peak_drop_deg : the worst drop of each repetition, as `Rep` has it; None where drops are not judged
    range_trend, drop_trend, rep_trend : how these went, degrees and seconds a repetition
    falls : over the time of the set, by the side that fell; left out where there are no angles
    peaks : the mean over repetitions of each side's furthest fall, where both may fall
    confidence, quality : means, 0 to 1; faults : how many repetitions had each
    """

    number: int
    start_s: float
    end_s: float
    over: bool
    done: int
    prescribed: int = 0
    warm_up: int = 0
    machine_reps: int = 0
    added: int = 0
    range_deg: Spread | None = None
    out_s: Spread | None = None
    back_s: Spread | None = None
    rep_s: Spread | None = None
    hold_s: Spread | None = None
    peak_drop_deg: Spread | None = None
    range_trend: Trend | None = None
    drop_trend: Trend | None = None
    rep_trend: Trend | None = None
    falls: tuple[Fall, ...] = ()
    peaks: LeftRight | None = None
    confidence: float | None = None
    quality: float | None = None
    faults: Mapping[str, int] = field(default_factory=dict)

    @property
    def out_to_back(self) -> float | None:
        """Time out over time back: 2 is twice as long out."""
        if self.out_s is None or self.back_s is None or self.back_s.mean <= 0.0:
            return None
        return self.out_s.mean / self.back_s.mean

    @property
    def all_warm_up(self) -> bool:
        """Nothing in it was work."""
        return self.done == 0 and self.warm_up > 0


def set_summary(
    one: CountedSet,
    *,
    angles: Angles | None = None,
    sides: Sequence[Side] = (),
    limits: Limits = (),
    bad: Sequence[Span] = (),
    graded: bool = True,
    prescription: Prescription | None = None,
) -> SetSummary:
    """One set of `corrected`.

    sides: those that may fall; graded: drops are judged at all; bad: spans from which no figure is taken.
    """
    reps = [rep.rep for rep in one.reps if rep.rep is not None and not rep.warm_up]
    reps = [rep for rep in reps if not any(rep.start_s < end_s and rep.end_s > start_s for start_s, end_s in bad)]
    return SetSummary(
        one.number,
        one.start_s,
        one.end_s,
        one.over,
        one.done,
        0 if prescription is None else prescription.reps,
        len(one.reps) - one.done,
        one.machine_reps,
        sum(rep.rep_number < 0 for rep in one.reps),
        **_of_reps(reps, graded),
        **(_of_angles(angles, one, reps, sides, limits, bad) if graded and angles is not None else {}),
    )


def _of_angles(
    angles: Angles,
    one: CountedSet,
    reps: Sequence[Rep],
    sides: Sequence[Side],
    limits: Limits,
    bad: Sequence[Span],
) -> dict[str, Any]:
    found = (fall(angles, side, (one.start_s, one.end_s), limits, bad) for side in sides)
    return {
        "falls": tuple(fall for fall in found if fall is not None),
        "peaks": peaks(angles, [(rep.start_s, rep.end_s) for rep in reps]) if len(sides) > 1 else None,
    }


def _of_reps(reps: Sequence[Rep], graded: bool) -> dict[str, Any]:
    ranges, durations = [rep.rom_deg for rep in reps], [rep.end_s - rep.start_s for rep in reps]
    drops = [rep.peak_drop_deg for rep in reps] if graded else []
    return {
        "range_deg": spread(ranges),
        "out_s": spread([rep.out_s for rep in reps]),
        "back_s": spread([rep.back_s for rep in reps]),
        "rep_s": spread(durations),
        "hold_s": spread([rep.hold_turn_s for rep in reps]),
        "peak_drop_deg": spread(drops),
        "range_trend": trend(ranges),
        "drop_trend": trend(drops),
        "rep_trend": trend(durations),
        "confidence": fmean(rep.confidence for rep in reps) if reps else None,
        "quality": fmean(rep.quality for rep in reps) if reps else None,
        "faults": dict(Counter(fault for rep in reps for fault in rep.faults)),
    }
