"""The sounds, rendered once: which side by pitch and by ear, nothing that startles."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Sound = NDArray[np.float32]  # (n, 2): left ear, right ear, within -1 to 1

RATE_HZ = 44_100
# The left side low is the lower tone, a fifth below that of the right.
DROP_HZ = {"left": 523.25, "right": 783.99}
DROP_S = 0.18
FAR_EAR = 0.15  # how much of a side's tone the other ear hears: with one loudspeaker nothing is lost
TICK_HZ, TICK_S = 1568.0, 0.025
BEAT_HZ, BEAT_S = 880.0, 0.030
DONE_HZ, DONE_S = (523.25, 659.25, 783.99), 0.12
READY_HZ, READY_S = (659.25, 880.0), 0.15
ATTACK_S = 0.008
WORD_PEAK = 0.7  # as loud as the tones


def drop_tone(side: str) -> Sound:
    """`side` has fallen too far."""
    tone = _tone(DROP_HZ[side], DROP_S) + 0.25 * _tone(2.0 * DROP_HZ[side], DROP_S)
    near = (0.8 * tone).astype(np.float32)
    far = (FAR_EAR * near).astype(np.float32)
    return _stereo(near, far) if side == "left" else _stereo(far, near)


def tick_tone() -> Sound:
    """A repetition counts."""
    return _both(0.35 * _tone(TICK_HZ, TICK_S))


def beat_tone(*, first: bool = True) -> Sound:
    """A beat of the metronome: where a repetition begins, or a lower one within it."""
    return _both(0.3 * _tone(BEAT_HZ if first else 0.75 * BEAT_HZ, BEAT_S))


def done_tone() -> Sound:
    """The set is done."""
    return _both(np.concatenate([0.5 * _tone(hz, DONE_S) for hz in DONE_HZ]))


def missed_tone() -> Sound:
    """The set is done, and not every repetition stayed within the limit."""
    return _both(np.concatenate([0.5 * _tone(hz, DONE_S) for hz in reversed(DONE_HZ)]))


def ready_tone() -> Sound:
    """The rest is over, or the level is taken: go on."""
    return _both(np.concatenate([0.5 * _tone(hz, READY_S) for hz in READY_HZ]))


def from_mono(samples: Sequence[float] | NDArray[np.float32]) -> Sound:
    """Spoken words for both ears."""
    mono = np.asarray(samples, dtype=np.float32)
    most = float(np.abs(mono).max()) if len(mono) else 0.0
    return _both(mono if most == 0.0 else mono * (WORD_PEAK / most))


def _tone(hz: float, seconds: float) -> NDArray[np.float32]:
    """A sine that comes and goes softly: without clicks."""
    time_s = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    attack = np.clip(time_s / ATTACK_S, 0.0, 1.0)
    release = np.clip((seconds - time_s) / (0.5 * seconds), 0.0, 1.0)
    return (np.sin(2.0 * np.pi * hz * time_s) * attack * release).astype(np.float32)


def _stereo(left: NDArray[np.float32], right: NDArray[np.float32]) -> Sound:
    return np.column_stack([left, right]).astype(np.float32)


def _both(mono: NDArray[np.float32]) -> Sound:
    return _stereo(mono, mono)
