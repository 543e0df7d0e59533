"""Adding what people say to a finished recording: the raw data stay, byte for byte, and a kill loses nothing.

The file is copied with the new events behind everything else, synced, and put in the place of the old one: at any
moment the name stands for the whole file before or the whole file after.
"""

import contextlib
import glob
import json
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from hiplevel.model.events import Event
from hiplevel.model.schema import event_to_json
from hiplevel.recording import layout
from hiplevel.recording.copy import Metadata, copy_whole
from hiplevel.recording.files import read_bytes
from hiplevel.recording.locking import guarded
from hiplevel.recording.reader import Recording, open_recording
from hiplevel.recording.scan import RawMessage, Scan, scan
from hiplevel.recording.sink import sync_folder
from hiplevel.recording.whole_file import whole_file

BEFORE_SUFFIX = ".before"  # behind .mcap: the damaged original, so that its unreadable bytes are not lost


def amend(path: str | Path, events: Sequence[Event]) -> Recording:
    """Append `events` to a recording that is over, and open it again.

    A recording that was never closed keeps saying so. One with damaged or torn parts is kept as NAME.mcap.before.

    Raises
    ------
    RecordingError
        as `open_recording` does; IN_USE while it is being recorded, DISK when it cannot be written.
    """
    return amend_with(path, lambda _: events)


def amend_with(path: str | Path, say: Callable[[Recording], Sequence[Event]]) -> Recording:
    """As `amend`, with the events told from the recording as it stands now, so that no two changes miss each other."""
    path = Path(path).resolve()  # what a link points to is replaced, not the link
    with guarded(path):
        found = scan(read_bytes(path))
        events = say(Recording(path, found))
        if events:
            _replace(path, found, events, time.time_ns())
    return open_recording(path)


def _replace(path: Path, found: Scan, events: Sequence[Event], made_ns: int) -> None:
    for left in path.parent.glob(f"{glob.escape(path.name)}.*.part"):  # of a change that was killed
        left.unlink(missing_ok=True)
    kept = _keep_before(path) if found.torn_bytes or found.skipped_bytes else None
    try:
        _write(path, found, events, made_ns)
    except BaseException:
        if kept is not None:  # the damaged file still stands under its own name
            kept.unlink(missing_ok=True)
        raise


def _write(path: Path, found: Scan, events: Sequence[Event], made_ns: int) -> None:
    with whole_file(path, overwrite=True) as part:
        copy_whole(found, part, _messages(found, events, made_ns), _state(found))
        with contextlib.suppress(OSError):
            part.chmod(path.stat().st_mode)
    sync_folder(path.parent)


def _keep_before(path: Path) -> Path | None:
    """Where the damaged file is kept; None when one of an earlier change is kept already."""
    kept = path.with_name(path.name + BEFORE_SUFFIX)
    if kept.exists():
        return None
    try:
        os.link(path, kept)
    except (OSError, NotImplementedError):
        with whole_file(kept) as part:
            part.write_bytes(path.read_bytes())
    return kept


def _state(found: Scan) -> list[Metadata]:
    """What the new file, which is whole, would not tell of the old one; once, for it can be amended again."""
    if any(name == layout.AMENDED_RECORD for name, _ in found.metadata):
        return []
    told = {
        "closed": json.dumps(found.closed),
        "torn_bytes": str(found.torn_bytes),
        "skipped_bytes": str(found.skipped_bytes),
    }
    return [(layout.AMENDED_RECORD, told)]


def _messages(found: Scan, events: Sequence[Event], made_ns: int) -> list[RawMessage]:
    """As messages dated in session time, so that the recording does not seem to last until today."""
    times = [message.log_ns for block in found.blocks for message in block]
    first_ns, last_ns = min(times, default=0), max(times, default=0)
    number = next((n for n, channel in found.channels.items() if channel.topic == layout.EVENTS_TOPIC), -1)
    sequence = sum(message.channel == number for block in found.blocks for message in block)
    return [
        RawMessage(
            number,
            min(first_ns + max(0, round(event.known_s * 1e9)), last_ns),
            json.dumps(event_to_json(event)).encode(),
            sequence + place,
            made_ns,
        )
        for place, event in enumerate(events, 1)
    ]
