"""The corrections a person asks for, in terms of what counts so far: the last one back, one more, from the start."""

from collections.abc import Sequence

from hiplevel.detect.corrections import CountedRep, CountedSet, corrected, standing
from hiplevel.model.edits import Correction
from hiplevel.model.errors import Reason, UsageError
from hiplevel.model.events import Event, SetStarted


class Corrector:
    """Makes corrections from the events so far; each is to be recorded, and then counts through `corrected`.

    Numbers of sets and repetitions are those people see. made_ns: wall clock when the session is over, 0 while it runs.
    at_turn: people see a repetition when it turns.

    Raises
    ------
    UsageError
        NOT_FOUND from each method when there is nothing of the kind.
    """

    def __init__(self, events: Sequence[Event], author: str = "", made_ns: int = 0, *, at_turn: bool = False) -> None:
        self._events = events
        self._counted = corrected(events, at_turn=at_turn)
        self._author, self._made_ns = author, made_ns

    def undo(self, time_s: float, set_number: int = 0, number: int = 0) -> Correction:
        """Take out a repetition, the last that counts unless told which."""
        if number:
            rep = self._rep(set_number, number, time_s)
        elif not self._counted.reps:
            raise UsageError("There is no repetition to take back.", Reason.NOT_FOUND)
        else:
            rep = max(self._counted.reps, key=lambda rep: rep.time_s)
        return self._make(max(time_s, rep.time_s), "undo", rep.set_number, rep.rep_number)

    def add(self, time_s: float, set_number: int = 0) -> Correction:
        """Count one more at `time_s`, in the set under way or the nearest one unless told which."""
        if not set_number:
            nearest = self._counted.set_at(time_s)
            set_number = self._under_way() or (1 if nearest is None else nearest.number)
        return self._make(time_s, "add", set_number)

    def restart(self, time_s: float, set_number: int = 0) -> Correction:
        """Begin the set anew: what it had until `time_s` does not count."""
        one = self._set(set_number, time_s)
        return self._make(time_s, "restart", one.number)

    def warm_up(self, time_s: float, set_number: int, number: int = 0, *, on: bool = True) -> Correction:
        """Mark a set, or one repetition of it, as warm-up, or as work again."""
        one = self._set(set_number, time_s)
        rep_number = self._rep(one.number, number, time_s).rep_number if number else 0
        return self._make(time_s, "warm-up" if on else "work", one.number, rep_number)

    def revoke(self, time_s: float, edit: int = 0) -> Correction:
        """Take back what a person said, the last of it unless told which."""
        said = [number for number, _ in standing(self._events)]
        if not said or (edit and edit not in said):
            raise UsageError("There is no correction to take back.", Reason.NOT_FOUND)
        return self._make(time_s, "revoke", edit=edit or said[-1])

    def _under_way(self) -> int:
        """The machine's open set, 0 when there is none or the session is over."""
        if self._made_ns:
            return 0
        over = {one.number for one in self._counted.sets if one.over}
        begun = [event.number for event in self._events if isinstance(event, SetStarted)]
        return begun[-1] if begun and begun[-1] not in over else 0

    def _set(self, set_number: int, time_s: float) -> CountedSet:
        one = next((one for one in self._counted.sets if one.number == set_number), None)
        if one is None and not set_number:
            one = self._counted.set_at(time_s)
        if one is None:
            known = ", ".join(str(one.number) for one in self._counted.sets)
            which = f"set {set_number}" if set_number else "set"
            raise UsageError(
                f"There is no {which} in this session.", Reason.NOT_FOUND, f"Its sets: {known}." if known else ""
            )
        return one

    def _rep(self, set_number: int, number: int, time_s: float) -> CountedRep:
        one = self._set(set_number, time_s)
        rep = next((rep for rep in one.reps if rep.number == number), None)
        if rep is None:
            raise UsageError(f"Set {one.number} has no repetition {number}: {len(one.reps)} count.", Reason.NOT_FOUND)
        return rep

    def _make(self, time_s: float, action: str, set_number: int = 0, rep_number: int = 0, edit: int = 0) -> Correction:
        return Correction(
            time_s,
            action,  # type: ignore[arg-type]
            set_number,
            rep_number,
            edit,
            self._author,
            self._made_ns,
            known_s=time_s,
        )
