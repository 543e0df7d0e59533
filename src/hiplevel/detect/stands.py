"""Resting where one stands while a swing is out: it left from further in, as far as a height swings after a way up."""

import numpy as np

from hiplevel.detect.swing_size import SwingParams
from hiplevel.motion.stillness import BEAT_S

REST_S = 2.0  # who stops on the way out, so near to where he stood, is on the way again sooner


class Stands:
    """`for_long` is asked at beats."""

    def __init__(self, params: SwingParams) -> None:
        self._near, self._still = params.highest + params.out, params.still_share * params.out
        self.restart()

    def restart(self) -> None:
        """Nothing is known of any rest."""
        self._since_s = self._until_s = -np.inf

    def for_long(self, value: float, when_s: float, span: float) -> bool:
        """Whether it has been resting there for so long, at a beat that ends at this value and moved by span."""
        if value >= self._near or span > self._still:
            return False
        if when_s - self._until_s > 1.5 * BEAT_S:
            self._since_s = when_s - BEAT_S
        self._until_s = when_s
        return when_s - self._since_s > REST_S - 0.5 * BEAT_S
