"""The last minute of pelvis motion, so that a finished repetition or drop can be looked back at."""

from collections import deque

import numpy as np

from hiplevel.model.samples import Floats
from hiplevel.motion.chain import MotionBlock

KEEP_S = 90.0


class History:
    """Blocks of one contiguous stretch; `between` returns one signal over [start_s, end_s]."""

    def __init__(self) -> None:
        self._blocks: deque[MotionBlock] = deque()

    def append(self, block: MotionBlock) -> None:
        """Add the newest block and forget what is older than KEEP_S before it."""
        self._blocks.append(block)
        oldest_s = block.time_s[0] - KEEP_S
        while self._blocks[0].time_s[-1] < oldest_s:
            self._blocks.popleft()

    def clear(self) -> None:
        """Forget everything: a gap."""
        self._blocks.clear()

    def between(self, signal: str, start_s: float, end_s: float) -> Floats:
        """(k,) or (3, k) values of a MotionBlock's field, contiguous, both ends included."""
        parts = []
        for block in self._blocks:
            if block.time_s[-1] < start_s or block.time_s[0] > end_s:
                continue
            first, last = np.searchsorted(block.time_s, (start_s, end_s + 1e-9))
            parts.append(getattr(block, signal)[..., first:last])
        if not parts:
            return np.empty(0)
        return np.ascontiguousarray(np.concatenate(parts, axis=-1))
