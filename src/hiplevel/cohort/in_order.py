"""Results that come in any order, given on in the order of their numbers as soon as that is possible."""

from collections.abc import Callable
from typing import Generic, TypeVar

Result = TypeVar("Result")


class InOrder(Generic[Result]):
    """`give_on` gets result 0, then 1, and so on."""

    def __init__(self, give_on: Callable[[int, Result], None]) -> None:
        self._give_on, self._next = give_on, 0
        self._early: dict[int, Result] = {}

    def take(self, number: int, result: Result) -> None:
        """One came."""
        self._early[number] = result
        while self._next in self._early:
            self._give_on(self._next, self._early.pop(self._next))
            self._next += 1

    def finish(self) -> None:
        """No more will come: those behind one that never came are given on as well."""
        for number in sorted(self._early):
            self._give_on(number, self._early.pop(number))
