"""The last minute of frames, numbered since the stretch began, so that a rhythm can be traced back to its onset."""

import numpy as np

from hiplevel.detect.learned_frames import FRAME_HZ, LEVER_M, Frames
from hiplevel.model.samples import Floats

KEPT = round(45.0 * FRAME_HZ)
_CAPACITY = 4 * KEPT


class Track:
    """Keeps one contiguous stretch: time, six velocities, and how lively each frame's beat was."""

    def __init__(self) -> None:
        self._rows = np.empty((9, _CAPACITY))  # time, velocities, turn, shake
        self._first = self._end = 0  # frame numbers
        self.begins = 0  # of the stretch
        self.begins_s = -np.inf

    def restart(self) -> None:
        """A gap: what comes is numbered on, but nothing before it is remembered."""
        self._first = self.begins = self._end

    @property
    def end(self) -> int:
        """The number of the next frame."""
        return self._end

    @property
    def first(self) -> int:
        """The oldest frame that is remembered."""
        return self._first

    def append(self, frames: Frames, beat: int) -> None:
        """Add the frames of one beat; each has its liveliness."""
        first, end = frames.ends[beat - 1] if beat else 0, frames.ends[beat]
        k = end - first
        if self._end - self._first + k > self._rows.shape[1]:
            self._make_room(k)
        at = self._end - self._first
        rows = self._rows[:, at : at + k]
        rows[0], rows[1:7] = frames.time_s[first:end], frames.velocity_m_s[:, first:end]
        rows[7], rows[8] = frames.turn_rad2_s2[beat], frames.shake_m2_s4[beat]
        if k and self._end == self.begins:
            self.begins_s = float(frames.time_s[first])
        self._end += k

    def time_s(self, frame: int) -> float:
        """When this frame was, s."""
        return float(self._rows[0, frame - self._first])

    def velocity_m_s(self, first: int, end: int) -> Floats:
        """(6, n) of frames [first, end)."""
        return self._rows[1:7, first - self._first : end - self._first]

    def shake_m2_s4(self, first: int, end: int) -> Floats:
        """(n,): variance of the acceleration in the beats of frames [first, end)."""
        return self._rows[8, first - self._first : end - self._first]

    def liveliness_m2_s2(self, first: int, end: int, period: float) -> Floats:
        """(n,): how fast the body turns and, were it shaken once a period, travels; squared."""
        turn, shake = self._rows[7:9, first - self._first : end - self._first]
        seconds = period / FRAME_HZ / (2.0 * np.pi)
        return np.asarray(LEVER_M**2 * turn + seconds**2 * shake)

    def _make_room(self, k: int) -> None:
        keep = min(KEPT, self._end - self._first)
        kept = self._rows[:, self._end - self._first - keep : self._end - self._first].copy()
        if keep + k > self._rows.shape[1]:
            self._rows = np.empty((9, keep + k))
        self._rows[:, :keep] = kept
        self._first = self._end - keep
