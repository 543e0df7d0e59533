"""Upright or lying, and the neutral of each posture: taken anew whenever the body has lain down and is still."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from hiplevel.model.samples import Floats
from hiplevel.motion.frame import obliquity_rad
from hiplevel.motion.rest import Beats

AXIS_SHARE = 0.8  # of the vertical along an axis: within 37 degrees of it
UPRIGHT_SHARE = 0.5  # a deep hinge is still upright
TURNED_BEATS = 4  # a posture held for a second is a posture
STILL_BEATS = 4
STILL_RAD = np.radians(1.0)  # between two beats of a still second


class Posture(StrEnum):
    """How the body lies in gravity; which side it lies on."""

    UPRIGHT = "upright"
    LEFT_SIDE = "side-lying-left"
    RIGHT_SIDE = "side-lying-right"
    SUPINE = "supine"


# Before a still moment in a posture: what the angle would be, lying exactly so.
ASSUMED_RAD = {
    Posture.UPRIGHT: 0.0,
    Posture.LEFT_SIDE: -0.5 * np.pi,
    Posture.RIGHT_SIDE: 0.5 * np.pi,
    Posture.SUPINE: 0.0,
}


@dataclass(frozen=True)
class Change:
    """After this row another posture or another neutral holds; `sure` when the neutral came from stillness."""

    row: int
    posture: Posture
    neutral_rad: float
    sure: bool


class PostureTracker:
    """Follows the posture from the vertical in the pelvis frame, judged at the ends of beats."""

    def __init__(self) -> None:
        self.posture = Posture.UPRIGHT
        self.neutral_rad = 0.0
        self._candidate: Posture | None = None
        self._lasted = 0
        self._waiting = False
        self._still: list[float] = []

    def begin(self, up: Floats) -> None:
        """Start in the posture of this vertical (3,), whose neutral is still to come when it is not upright."""
        self.posture = classify(up) or Posture.UPRIGHT
        self.neutral_rad = ASSUMED_RAD[self.posture]
        self._waiting = self.posture is not Posture.UPRIGHT

    def ask(self) -> None:
        """Look for the neutral of this posture anew, when it is not upright."""
        self._waiting, self._still = self.posture is not Posture.UPRIGHT, []

    def process(self, up: Floats, beats: Beats, gravity_m_s2: float) -> list[Change]:
        """Changes within a block, from the vertical (3, m) in the pelvis frame.

        The neutral comes from what the accelerometer reads in the still second: just after lying down the vertical is
        still off by what the gyroscope's scale made of so wide a turn, and would be right only later.
        """
        if not beats.rows:
            return []
        ends = up[:, beats.ends]
        usual = self.posture is Posture.UPRIGHT and self._candidate is None
        if usual and not np.any((np.abs(ends[1]) > AXIS_SHARE) | (ends[0] > AXIS_SHARE)):
            return []
        out: list[Change] = []
        read = ends + beats.pull_m_s2 / gravity_m_s2
        for row, calm, vertical, pulled in zip(beats.rows, beats.calm, ends.T.tolist(), read.T, strict=True):
            if self._turned(classify(vertical)):
                out.append(Change(row, self.posture, self.neutral_rad, not self._waiting))
            elif self._waiting and self._found(pulled, calm):
                out.append(Change(row, self.posture, self.neutral_rad, sure=True))
        return out

    def _turned(self, seen: Posture | None) -> bool:
        if seen is None or seen is self.posture:
            self._candidate, self._lasted = None, 0
            return False
        self._lasted = self._lasted + 1 if seen is self._candidate else 1
        self._candidate = seen
        if self._lasted < TURNED_BEATS:
            return False
        self.posture, self.neutral_rad = seen, ASSUMED_RAD[seen]
        self._candidate, self._lasted, self._still = None, 0, []
        self._waiting = seen is not Posture.UPRIGHT
        return True

    def _found(self, pulled: Floats, calm: bool) -> bool:
        angle = float(frontal_rad(self.posture, pulled[:, None] / max(float(np.linalg.norm(pulled)), 1e-9))[0])
        if not calm or (self._still and abs(angle - self._still[-1]) > STILL_RAD):
            self._still = []
            return False
        self._still.append(angle)
        if len(self._still) < STILL_BEATS:
            return False
        self.neutral_rad, self._waiting, self._still = sum(self._still) / len(self._still), False, []
        return True


def classify(up: Floats | list[float]) -> Posture | None:
    """The posture of a vertical (3,) in the pelvis frame; None on the way from one to another, and face down."""
    if up[2] > UPRIGHT_SHARE:
        return Posture.UPRIGHT
    if up[1] < -AXIS_SHARE:
        return Posture.LEFT_SIDE
    if up[1] > AXIS_SHARE:
        return Posture.RIGHT_SIDE
    return Posture.SUPINE if up[0] > AXIS_SHARE else None


def frontal_rad(posture: Posture, up: Floats) -> Floats:
    """The pelvis' frontal angle (m,) from the vertical (3, m) in its frame; + = left side up, or towards the head.

    Lying on the side the left-right axis is vertical, its elevation says nothing: there it is the angle about the
    forward axis, which is level.
    """
    if posture in (Posture.LEFT_SIDE, Posture.RIGHT_SIDE):
        return np.asarray(np.arctan2(up[1], up[2]))
    return obliquity_rad(up)


def roll_rad(posture: Posture, up: Floats) -> Floats:
    """How far a pelvis that lies on its side is rolled back about its long axis, (m,); 0 in other postures."""
    if posture in (Posture.LEFT_SIDE, Posture.RIGHT_SIDE):
        return np.asarray(np.arctan2(up[0], np.abs(up[1])))
    return np.zeros(up.shape[1])
