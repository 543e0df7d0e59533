"""The lateral band walk: so many steps one way."""

from dataclasses import dataclass

from hiplevel.model.known import Known


@dataclass(frozen=True)
class Pass(Known):
    """Steps one after the other in one direction.

    Attributes
    ----------
    direction : 'left' or 'right'; side_sure: 1 when the leading foot and the way the body went agree, else less
    steps : contacts of either foot; width_m: how far the body went, as far as an accelerometer shows it
    lead_drop_deg, trail_drop_deg : median fall of the unsupported side while the leading, the trailing foot moves
    worst_drop_deg : the worst of them, and worst_side the side that fell in it
    tilt_change_deg : mean tilt against the second before the first step, + = leant forward; tilt_deg: from neutral
    step_s : median time from contact to contact
    """

    start_s: float
    end_s: float
    direction: str
    steps: int
    number: int = 0
    lead_drop_deg: float = 0.0
    trail_drop_deg: float = 0.0
    worst_drop_deg: float = 0.0
    worst_side: str = ""
    tilt_change_deg: float = 0.0
    step_s: float = 0.0
    side_sure: float = 1.0
    width_m: float = 0.0
    tilt_deg: float = 0.0
