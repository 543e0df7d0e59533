"""Cells to pelvis motion: attitude, angles, height, rest and posture of one uninterrupted stretch."""

from collections.abc import Iterable, Iterator

import numpy as np

from hiplevel.model.events import Note, Rezero
from hiplevel.model.samples import Floats
from hiplevel.motion.agreement import AgreementWatch, Doubt, told_of
from hiplevel.motion.block import Break, Item, MotionBlock
from hiplevel.motion.frame import GRAVITY_M_S2, carried, dot, rotated, tilt_rad
from hiplevel.motion.grid import Cells
from hiplevel.motion.height import Height
from hiplevel.motion.late import Stand
from hiplevel.motion.missed import Missed
from hiplevel.motion.orientation import Attitude, Orientation
from hiplevel.motion.posture import STILL_BEATS, Change, Posture, PostureTracker, frontal_rad, roll_rad
from hiplevel.motion.rattle import RattleWatch, rattles
from hiplevel.motion.rest import Beats, Rest
from hiplevel.motion.slip import SlipWatch, slipped
from hiplevel.motion.stillness import BEAT_S
from hiplevel.motion.uncertainty import Uncertainty

# The filter inside any sensor makes what it reads late, most by more than this; one that gives the mean rate since the
# sample before is late by half an interval.
LATE_S = 0.0015
LYING = {
    Posture.LEFT_SIDE: "Lying on the left side",
    Posture.RIGHT_SIDE: "Lying on the right side",
    Posture.SUPINE: "Lying on the back",
}


class Body:
    """The pelvis in its own frame; `matrix` turns sensor vectors into it."""

    def __init__(self, matrix: Floats, turned_rad: float) -> None:
        """`turned_rad`: how far the matrix may be turned about the vertical, one sigma."""
        self.matrix = matrix
        self._uncertainty = Uncertainty(turned_rad)
        self.gravity_m_s2 = GRAVITY_M_S2
        self.orientation = Orientation()
        self._height, self._rest, self._posture = Height(), Rest(), PostureTracker()
        self._slip, self._rattle, self._agreement = SlipWatch(), RattleWatch(), AgreementWatch()
        self._sure = True
        self._missed: list[Missed] = []

    def miss(self, missed: Iterable[Missed]) -> None:
        """Turns that the gyroscope did not measure, before the cells that come after them."""
        self._missed += missed

    def begin(self, cells: Cells, rows: slice, *, still: bool, relative: bool) -> None:
        """Find the attitude at the start of these cells, from the gravity in some of them, and the posture.

        still: whether those were at rest; relative: whether the neutral is taken there too.
        """
        gravity = self.orientation.gravity(cells, rows)
        self.orientation.begin(gravity.up, self.gravity_m_s2, still=still)
        self._uncertainty.begin(still=still, relative=relative, tau_s=self.orientation.tau_s)
        self._height.restart()
        self._rest.restart()
        if self._posture.posture is Posture.UPRIGHT:
            self._posture.begin(self.matrix @ gravity.up)
            self._sure = self._posture.posture is Posture.UPRIGHT

    def stood(self, stand: Stand, *, first: bool, relative: bool) -> None:
        """Take attitude, bias and gravity from a still second that has just passed; and the neutral, when relative.

        first: the start had none.
        """
        self.orientation.rested(stand.rate_rad_s, stand.rate_sigma_rad_s, first=first)
        self.orientation.begin(stand.up)
        self.gravity_m_s2 = stand.gravity_m_s2
        self._uncertainty.begin(still=True, relative=relative, tau_s=self.orientation.tau_s)
        self._height.restart()
        if relative:
            self._slip.restart()

    def hung(self, by_rad: float) -> None:
        """How far one side hung, by the calibration, where the neutral was taken."""
        self._uncertainty.hung(by_rad)

    def doubt_level(self, by_rad: float) -> None:
        """The body is still so far from a level that was assumed."""
        self._uncertainty.doubt_level(by_rad)

    @property
    def lying(self) -> bool:
        """Whether the posture is any but upright."""
        return self._posture.posture is not Posture.UPRIGHT

    def lie_anew(self) -> None:
        """Take the neutral of this lying posture at its next still second."""
        self._posture.ask()

    def interrupt(self) -> None:
        """A gap: beats begin anew after it."""
        self._rest.restart()
        self._slip.interrupt()
        self._rattle.interrupt()
        self._agreement.interrupt()

    def ride(self, cells: Cells) -> None:
        """Go through cells that are only guessed: nothing is given out."""
        attitude, up, _, acc = self._attitude(cells)
        self._height.process(dot(acc, up))
        self._sigma(cells.time_s, acc, up, attitude)

    def process(self, cells: Cells) -> list[Item]:
        """The motion of these cells, cut where posture or neutral change.

        Raises
        ------
        InputError
            with reason UNITS when the gyroscope cannot be in rad/s.
        """
        attitude, up, rate, acc = self._attitude(cells)
        height = self._height.process(dot(acc, up))
        beats = self._rest.process(rate, acc)
        posture, neutral_rad, sure = self._posture.posture, self._posture.neutral_rad, self._sure
        changes = self._posture.process(up, beats, self.gravity_m_s2)
        tilt, out, first = tilt_rad(up), list[Item](), 0
        sigma = self._sigma(cells.time_s, acc, up, attitude)
        ends: list[tuple[int, Change | Note | Doubt | None]] = [(change.row + 1, change) for change in changes]
        believed = self._agreement.doubt is None
        doubted = self._agreement.process(cells, self.gravity_m_s2)
        if doubted is not None:
            ends.append((doubted + 1, self._agreement.doubt))
        loose = self._rattle.process(cells.time_s, acc, beats)
        ends += [(row + 1, rattles(float(cells.time_s[row]))) for row in loose]
        if beats.rows:
            ends += self._slips(cells.time_s, up, beats, posture, changes)
        ends.sort(key=lambda end: end[0])
        for end, change in [*ends, (len(cells.time_s), None)]:
            part = slice(first, end)
            if end > first:
                angle = frontal_rad(posture, up[:, part]) - neutral_rad
                series = (angle, tilt[part], sigma[0, part], sigma[1, part], height[part])
                vectors = (rate[:, part], acc[:, part], up[:, part])
                roll, within = roll_rad(posture, up[:, part]), beats.within(part)
                out.append(MotionBlock(cells.time_s[part], *series, *vectors, roll, within, sure and believed, posture))
            if isinstance(change, Note):
                out.append(change)
            elif isinstance(change, Doubt):
                believed = False
                out += told_of(change, float(cells.time_s[end - 1]))
            elif change is not None:
                posture, neutral_rad, sure = change.posture, change.neutral_rad, change.sure
                out += _told(change, float(cells.time_s[change.row]))
            first = end
        self._sure = sure
        return out

    def _sigma(self, time_s: Floats, acc_m_s2: Floats, up: Floats, attitude: Attitude) -> Floats:
        """Of obliquity and tilt (2, m), rad."""
        while self._missed and self._missed[0].known_s <= time_s[-1]:
            missed = self._missed.pop(0)
            about = np.square(self.matrix[:, missed.axis]) * missed.variance_rad2
            self._uncertainty.miss(missed.known_s, about)
        return self._uncertainty.process(time_s, acc_m_s2, up, attitude.sigma_rad, attitude.adrift)

    def _slips(
        self, time_s: Floats, up: Floats, beats: Beats, posture: Posture, changes: list[Change]
    ) -> list[tuple[int, Note]]:
        """Where the clip has slipped, told after which row; `posture` is that of the first."""
        out: list[tuple[int, Note]] = []
        first = 0
        for last, after in [*((change.row, change.posture) for change in changes), (len(time_s) - 1, posture)]:
            if posture is Posture.UPRIGHT:
                found = self._slip.process(up[:, first : last + 1], beats.within(slice(first, last + 1)))
                for row, *by in found:
                    out.append((first + row + 1, slipped(float(time_s[first + row]), *by)))
            else:
                self._slip.interrupt()
            first, posture = last + 1, after
        return out

    def _attitude(self, cells: Cells) -> tuple[Attitude, Floats, Floats, Floats]:
        """In the sensor's frame; and up, rate and acceleration without gravity in the pelvis frame, (3, m) each."""
        attitude = self.orientation.process(cells)
        up, rate = rotated(self.matrix, attitude.up), rotated(self.matrix, attitude.rate_rad_s)
        acc = rotated(self.matrix, cells.rows[:3])
        acc -= self.gravity_m_s2 * up
        return attitude, carried(up, rate, LATE_S), rate, acc


def _told(change: Change, time_s: float) -> Iterator[Item]:
    yield Break(time_s)
    if change.posture is Posture.UPRIGHT:
        yield Note(time_s, "Upright again: the standing level holds.", "posture", known_s=time_s)
    elif change.sure:
        offset_deg = float(np.degrees(change.neutral_rad))
        start_s = time_s - STILL_BEATS * BEAT_S
        yield Rezero(start_s, time_s, offset_deg, source=change.posture.value, known_s=time_s)
    else:
        text = f"{LYING[change.posture]}: lie still for three seconds, so that the level is taken anew."
        yield Note(time_s, text, "lie-still", known_s=time_s)
