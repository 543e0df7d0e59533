"""Which repetitions stand: those that no later event withdrew."""

from collections.abc import Iterable
from dataclasses import replace

from hiplevel.model.events import Event, Rep, RepRevised


def kept_reps(events: Iterable[Event]) -> tuple[Rep, ...]:
    """The repetitions of these events, in the order in which they were known, without the withdrawn ones.

    One that was confirmed later is provisional no more.
    """
    out: list[Rep] = []
    for event in events:
        if isinstance(event, Rep):
            out.append(event)
        elif isinstance(event, RepRevised):
            _revise(out, event)
    return tuple(out)


def _revise(reps: list[Rep], event: RepRevised) -> None:
    """A turn that never came back is withdrawn too: then there is no repetition of that number."""
    for at in range(len(reps) - 1, -1, -1):
        if reps[at].set_number < event.set_number:
            return
        if (reps[at].set_number, reps[at].number) == (event.set_number, event.number):
            reps[at : at + 1] = [replace(reps[at], provisional=False)] if event.kept else []
            return
