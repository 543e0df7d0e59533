"""The last minutes of frames, numbered since the stretch began, so that a rhythm can be traced back to its onset."""

import numpy as np

from hiplevel.detect.learned_frames import FRAME_HZ, LEVER_M, Frames
from hiplevel.model.samples import Floats
from hiplevel.motion.frame import dot

KEPT = round(90.0 * FRAME_HZ)
_CAPACITY = 4 * KEPT


class Track:
    """Keeps one contiguous stretch: time, six velocities, how lively each frame's beat was, and how much moved so far.

    Frames are added a block at a time and come to be known a beat at a time: what lies between `end` and `ahead` is
    there to be prepared, but nothing may be said of it yet.
    """

    def __init__(self) -> None:
        # Time, velocities, turn, shake, the running sums of the velocities' squares and of how far the body turned,
        # and how it turned.
        self._rows = np.empty((14, _CAPACITY))
        self._first = 0  # frame number of the oldest column
        self.end = 0  # the number of the next frame that is not known yet
        self.ahead = 0  # the number of the next frame that is not there yet
        self.begins = 0  # of the stretch
        self.begins_s = -np.inf

    def restart(self) -> None:
        """A gap: what comes is numbered on, but nothing before it is remembered."""
        self._first = self.begins = self.end = self.ahead

    @property
    def first(self) -> int:
        """The oldest frame that is remembered."""
        return max(self.begins, self.end - KEPT)

    def append(self, frames: Frames) -> list[int]:
        """Add the frames of whole beats, each with its liveliness; the number of the frame after each beat."""
        k = len(frames.time_s)
        if self.ahead - self._first + k > self._rows.shape[1]:
            self._make_room(k)
        rows = self._rows[:, self.ahead - self._first :][:, :k]
        lengths = np.diff(frames.ends, prepend=0)
        rows[0], rows[1:7], rows[11:] = frames.time_s, frames.velocity_m_s, frames.turned_rad
        rows[7], rows[8] = np.repeat(frames.turn_rad2_s2, lengths), np.repeat(frames.shake_m2_s4, lengths)
        if k:
            added = rows[9:11]
            np.add.reduce(frames.velocity_m_s * frames.velocity_m_s, axis=0, out=added[0])
            np.sqrt(dot(frames.turned_rad, frames.turned_rad), out=added[1])
            if self.ahead > self._first:
                added[:, 0] += self._rows[9:11, self.ahead - self._first - 1]
            np.add.accumulate(added, axis=1, out=added)
        if k and self.ahead == self.begins:
            self.begins_s = float(frames.time_s[0])
        ends = [self.ahead + end for end in frames.ends]
        self.ahead += k
        return ends

    def time_s(self, frame: int) -> float:
        """When this frame was, s."""
        return float(self._rows[0, frame - self._first])

    def velocity_m_s(self, first: int, end: int) -> Floats:
        """(6, n) of frames [first, end)."""
        return self._rows[1:7, first - self._first : end - self._first]

    def turned_rad(self, first: int, end: int) -> Floats:
        """(3, n) of frames [first, end): how the body turned within each."""
        return self._rows[11:, first - self._first : end - self._first]

    def most_turned_rad(self, first: int, end: int) -> float:
        """No turn from how the body lay at frame `first` to how it lay at `end` is larger: all, whichever way."""
        upto: float = self._rows.item(10, end - self._first)
        return upto - self._rows.item(10, first - self._first)

    def moved_m2_s2(self, first: int, end: int) -> float:
        """Of frames [first, end): all velocities' squares, summed up."""
        item, before = self._rows.item, first - self._first - 1
        upto: float = item(9, end - self._first - 1)
        return upto - item(9, before) if before >= 0 else upto

    def shake_m2_s4(self, first: int, end: int) -> Floats:
        """(n,): variance of the acceleration in the beats of frames [first, end)."""
        return self._rows[8, first - self._first : end - self._first]

    def liveliness_m2_s2(self, first: int, end: int, period: float) -> Floats:
        """(n,): how fast the body turns and, were it shaken once a period, travels; squared."""
        turn, shake = self._rows[7:9, first - self._first : end - self._first]
        seconds = period / FRAME_HZ / (2.0 * np.pi)
        return np.asarray(LEVER_M**2 * turn + seconds**2 * shake)

    def _make_room(self, k: int) -> None:
        keep = min(KEPT, self.ahead - self._first)
        kept = self._rows[:, self.ahead - self._first - keep : self.ahead - self._first].copy()
        if keep + k > self._rows.shape[1]:
            self._rows = np.empty((14, keep + k))
        self._rows[:, :keep] = kept
        self._first = self.ahead - keep
