"""What figures are taken from: work that was measured, outside of what people marked as not to be trusted."""

from collections.abc import Iterable

import numpy as np

from hiplevel.detect.corrections import Corrected
from hiplevel.detect.drop_curve import Spans
from hiplevel.model.edits import BadSpan
from hiplevel.model.events import Drop, Rep
from hiplevel.model.samples import Floats


def untouched(start_s: float, end_s: float, bad: Iterable[BadSpan]) -> bool:
    """Whether no bad span reaches into [start_s, end_s)."""
    return all(end_s <= span.start_s or start_s >= span.end_s for span in bad)


def trusted_reps(counted: Corrected) -> tuple[Rep, ...]:
    """Repetitions after all corrections that are work, were measured, and touch no bad span."""
    reps = (one.rep for one in counted.reps if one.rep is not None and not one.warm_up)
    return tuple(rep for rep in reps if untouched(rep.start_s, rep.end_s, counted.bad))


def trusted_drops(drops: Iterable[Drop], counted: Corrected) -> tuple[Drop, ...]:
    """Those that touch no bad span."""
    return tuple(drop for drop in drops if untouched(drop.start_s, drop.end_s, counted.bad))


def trusted_spans(found: Spans, bad_s: Floats) -> Spans:
    """Those that touch no bad span; bad_s (k, 2): from, to."""
    for start_s, end_s in bad_s.tolist():
        good = (found.end_s <= start_s) | (found.start_s >= end_s)
        found = Spans(found.limit_deg, found.start_s[good], found.end_s[good])
    return found


def bad_s(counted: Corrected) -> Floats:
    """(k, 2) the bad spans: from, to."""
    return np.array([(span.start_s, span.end_s) for span in counted.bad], dtype=np.float64).reshape(-1, 2)
