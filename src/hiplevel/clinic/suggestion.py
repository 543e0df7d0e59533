"""A limit to consider, from the client's own baseline session. Never a diagnosis."""

from dataclasses import dataclass

import numpy as np

from hiplevel.clinic.analyzed import AnalyzedRecording
from hiplevel.clinic.side_figures import peak_falls
from hiplevel.model.errors import InputError, Reason
from hiplevel.model.rules import MAX_LIMIT_DEG, Side

SMALLEST_CHANGE_DEG = 4.0  # minimal detectable change of a goniometer (Youdas 2007), until a sensor's own is measured
MIN_REPS = 5
STEP_DEG = 0.5
WORDS = (
    "From this client's own baseline: a limit to consider, not a finding. Do not call less than "
    f"{SMALLEST_CHANGE_DEG:g} degrees between sessions a real change."
)


@dataclass(frozen=True)
class Suggestion:
    """One side. median, p90: of the peak fall in each repetition. band: one sigma of the angle itself, degrees."""

    side: Side
    reps: int
    median_deg: float
    p90_deg: float
    band_deg: float
    warn_deg: float
    alarm_deg: float
    smallest_change_deg: float = SMALLEST_CHANGE_DEG
    words: str = WORDS


def suggest(analyzed: AnalyzedRecording) -> tuple[Suggestion, ...]:
    """For each side that was watched: alarm at the 90th percentile of its peak falls, warning at their median.

    Raises
    ------
    InputError
        CALIBRATION when drops were not judged, EMPTY with fewer than five repetitions: too few for a percentile.
    """
    judged = analyzed.judged
    if not judged.graded:
        raise InputError(
            "Drops were not judged in this session, so it is no baseline.",
            Reason.CALIBRATION,
            "Calibrate the clip and record another one.",
        )
    if len(judged.reps) < MIN_REPS:
        raise InputError(
            f"{len(judged.reps)} repetitions are too few for a baseline; {MIN_REPS} or more are needed.", Reason.EMPTY
        )
    band_deg = float(np.median(analyzed.analysis.obliquity_sigma_deg))
    out = []
    for side in judged.sides:
        peaks_deg = peak_falls(judged, side)
        median_deg, p90_deg = float(np.median(peaks_deg)), float(np.quantile(peaks_deg, 0.9))
        alarm_deg = min(max(_up(p90_deg), 2.0), MAX_LIMIT_DEG)
        warn_deg = min(max(_up(median_deg), 1.5), alarm_deg - STEP_DEG)
        out.append(Suggestion(side, len(peaks_deg), median_deg, p90_deg, band_deg, warn_deg, alarm_deg))
    return tuple(out)


def _up(angle_deg: float) -> float:
    """To the next half degree: finer would pretend."""
    return float(np.ceil(angle_deg / STEP_DEG - 1e-9) * STEP_DEG)
