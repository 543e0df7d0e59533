"""Where a session's data comes from: a radio and a file look alike from here on."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from hiplevel.model.events import Said
from hiplevel.model.samples import Samples
from hiplevel.recording.reader import Recording
from hiplevel.sensors.ble.link import LinkChange, Notification


@dataclass(frozen=True)
class Burst:
    """Notifications that waited together, because the session was behind: dealt with at once, they take less time."""

    notifications: tuple[Notification, ...]


Item: TypeAlias = Notification | Burst | LinkChange | Samples | Said
BLOCK = 64


def notifications_of(item: Item | None) -> tuple[Notification, ...]:
    """Those that an item is or holds."""
    if isinstance(item, Burst):
        return item.notifications
    return (item,) if isinstance(item, Notification) else ()


class Source(Protocol):
    """Items in order, until it ends or is stopped."""

    @property
    def overflowed(self) -> int:
        """Notifications lost in this computer because the session did not keep up."""

    def items(self) -> Iterator[Item | None]:
        """Everything that comes; None when nothing came for a moment, so that clocks on the screen go on."""

    def stop(self) -> None:
        """End soon: what is on its way still comes. From any thread."""


class FileSource:
    """A recording, notification by notification as it arrived; an import in blocks of samples.

    What people said comes where it stands in the file: live in its midst, later at its end.
    """

    overflowed = 0

    def __init__(self, recording: Recording) -> None:
        self._recording = recording
        self._stopped = False

    def items(self) -> Iterator[Item | None]:
        """What the recording holds, as fast as it is read."""
        if next(self._recording.notifications(), None) is None:
            yield from self._rows()
        for told in self._recording.told():
            if self._stopped:
                return
            yield Notification(*told) if isinstance(told, tuple) else told

    def _rows(self) -> Iterator[Samples]:
        samples = self._recording.samples
        for start in range(0, len(samples), BLOCK):
            if self._stopped:
                return
            yield samples[start : start + BLOCK]

    def stop(self) -> None:
        """No more items."""
        self._stopped = True
