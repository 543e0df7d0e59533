"""What happened while the start was held back: told when it was judged, as what it is by then."""

from collections.abc import Sequence
from dataclasses import replace

from hiplevel.model.events import Drop, DropStarted, DropUpdated, DropWarned, Event


def told_at(open_s: float, events: Sequence[Event]) -> list[Event]:
    """These events in their order, known when the start was judged (open_s) at the earliest.

    A drop that was over by then is told as over, `alarmed` False: its alarm, seconds late, would send the wearer after
    a fall that is not there any more. One that still goes on is alarmed; warnings of before are none now.
    """
    over = [event for event in events if isinstance(event, Drop) and event.known_s <= open_s]
    out: list[Event] = []
    for event in events:
        if event.known_s > open_s:
            out.append(event)
        elif isinstance(event, Drop):
            out.append(replace(event, known_s=open_s, alarmed=False))
        elif not _is_past(event, open_s, over):
            out.append(replace(event, known_s=open_s))
    return out


def _is_past(event: Event, open_s: float, over: Sequence[Drop]) -> bool:
    if isinstance(event, (DropStarted, DropUpdated)):
        return any(drop.side == event.side and drop.start_s <= event.time_s <= drop.known_s for drop in over)
    return isinstance(event, DropWarned) and event.known_s < open_s
