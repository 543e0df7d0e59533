"""Which repetitions stand: those that no later event withdrew."""

from collections.abc import Iterable

from hiplevel.model.events import Event, Rep, RepRevised


def kept_reps(events: Iterable[Event]) -> tuple[Rep, ...]:
    """The repetitions of these events, in the order in which they were known, without the withdrawn ones.

    They are the events themselves: one that was told provisionally still says so.
    """
    out: list[Rep] = []
    for event in events:
        if isinstance(event, Rep):
            out.append(event)
        elif isinstance(event, RepRevised) and not event.kept:
            _withdraw(out, event)
    return tuple(out)


def _withdraw(reps: list[Rep], event: RepRevised) -> None:
    """A turn that never came back is withdrawn too: then there is no repetition of that number."""
    for at in range(len(reps) - 1, -1, -1):
        if reps[at].set_number < event.set_number:
            return
        if (reps[at].set_number, reps[at].number) == (event.set_number, event.number):
            del reps[at]
            return
