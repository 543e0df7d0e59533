"""Whether a replay came to the events that were recorded."""

import dataclasses
from collections.abc import Iterable, Iterator
from typing import Any

from hiplevel.model.events import Event, LinkLost, LinkRestored, Note, said_by_person
from hiplevel.model.metronome import BeatChecked
from hiplevel.model.targets import RestStarted, TargetReached
from hiplevel.recording.reader import Recording

# What only a live session can know: the link, the disk, Ctrl-C. A replay has no say in it.
LIVE_NOTES = {"cut-short", "overflow", "disk", "not-corrected"}
# Processors sum long rows of numbers in orders of their own, which shows in the last digits; another cause shows more.
ROUNDING = 1e-9


def _verdict(equal: bool | None, compared: int, text: str) -> dict[str, Any]:
    return {"equal": equal, "compared": compared, "text": text}


STOPPED = _verdict(None, 0, "The replay was stopped, so it is not compared with what was recorded.")

RECALIBRATED = _verdict(None, 0, "Replayed with another calibration, so it is not compared with what was recorded.")


def compare(recording: Recording, events: Iterable[Event]) -> dict[str, Any]:
    """Whether the replay's events are those of the recording, bit for bit: {'equal', 'compared', 'text'}.

    equal is None when there is nothing to compare with. A recording never closed is compared as far as it goes.
    """
    ours, theirs = (_computed(part) for part in (events, recording.events))
    if not theirs:
        return _verdict(None, 0, "The recording holds no events to compare with.")
    if not recording.closed:
        ours = ours[: len(theirs)]  # a session that did not reach its end has not closed what was open
    first = next((i for i, pair in enumerate(zip(ours, theirs, strict=False)) if pair[0] != pair[1]), None)
    if first is None and len(ours) == len(theirs):
        return _verdict(True, len(ours), f"Replayed: the same {len(ours)} events as recorded, to the last bit.")
    if _alike(ours, theirs):
        return _verdict(
            False,
            len(ours),
            f"Replayed: the same {len(ours)} events as recorded but for rounding in the last digits: another processor "
            "does that.",
        )
    at = min(len(ours), len(theirs)) if first is None else first
    near_s = min(event.known_s for event in (*ours[at : at + 1], *theirs[at : at + 1]))
    by = recording.info.versions.get("hiplevel", "an unknown version")
    return _verdict(
        False,
        at,
        f"Replayed: different from what was recorded, from {near_s:.1f} s on ({len(theirs)} events recorded, "
        f"{len(ours)} now). It was recorded with hiplevel {by}.",
    )


def _computed(events: Iterable[Event]) -> list[Event]:
    return [
        event
        for event in events
        if not isinstance(event, (LinkLost, LinkRestored, TargetReached, RestStarted, BeatChecked))
        and not said_by_person(event)
        and not (isinstance(event, Note) and event.code in LIVE_NOTES)
    ]


def _alike(ours: list[Event], theirs: list[Event]) -> bool:
    """Whether they are the same but for rounding."""
    if [type(event) for event in ours] != [type(event) for event in theirs]:
        return False
    own, recorded = list(_figures(ours)), list(_figures(theirs))
    return len(own) == len(recorded) and all(map(_near, own, recorded))


def _near(one: Any, other: Any) -> bool:
    return bool(one == other or (isinstance(one, float) and isinstance(other, float) and abs(one - other) <= ROUNDING))


def _figures(events: list[Event]) -> Iterator[Any]:
    """Every field, one after the other; of what has several values, each."""
    for event in events:
        for value in dataclasses.astuple(event):
            yield from value if isinstance(value, tuple) else (value,)
