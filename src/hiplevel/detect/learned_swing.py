"""One repetition along a learned course."""

from typing import NamedTuple


class LearnedSwing(NamedTuple):
    """Frames at which a repetition began, turned and ended; size_m: how large it was, (out + back) / 2.

    sure: whether it is known that it turns there, and is not at home. cut: whether the recording ended within it.
    """

    start: int
    turn: int
    end: int
    size_m: float
    sure: bool
    cut: bool = False
