"""An exercise as the catalogue describes it: posture, count signal, range, tempo, limits and what cannot be seen."""

from dataclasses import dataclass
from typing import Literal

Posture = Literal["upright", "side-lying", "any"]
Signal = Literal["obliquity", "tilt", "height", "none"]
Angle = Literal["obliquity", "tilt"]
Gait = Literal["none", "walking", "running", "sideways"]


@dataclass(frozen=True)
class Counting:
    """What makes a repetition.

    Attributes
    ----------
    signal : what swings once a repetition; 'none' means nothing is counted
    angle : the angle whose range is reported
    direction : which way the signal goes out, +1 or -1; 0 when either is right and the first swing decides
    min_swing : smaller swings are never repetitions, degrees (cm for height)
    rep_s : (shortest, longest) repetition, s
    max_acc_m_s2 : a repetition with more gravity-free acceleration (rms) is walking or handling, not the exercise
    max_tilt_deg : nor is one in which the pelvis tilts more than this
    max_rise_cm : nor one in which the pelvis rises and sinks more than this: stepping up, sitting down
    max_turn_deg : nor one in which the whole body turns more than this about the vertical
    min_angle_deg : nor one in which the reported angle moves less than this
    """

    signal: Signal
    angle: Angle
    direction: int
    min_swing: float
    rep_s: tuple[float, float]
    max_acc_m_s2: float
    max_tilt_deg: float
    max_rise_cm: float
    max_turn_deg: float
    min_angle_deg: float


@dataclass(frozen=True)
class Exercise:
    """One entry of the catalogue. Limits are presets until a clinician sets one; steps: how the feet go, if they do."""

    id: str
    name: str
    summary: str
    posture: Posture
    counting: Counting
    typical_deg: tuple[float, float]
    warn_deg: float
    alarm_deg: float
    setup: str
    cues: tuple[str, ...]
    cannot_see: str
    source: str
    discouraged: str = ""
    steps: Gait = "none"
