"""Sounds that play at the same time, added up; and a metronome that is exact to the sample."""

import threading
from collections import deque
from collections.abc import Sequence

import numpy as np

from hiplevel.cues.tones import RATE_HZ, Sound, beat_tone

MOST = 8  # sounds at once; more than that is noise


class Mixer:
    """`play` from any thread; `render` from the one that feeds the loudspeaker. Neither waits for long."""

    def __init__(self) -> None:
        self.volume = 0.7
        self.muted = False
        self._lock = threading.Lock()
        self._playing: deque[tuple[Sound, int]] = deque(maxlen=MOST)
        self.beating = True
        self._beats: list[tuple[int, Sound]] = []
        self._period = 0
        self._at = 0

    def play(self, sound: Sound) -> None:
        """Begin with the next samples."""
        with self._lock:
            self._playing.append((sound, 0))

    def metronome(self, rep_s: float, phases_s: Sequence[float] = (0.0,), delay_s: float = 0.0) -> None:
        """From delay_s on, for ever: a beat at each of phases_s of every repetition of rep_s; rep_s 0 ends it.

        The first phase of a repetition is higher. While `beating` is False it goes on unheard, and stays in step.
        """
        with self._lock:
            self._period = round(rep_s * RATE_HZ)
            tones = [beat_tone(first=place == 0) for place in range(len(phases_s))]
            places = [round(at_s * RATE_HZ) for at_s in phases_s]
            self._beats = list(zip(places, tones, strict=True))
            self._at = -round(delay_s * RATE_HZ)

    def render(self, frames: int) -> Sound:
        """The next `frames` samples, (frames, 2)."""
        out = np.zeros((frames, 2), dtype=np.float32)
        with self._lock:
            self._add_beats(frames)
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

    def _add_beats(self, frames: int) -> None:
        """Beats that fall into these frames; a sound with a negative place begins so many samples later."""
        if not self._period:
            return
        first, last = self._at, self._at + frames
        for place, tone in self._beats:
            repetition = max(0, -(-(first - place) // self._period))
            while (begins := place + repetition * self._period) < last:
                if self.beating:
                    self._playing.append((tone, first - begins))
                repetition += 1
        self._at = last
