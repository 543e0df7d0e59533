"""Single drops of a look back: how far each goes at the limit of now, and which repetition it belongs to."""

from bisect import bisect_right
from dataclasses import dataclass

import numpy as np

from hiplevel.detect.corrections import CountedRep
from hiplevel.gui.replay.review import Review
from hiplevel.gui.words import tr, written
from hiplevel.model.rules import Side

NEAR_S = 0.005


@dataclass(frozen=True)
class DropHere:
    """One drop. rep: the repetition that counts in which it begins, None between repetitions."""

    side: Side
    start_s: float
    end_s: float
    peak_deg: float
    rep: CountedRep | None = None


def drops_between(review: Review, start_s: float, end_s: float) -> list[DropHere]:
    """Those of these seconds, in order."""
    found = []
    for side in review.sides:
        spans = review.spans(side)
        first = int(np.searchsorted(spans.end_s, start_s - NEAR_S))
        last = int(np.searchsorted(spans.start_s, end_s + NEAR_S, side="right"))
        for begun_s, over_s in zip(spans.start_s[first:last].tolist(), spans.end_s[first:last].tolist(), strict=True):
            rows = slice(*np.searchsorted(review.computed.cells.time_s, (begun_s - NEAR_S, over_s + NEAR_S)))
            peak_deg = float(np.max(review.computed.cells.fall_deg(side)[rows], initial=0.0))
            found.append(DropHere(side, begun_s, over_s, peak_deg, _rep_at(review, begun_s)))
    return sorted(found, key=lambda drop: drop.start_s)


def words_at(review: Review, at_s: float) -> str:
    """Which drop this moment is in, of how many, how far, how long, and in which repetition; '' in none."""
    here = drops_between(review, at_s, at_s)
    if not here:
        return ""
    drop = here[-1]
    starts = sorted(start_s for side in review.sides for start_s in review.spans(side).start_s.tolist())
    told = tr(
        "replay.drop_here",
        n=bisect_right(starts, drop.start_s),
        all=len(starts),
        side=tr(f"sides.{drop.side}"),
        deg=f"{drop.peak_deg:.0f}",
        s=written(drop.end_s - drop.start_s, ".1f"),
    )
    if drop.rep is None:
        return told
    return f"{told}, {tr('replay.drop_in_rep', n=drop.rep.number, set=drop.rep.set_number)}"


def _rep_at(review: Review, at_s: float) -> CountedRep | None:
    return next(
        (one for one in review.counted.reps if one.rep is not None and one.rep.start_s <= at_s < one.rep.end_s), None
    )
