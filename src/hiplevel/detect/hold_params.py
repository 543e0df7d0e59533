"""What a hold looks like at the pelvis, in standing on one leg and in lying on the side."""

import math
from dataclasses import dataclass

from hiplevel.detect.lying_start import LYING
from hiplevel.model.exercise import Exercise
from hiplevel.motion.posture import Posture


@dataclass(frozen=True)
class HoldParams:
    """Degrees and seconds.

    Attributes
    ----------
    lying : done lying on the side, else standing on one leg
    out_deg : so far from the level before, a side is raised, or falls; sway on one leg stays below
    rest_s, rest_m_s2, rest_deg_s : rest before it: so long, with no more acceleration and rate (rms)
    confirm_s : and so long, before a hold is told: shifting weight is shorter
    back_share, back_s : less than this share of the raise is left, for so long: it is over
    sank_share, sank_s : less than this share of the best second is left, for so long: it gave way
    most_deg : further is another position
    usual_share : once holds were seen, less than this share of their usual raise begins none
    acc_m_s2, lean_deg : more acceleration (rms of a second), or tilt, is walking about or sitting down; lying: any
    blind : whether a stir without a change of level may begin and end a hold; the leg is then up for all one knows
    """

    lying: bool
    out_deg: float
    confirm_s: float
    rest_s: float = 1.0
    rest_m_s2: float = math.inf
    rest_deg_s: float = math.inf
    back_share: float = 0.4
    back_s: float = 0.6
    sank_share: float = 0.5
    sank_s: float = 1.0
    most_deg: float = 25.0
    usual_share: float = 0.4
    acc_m_s2: float = 1.0
    lean_deg: float = 20.0
    blind: bool = False

    def fits(self, posture: Posture) -> bool:
        """Whether the exercise can be done lying or standing like this."""
        return posture in LYING if self.lying else posture is Posture.UPRIGHT


# Sway on one leg is about half a degree rms, and shifting weight lists the pelvis by a degree or two; lying sways by a
# tenth. A foot put down stops the sway before a side that sank with it is told to have given way. Lying, nobody knows
# whether a leg that sank with the pelvis is still up.
STANDING = HoldParams(False, 2.5, 3.0, rest_s=1.0, rest_m_s2=0.6, rest_deg_s=5.0, sank_s=1.75)
LYING_DOWN = HoldParams(lying=True, out_deg=0.8, confirm_s=1.5, sank_share=0.0, blind=True)
# Where nothing is counted and the dose is a hold of at least this, the exercise is a hold.
LEAST_DOSE_S = 3.0
# Whose side is not raised for so long stands at ease.
RAISED_S = 5.0


def hold_params(exercise: Exercise) -> HoldParams | None:
    """How a hold of this exercise is found; None when it has none."""
    held = exercise.counting.signal == "none" and exercise.steps == "none" and exercise.hold_s[0] >= LEAST_DOSE_S
    if not held or exercise.posture == "any":
        return None
    return LYING_DOWN if exercise.posture == "side-lying" else STANDING


def target_s(exercise: Exercise) -> float:
    """How long everyone is asked to hold it, s; 0 when that is for each to say."""
    least_s, most_s = exercise.hold_s
    return most_s if least_s == most_s else 0.0
