"""An exercise as the catalogue describes it: posture, count signal, range, tempo, limits and what cannot be seen."""

from dataclasses import dataclass
from typing import Literal

Posture = Literal["upright", "side-lying", "any"]
Signal = Literal["obliquity", "tilt", "learned", "steps", "hold", "none"]


@dataclass(frozen=True)
class CountBand:
    """What makes a repetition of the count signal.

    Attributes
    ----------
    signal : which angle is counted; 'none' means nothing is counted
    direction : +1 or -1 when the repetition goes out that way in the signal's own sign, 0 when it may be either
    min_rom_deg : smaller swings are never repetitions
    rep_s : (shortest, longest) duration of a repetition, s
    """

    signal: Signal
    direction: int
    min_rom_deg: float
    rep_s: tuple[float, float]


@dataclass(frozen=True)
class Exercise:
    """One entry of the catalogue. Angles in degrees, limits are presets until a clinician sets one."""

    id: str
    name: str
    summary: str
    posture: Posture
    stance: str
    count: CountBand
    typical_rom_deg: tuple[float, float]
    warn_deg: float | None
    alarm_deg: float | None
    setup: str
    cues: tuple[str, ...]
    cannot_see: str
    source: str
    discouraged: str = ""
