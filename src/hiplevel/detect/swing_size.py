"""How large the swings are that counted lately: a way out much shorter is hesitation, a small reversal is no turn."""

from dataclasses import dataclass
from statistics import median

import numpy as np


@dataclass(frozen=True)
class SwingParams:
    """In the signal's unit. out: least way out; reversal: least reversal that is a turn (noise and tremor are less)."""

    out: float
    reversal: float
    longest_s: float
    most: float = np.inf  # nobody goes out further: the rest is drift, and need not come back
    highest: float = -np.inf  # nobody comes home from further in: the rest is drift, and fades
    out_share: float = 0.4  # of the running median swing: less is hesitation, not a repetition
    back_share: float = 0.6  # of the way out: the swing counts only when this much came back
    rest_share: float = 0.4  # or this much, when it stops there: from the drop to level, having begun with the hike
    stopped_share: float = 0.33  # of its size: at rest no further from home a swing is back
    stop_share: float = 0.02  # of the way out within a beat: less is standing, not moving slowly
    reversal_share: float = 0.08
    told: float = 0.75  # of the least reversal, and so much of the way out: it has turned, as far as one can tell
    told_share: float = 0.05
    still_share: float = 0.08  # of the way out within a beat: less is rest
    memory: int = 5  # swings in the running median
    paused_share: float = 0.25  # of the usual swing: at rest so far out one has stopped on the way, not come home
    forget_s: float = 10.0  # after so long without a repetition any size is usual again


class SwingSize:
    """least_out: the way out that makes a swing; usual: their median, 0 if not known; old_s: then all is too old.

    at_home: no further from home one has come home when at rest.
    """

    def __init__(self, params: SwingParams) -> None:
        self._params, self._recent = params, list[float]()
        self.usual, self.least_out, self.at_home, self.old_s = 0.0, params.out, np.inf, np.inf

    def add(self, size: float, known_s: float) -> None:
        """One that counts."""
        self.old_s = known_s + self._params.forget_s
        self._learn([*self._recent[1 - self._params.memory :], size])

    def forget(self) -> None:
        """Any size is usual."""
        self.old_s = np.inf
        self._learn([])

    def reversal(self, way_out: float) -> float:
        """The least that is a turn, on the way back from so far out."""
        return max(self._params.reversal, self._params.reversal_share * (self.usual or way_out))

    def _learn(self, recent: list[float]) -> None:
        # One repetition alone does not tell what is usual: it may have been getting into position.
        self._recent, self.usual = recent, median(recent) if len(recent) > 1 else 0.0
        self.least_out = max(self._params.out, self._params.out_share * self.usual)
        self.at_home = self._params.paused_share * self.usual or np.inf
