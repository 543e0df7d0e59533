"""From notifications to whole packets: continuation parts joined, byte streams cut at their sync pattern."""

from collections.abc import Callable
from typing import NamedTuple, Protocol

from hiplevel.sensors.decode.types import JOIN, SYNC
from hiplevel.sensors.spec.packet import Join, Stream

LONGEST = 1024


class Complaint(NamedTuple):
    """Bytes that were given up."""

    reason: str
    sentence: str


class Assembler(Protocol):
    """Takes notifications in order, gives whole packets."""

    def take(self, payload: bytes) -> tuple[list[bytes], list[Complaint]]:
        """The packets that this notification completes, and what had to be given up."""


class Joiner:
    """Continuation packets: a first part whose length does not fit waits for those that follow."""

    def __init__(self, join: Join, *, is_begun: Callable[[bytes], bool]) -> None:
        self._join = join
        self._is_begun = is_begun
        self._begun = b""

    def take(self, payload: bytes) -> tuple[list[bytes], list[Complaint]]:
        """See Assembler."""
        if all(when.holds(payload) for when in self._join.next):
            return self._continue(payload)
        complaints = []
        if self._begun:
            complaints.append(Complaint(JOIN, f"The rest of a packet of {len(self._begun)} bytes never came."))
        begun = self._is_begun(payload)
        self._begun = payload if begun else b""
        return ([] if begun else [payload]), complaints

    def _continue(self, payload: bytes) -> tuple[list[bytes], list[Complaint]]:
        if not self._begun:
            sentence = f"A continuation of {len(payload)} bytes came without the packet it belongs to."
            return [], [Complaint(JOIN, sentence)]
        joined = self._begun + payload[self._join.skip :]
        self._begun = b""
        if self._is_begun(joined):
            if len(joined) > LONGEST:
                return [], [Complaint(JOIN, f"A packet of {len(joined)} bytes and no end was given up.")]
            self._begun = joined
            return [], []
        return [joined], []


class Cutter:
    """A byte stream: while in step the next frame begins where the last ended, else a sync pattern is searched.

    A frame counts only if another begins where it ends, or the bytes end there: what looks like a sync pattern may be
    data, and a frame that lost bytes runs into the next. Of several, one at the start of a notification is taken first.
    """

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._bytes = b""
        self._starts: list[int] = []
        self._in_step = False

    def take(self, payload: bytes) -> tuple[list[bytes], list[Complaint]]:
        """See Assembler."""
        self._starts.append(len(self._bytes))
        self._bytes += payload
        frames: list[bytes] = []
        complaints: list[Complaint] = []
        at, size = 0, self._stream.size
        while at < len(self._bytes):
            if self._in_step and self._begins(at) and self._begins(at + size):
                if at + size > len(self._bytes):
                    break
                frames.append(self._bytes[at : at + size])
                at += size
                continue
            found = self._search(at)
            if found > at:
                complaints.append(Complaint(SYNC, f"{found - at} bytes were skipped that begin no frame."))
            at = found
            if not self._in_step:
                break
        self._bytes = self._bytes[at:]
        self._starts = [start - at for start in self._starts if start >= at]
        return frames, complaints

    def _begins(self, at: int) -> bool:
        """Whether what is there of a frame at `at` agrees with the sync pattern."""
        here = self._bytes[at : at + len(self._stream.sync.allowed)]
        return all(not allowed or b in allowed for b, allowed in zip(here, self._stream.sync.allowed, strict=False))

    def _search(self, at: int) -> int:
        """Where the next frame begins (then in step), or from where on it may still begin."""
        size, end = self._stream.size, len(self._bytes)
        sure = [p for p in range(at, end - size + 1) if self._begins(p) and self._begins(p + size)]
        self._in_step = bool(sure)
        if sure:
            near = [p for p in sure if p < sure[0] + size]
            return next((p for p in near if p in self._starts), near[0])
        return next((p for p in range(max(at, end - size + 1), end) if self._begins(p)), end)
