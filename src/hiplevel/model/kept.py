"""Which repetitions stand: those that no later event withdrew."""

from collections.abc import Iterable

from hiplevel.model.events import Event, Rep, RepRevised


def kept_reps(events: Iterable[Event]) -> tuple[Rep, ...]:
    """The repetitions of these events, in the order in which they were known, without the withdrawn ones."""
    out: list[Rep] = []
    for event in events:
        if isinstance(event, Rep):
            out.append(event)
        elif isinstance(event, RepRevised) and not event.kept:
            # A turn that never came back is withdrawn too: then there is no repetition of that number.
            for at in range(len(out) - 1, -1, -1):
                if out[at].set_number < event.set_number:
                    break
                if (out[at].set_number, out[at].number) == (event.set_number, event.number):
                    del out[at]
                    break
    return tuple(out)
