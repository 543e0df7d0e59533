"""The last minute of pelvis motion, so that a finished repetition or drop can be looked back at."""

from collections import deque

from hiplevel.motion.block import MotionBlock
from hiplevel.motion.grid import STAMP_TOLERANCE_S

KEEP_S = 90.0


class History:
    """Blocks of one contiguous stretch; `between` returns the cells of a span."""

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

    def between(self, start_s: float, end_s: float) -> MotionBlock | None:
        """The cells in [start_s, end_s], both ends included; None when there are none."""
        parts = []
        for block in self._blocks:
            if block.time_s[-1] >= start_s and block.time_s[0] <= end_s:
                first, last = block.time_s.searchsorted((start_s, end_s + STAMP_TOLERANCE_S))
                if last > first:
                    parts.append(block[first:last])
        return parts[0].followed_by(parts[1:]) if len(parts) > 1 else parts[0] if parts else None
