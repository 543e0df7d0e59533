"""Sounds that play at the same time, added up; and a metronome that is exact to the sample."""

import threading
from collections import deque

import numpy as np

from hiplevel.cues.tones import RATE_HZ, Sound, beat_tone

MOST = 8  # sounds at once; more than that is noise
LEAST_PERIOD_S = 0.2


class Mixer:
    """`play` from any thread; `render` from the one that feeds the loudspeaker. Neither waits for long."""

    def __init__(self, rate_hz: int = RATE_HZ) -> None:
        self.rate_hz = rate_hz
        self.volume = 0.7
        self.muted = False
        self._lock = threading.Lock()
        self._playing: deque[tuple[Sound, int]] = deque(maxlen=MOST)
        self._beat = beat_tone(rate_hz)
        self._period = 0
        self._next_beat = 0

    def play(self, sound: Sound) -> None:
        """Begin with the next samples."""
        with self._lock:
            self._playing.append((sound, 0))

    def metronome(self, period_s: float | None) -> None:
        """A beat every `period_s` seconds from now on; None for none."""
        with self._lock:
            self._period = 0 if period_s is None else round(max(period_s, LEAST_PERIOD_S) * self.rate_hz)
            self._next_beat = 0

    def silence(self) -> None:
        """Stop what plays."""
        with self._lock:
            self._playing.clear()
            self._period = 0

    def render(self, frames: int) -> Sound:
        """The next `frames` samples, (frames, 2)."""
        out = np.zeros((frames, 2), dtype=np.float32)
        with self._lock:
            self._beats(frames)
            left: list[tuple[Sound, int]] = []
            for sound, at in self._playing:
                start = max(0, -at)
                part = sound[max(at, 0) : max(at, 0) + frames - start] if start < frames else sound[:0]
                out[start : start + len(part)] += part
                if at + frames < len(sound):
                    left.append((sound, at + frames))
            self._playing = deque(left, maxlen=MOST)
        if self.muted:
            return np.zeros_like(out)
        out *= np.float32(self.volume)
        np.clip(out, -1.0, 1.0, out=out)
        return out

    def _beats(self, frames: int) -> None:
        """Beats that fall into these frames; a sound with a negative place begins so many samples later."""
        if not self._period:
            return
        while self._next_beat < frames:
            self._playing.append((self._beat, -self._next_beat))
            self._next_beat += self._period
        self._next_beat -= frames
