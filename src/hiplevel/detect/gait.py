"""What a way of moving looks like at the pelvis: the constants by which steps are found."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.signal import butter, sosfreqz

from hiplevel.model.samples import Floats
from hiplevel.motion.grid import GRID_HZ


@dataclass(frozen=True)
class GaitParams:
    """How steps of one exercise are told from everything else.

    Attributes
    ----------
    band_hz : (lowest, highest) frequency of vertical velocity that is looked at
    rise_m_s : the pelvis gains at least this much upward velocity in a step
    rise_share : and at least this share of what it usually gains
    known_share : or, while steps are being made, this share of it, where that is less than rise_m_s
    first_share : the first contact of a bout needs this share; less is the body getting under way
    least : rise and evidence of a side, each as a share of the usual and at most 1, sum to at least this
    step_s : (shortest, longest) time between two contacts
    bout : so many steps in a row are walking; fewer are shuffling about
    contact_s : the middle of the rise comes this long after the contact
    usual_step_s : time between contacts until it is known; the filter's delay is that of such steps
    before, after : the single supports before and after the contact, in steps from it; the body is pushed from the
        foot that stands, so lateral acceleration, and the turn of the pelvis, change sign between them
    roll : span around the contact in which the side of the new stance leg rises, in steps
    per_acc, per_roll, per_yaw : log-odds of the side for 1 m/s2, 1 rad/s, 1 rad/s
    levels : that of roll holds for `usual_step_s`: a side that fell comes level however slow the step, so how far it
        rises is what tells, not how fast
    aside : what a clip beside the middle goes up and down by rolling is taken off; in walking it is little
    fall_share : before it rises the pelvis sinks, at least so fast as a share of the speed gained: a body that
        lands. From standing, lifting the first foot raises it without; -inf: not asked for
    odds : the evidence of a bout's contacts takes turns by so much on average; that of squats does not
    odds_kept : this share of `odds` while steps are being made
    in_time : by so much, as a share of the usual time, a contact may come early or late to be the next one that is due.
        Such a one is a step though it shows weakly: who holds the pelvis level lists little; and though the pelvis
        hardly sinks before it
    even_s, even_share : or the contacts come evenly, no further apart than this, and by this share further than the
        closest two: then it is a bout even where the clip hardly shows the sides
    alternate : probability that the next contact is the other foot's
    """

    band_hz: tuple[float, float] = (0.5, 3.5)
    rise_m_s: float = 0.06
    rise_share: float = 0.15
    known_share: float = np.inf
    first_share: float = 0.35
    least: float = 0.5
    step_s: tuple[float, float] = (0.25, 1.5)
    bout: int = 4
    contact_s: float = 0.07
    usual_step_s: float = 0.55
    before: tuple[float, float] = (-0.60, -0.15)
    after: tuple[float, float] = (0.35, 0.75)
    roll: tuple[float, float] = (-0.1, 0.4)
    per_acc: float = 4.0
    per_roll: float = 6.0
    per_yaw: float = 1.0
    levels: bool = False
    aside: bool = False
    fall_share: float = -np.inf
    odds: float = 1.5
    odds_kept: float = 1.0
    in_time: float = 0.0
    even_s: float = 0.8
    even_share: float = 0.4
    alternate: float = 0.97


WALKING = GaitParams()
RUNNING = GaitParams(
    band_hz=(0.5, 6.0),
    rise_m_s=0.3,
    step_s=(0.2, 0.8),
    usual_step_s=0.36,
    contact_s=0.13,
    before=(-0.95, -0.35),
    after=(0.05, 0.65),
    roll=(-0.1, 0.35),
)
SIDESTEP = GaitParams(
    band_hz=(0.3, 2.5),  # steps of 0.7 to 1.5 s: the slowest must not be damped
    rise_m_s=0.04,
    step_s=(0.4, 2.0),
    bout=3,
    even_s=0.0,
    least=1.2,
    contact_s=0.18,
    usual_step_s=0.85,
    roll=(-0.3, 0.25),
    per_acc=0.0,
    per_roll=21.0,
    levels=True,
    aside=True,
    fall_share=0.25,
    per_yaw=0.0,
    odds_kept=0.5,
    known_share=0.6,
    in_time=0.3,
    alternate=0.8,
)
GAITS: dict[str, GaitParams] = {"walking": WALKING, "running": RUNNING, "sideways": SIDESTEP}


@cache
def velocity_filter(band_hz: tuple[float, float]) -> Floats:
    """Sections (k, 6) that turn vertical acceleration into band-limited vertical velocity in the same units x s."""
    low, high = band_hz
    leak = butter(1, low, fs=GRID_HZ, output="sos")
    leak[:, :3] /= 2.0 * np.pi * low
    parts = [butter(2, low, "high", fs=GRID_HZ, output="sos"), leak, butter(2, high, fs=GRID_HZ, output="sos")]
    return np.concatenate(parts)


def delay_s(sections: Floats, step_s: float) -> float:
    """By how much the filter shifts the rise of one step in `step_s`; vertical velocity itself would not be shifted."""
    cycles = np.array([1.0 / step_s])
    gain = sosfreqz(sections, worN=cycles, fs=GRID_HZ)[1] * (2j * np.pi * cycles)
    return float(-np.angle(gain)[0] / (2.0 * np.pi) * step_s)
