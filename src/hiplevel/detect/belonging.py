"""Which repetition a drop belongs to, from the events so far."""

from dataclasses import replace

from hiplevel.model.events import Drop, Event, Rep, SetEnded, SetStarted


class Belonging:
    """Follows sets and repetitions, and names the repetition of each drop that ends within a set."""

    def __init__(self) -> None:
        self._set_number = 0  # 0 between sets
        self._reps = 0
        self._rep_end_s = 0.0

    def process(self, events: list[Event]) -> list[Event]:
        """The events, in the order of their known_s, drops with their set and repetition."""
        return [self._follow(event) for event in events]

    def _follow(self, event: Event) -> Event:
        match event:
            case SetStarted():
                self._set_number, self._reps = event.number, 0
            case SetEnded():
                self._set_number = 0
            case Rep():
                self._reps, self._rep_end_s = event.number, event.end_s
            case Drop() if self._set_number:
                # It began after the last repetition that is known: then it is part of the next.
                number = self._reps + (event.start_s >= self._rep_end_s)
                return replace(event, set_number=self._set_number, rep_number=number)
        return event
