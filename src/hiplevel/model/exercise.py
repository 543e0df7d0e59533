"""An exercise as the catalogue describes it: posture, count signal, range, tempo, limits and what cannot be seen."""

from dataclasses import dataclass, field
from typing import Literal

Posture = Literal["upright", "side-lying", "any"]
Signal = Literal["obliquity", "tilt", "height", "hops", "learned", "none"]
Angle = Literal["obliquity", "tilt"]
Gait = Literal["none", "walking", "running", "sideways"]
Sides = Literal["declared", "both", "alternating", "any"]
PelvisMoves = Literal["clearly", "hardly", "not"]
DropReference = Literal["neutral", "rep-start"]
CountAt = Literal["turn", "end"]


@dataclass(frozen=True)
class Counting:
    """What makes a repetition.

    Attributes
    ----------
    signal : what swings once a repetition; 'hops' are landings to the side, 'learned' comes from the movement itself,
        'none' means nothing is counted
    angle : the angle whose range is reported
    direction : which way the signal goes out, +1 or -1; 0 when either is right and the first swing decides
    min_swing : smaller swings are never repetitions, degrees (cm for height and for learned, to which turning
        counts as the travel of a 40 cm lever)
    rep_s : (shortest, longest) repetition, s
    tempo_s : (quickest, slowest) repetition that is done well, s; outside it still counts
    count_at : when people are told of it: at its turn, or when it is back
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
    tempo_s: tuple[float, float] = (0.0, 0.0)
    count_at: CountAt = "end"


@dataclass(frozen=True)
class Exercise:
    """One entry of the catalogue.

    Attributes
    ----------
    posture : in which it is done; sides : whether the standing leg is declared, both stand, or they take turns
    setup, stance, cues : in words: how to get ready, what to say about the legs, what to mind
    typical_deg : (least, most) range of the reported angle when it is done well
    hold_s : (least, most) time in the turned position; of a held exercise its dose
    warn_deg, alarm_deg : presets until a clinician sets a limit
    drop_reference : a drop is measured from neutral, or from where the repetition began
    steps : how the feet go, if they do
    pelvis_moves : how well it can be seen from the pelvis; 'hardly': the better it is done the less there is to count
    cannot_see : what no sensor on the pelvis can tell, in words
    discouraged : why another exercise serves better; '' for all but few
    own : a clinician added it; toml_text : the file it was read from, kept with each recording of it
    """

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
    stance: str = ""
    sides: Sides = "any"
    hold_s: tuple[float, float] = (0.0, 0.0)
    drop_reference: DropReference = "neutral"
    pelvis_moves: PelvisMoves = "clearly"
    own: bool = False
    toml_text: str = field(default="", repr=False, compare=False)
