"""What should not move in an exercise and does: rolling back in side-lying, leaning in the band walk."""

from dataclasses import dataclass

from hiplevel.model.known import Known


@dataclass(frozen=True)
class CompensationStarted(Known):
    """Beyond its limit just now. what: 'roll-back' or 'tilt'."""

    time_s: float
    what: str
    angle_deg: float
    limit_deg: float


@dataclass(frozen=True)
class Compensation(Known):
    """It is over, or was cut off by a gap or the end (then not `complete`); the limit is a preset."""

    start_s: float
    end_s: float
    what: str
    peak_deg: float
    mean_deg: float = 0.0
    limit_deg: float = 0.0
    complete: bool = True
