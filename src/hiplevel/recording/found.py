"""What a scan of a file found, beside its messages: the state it was left in, its head, and what is wrong with it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from hiplevel.model.errors import Reason, RecordingError
from hiplevel.recording import layout
from hiplevel.recording.files import head_damaged
from hiplevel.recording.info import INFO_RECORD, RecordingInfo
from hiplevel.recording.scan import Scan


def as_recorded(found: Scan) -> Scan:
    """With the state before people added to it: an amended file is whole, but what was torn off stays away."""
    texts = next((texts for name, texts in found.metadata if name == layout.AMENDED_RECORD), None)
    if texts is None or not found.closed:
        return found
    try:
        torn, skipped = (int(texts[name]) for name in ("torn_bytes", "skipped_bytes"))
    except (KeyError, ValueError):
        return found
    return replace(
        found,
        closed=texts.get("closed") != "false",
        torn_bytes=found.torn_bytes + torn,
        skipped_bytes=found.skipped_bytes + skipped,
    )


def head_of(path: Path, found: Scan) -> RecordingInfo:
    """The last head that can be read: a later one replaces an earlier one.

    Raises
    ------
    RecordingError
        NEWER_FILE, or DAMAGED_FILE when there is none.
    """
    heads = [texts for name, texts in found.metadata if name == INFO_RECORD]
    problem: RecordingError | None = None
    for texts in reversed(heads):
        try:
            return RecordingInfo.from_metadata(texts)
        except RecordingError as error:
            if error.reason is Reason.NEWER_FILE:
                raise
            problem = error
    raise head_damaged(path) from problem


def notices(found: Scan, odd_events: int, nameless: int, duration_s: float) -> Iterator[str]:
    """What is not as it should be, in sentences."""
    if not found.closed:
        yield (
            f"It was never closed: hiplevel was stopped while recording, or still is. "
            f"Its first {duration_s:.1f} s are here."
        )
    if found.torn_bytes:
        what = "do not belong to it" if found.closed else "are torn: the last write was cut short"
        yield f"{found.torn_bytes} bytes at the end {what}."
    if found.skipped_bytes:
        yield f"{found.skipped_bytes} bytes in the middle are damaged; what was recorded there is missing."
    if nameless:
        yield f"{nameless} messages cannot be told apart because their channel's name was in a damaged part."
    if odd_events:
        yield f"{odd_events} events are of a kind this version does not know, or damaged; they were left out."
