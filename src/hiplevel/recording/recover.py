"""From a recording that was never closed or is damaged to a whole, indexed one; the original is left as it is."""

from dataclasses import dataclass
from pathlib import Path

from hiplevel.recording.copy import copy_whole
from hiplevel.recording.files import read_bytes
from hiplevel.recording.reader import Recording
from hiplevel.recording.scan import scan
from hiplevel.recording.whole_file import whole_file


@dataclass(frozen=True)
class RecoverReport:
    """What was kept and what was lost.

    Attributes
    ----------
    messages : entries copied, of them `notifications` and `events`
    seconds : from the first to the last entry
    bytes_lost : of `bytes_total`, in torn or damaged parts
    was_closed : the original had been ended properly
    """

    path: Path
    messages: int
    notifications: int
    events: int
    seconds: float
    bytes_lost: int
    bytes_total: int
    was_closed: bool
    notices: tuple[str, ...]

    def __str__(self) -> str:
        kept = f"{self.path.name} holds {self.messages} entries over {self.seconds:.1f} s."
        if self.bytes_lost == 0:
            return f"{kept} Nothing was lost."
        return f"{kept} {self.bytes_lost} of {self.bytes_total} bytes could not be read."


def recover(path: str | Path, out: str | Path) -> RecoverReport:
    """Copy everything readable in `path` into the new file `out`.

    Raises
    ------
    RecordingError
        as `open_recording` does for `path`; EXISTS when `out` is there already, DISK when it cannot be written.
    """
    path, out = Path(path), Path(out)
    found = scan(read_bytes(path))
    original = Recording(path, found)
    with whole_file(out) as part:
        copy_whole(found, part)
    return RecoverReport(
        path=out,
        messages=original.messages,
        notifications=sum(1 for _ in original.notifications()),
        events=len(original.events),
        seconds=original.duration_s,
        bytes_lost=found.torn_bytes + found.skipped_bytes,
        bytes_total=found.total_bytes,
        was_closed=found.closed,
        notices=original.notices,
    )
