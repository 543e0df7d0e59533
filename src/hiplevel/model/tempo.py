"""How fast a repetition is meant to be: the way out, the hold at the turn, the way back, the hold at home."""

import math
from dataclasses import dataclass
from typing import Literal, Self

from hiplevel.model.errors import Reason, UsageError

Phase = Literal["out", "hold", "back", "home"]
PHASES: tuple[Phase, ...] = ("out", "hold", "back", "home")
MOST_S = 60.0  # of a repetition


@dataclass(frozen=True)
class Tempo:
    """Four times in s, written 2-1-2-0.

    Raises
    ------
    UsageError
        PRESCRIPTION for a tempo that nobody can follow.
    """

    out_s: float
    hold_s: float = 0.0
    back_s: float = 0.0
    home_s: float = 0.0

    def __post_init__(self) -> None:
        times = (self.out_s, self.hold_s, self.back_s, self.home_s)
        if not all(math.isfinite(time) and time >= 0.0 for time in times) or sum(times) > MOST_S:
            raise UsageError(
                f"The parts of a tempo take 0 s or more, and all of them {MOST_S:g} s at most.", Reason.PRESCRIPTION
            )
        if min(self.out_s, self.back_s) < 0.2 or self.rep_s < 0.5:
            raise UsageError(
                f"Nobody can follow {self}: out and back take 0.2 s at least, and both 0.5 s.", Reason.PRESCRIPTION
            )

    @classmethod
    def parse(cls, text: str) -> Self:
        """2-1-2-0 (out, hold, back, home), 2-1-2, 2-2 (out and back), or 4 (a whole repetition). Raises UsageError."""
        try:
            parts = [float(part) for part in text.replace(",", ".").split("-")]
        except ValueError:
            parts = []
        match parts:
            case [whole]:
                return cls(0.5 * whole, 0.0, 0.5 * whole)
            case [out_s, back_s]:
                return cls(out_s, 0.0, back_s)
            case [out_s, hold_s, back_s]:
                return cls(out_s, hold_s, back_s)
            case [out_s, hold_s, back_s, home_s]:
                return cls(out_s, hold_s, back_s, home_s)
        raise UsageError(
            f"{text!r} is no tempo.", Reason.PRESCRIPTION, "Write out-hold-back-home in s, such as 2-1-2-0."
        )

    @property
    def rep_s(self) -> float:
        """A whole repetition."""
        return self.out_s + self.hold_s + self.back_s + self.home_s

    @property
    def turn_s(self) -> float:
        """From its beginning to its turn: the middle of the hold."""
        return self.out_s + 0.5 * self.hold_s

    def phases(self) -> tuple[tuple[Phase, float], ...]:
        """(phase, when it begins from the beginning of the repetition), those that take no time left out."""
        out: list[tuple[Phase, float]] = []
        at_s = 0.0
        for phase, takes_s in zip(PHASES, (self.out_s, self.hold_s, self.back_s, self.home_s), strict=True):
            if takes_s > 0.0:
                out.append((phase, at_s))
            at_s += takes_s
        return tuple(out)

    def __str__(self) -> str:
        return "-".join(f"{time:g}" for time in (self.out_s, self.hold_s, self.back_s, self.home_s))
