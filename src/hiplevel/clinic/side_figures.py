"""What one side did in a session, in a few numbers: what the store keeps for trends and suggestions."""

from dataclasses import dataclass

import numpy as np

from hiplevel.clinic.analyzed import AnalyzedRecording, Judged
from hiplevel.model.rules import Side
from hiplevel.model.samples import Floats


@dataclass(frozen=True)
class SideFigures:
    """One side of one session, in degrees and seconds. limit: at the end of it, where it was changed meanwhile.

    peak, median, p90: of the peak falls of its repetitions; None without repetitions. sigma: the median one-sigma of
    the angle.
    """

    side: Side
    limit_deg: float
    drops: int
    over_s: float
    judged_s: float
    peak_deg: float | None
    median_deg: float | None
    p90_deg: float | None
    sigma_deg: float | None


def side_figures(analyzed: AnalyzedRecording) -> tuple[SideFigures, ...]:
    """The sides that were watched; none when drops were not judged."""
    judged = analyzed.judged
    if not judged.graded or not len(judged.cells.time_s):
        return ()
    sigma_deg = float(np.median(analyzed.analysis.obliquity_sigma_deg))
    out = []
    for side in judged.sides:
        peaks_deg = peak_falls(judged, side)
        drops = [drop for drop in analyzed.drops if drop.side == side]
        out.append(
            SideFigures(
                side,
                analyzed.rule.limit_deg(side),
                len(drops),
                sum(drop.duration_s for drop in drops),
                judged.judged_s,
                float(peaks_deg.max()) if len(peaks_deg) else None,
                float(np.median(peaks_deg)) if len(peaks_deg) else None,
                float(np.quantile(peaks_deg, 0.9)) if len(peaks_deg) else None,
                sigma_deg,
            )
        )
    return tuple(out)


def peak_falls(judged: Judged, side: Side) -> Floats:
    """How far `side` fell at most in each repetition, degrees (k,); repetitions that were not judged are left out."""
    fall_deg, time_s = judged.cells.fall_deg(side), judged.cells.time_s
    first = np.searchsorted(time_s, judged.reps[:, 0])
    last = np.searchsorted(time_s, judged.reps[:, 1])
    return np.array([fall_deg[a:b].max() for a, b in zip(first.tolist(), last.tolist(), strict=True) if b > a])
