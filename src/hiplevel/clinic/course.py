"""One exercise of one client over weeks: its sessions, its limits, and what became of it."""

from dataclasses import dataclass

from hiplevel.clinic.side_figures import SideFigures
from hiplevel.model.rules import Side


@dataclass(frozen=True)
class Point:
    """One session of a course. asked: repetitions over all sets as prescribed then, 0 when nothing was."""

    content_hash: str
    started_ns: int
    utc_offset_min: int | None
    sets: int
    reps: int
    asked: int
    simulated: bool
    sides: tuple[SideFigures, ...]


@dataclass(frozen=True)
class LimitStep:
    """A limit as it was prescribed from then on. before: None for the first."""

    at_ns: int
    before: dict[str, float | None] | None
    after: dict[str, float | None]
    author: str
    reason: str


@dataclass(frozen=True)
class Trend:
    """The first and the last sessions of one side compared. real: the change is one that may be called so."""

    side: Side
    first_deg: float
    last_deg: float
    sessions: int
    real: bool

    @property
    def change_deg(self) -> float:
        """Last less first: negative is a smaller fall."""
        return self.last_deg - self.first_deg


@dataclass(frozen=True)
class Week:
    """One week from the first prescription, or session, on. over: it has ended, so that what is missing is missed."""

    start_ns: int
    sessions: int
    asked_sessions: int
    reps: int
    asked_reps: int
    over: bool = True


@dataclass(frozen=True)
class Course:
    """One exercise on one stance over time."""

    exercise: str
    stance: str
    points: tuple[Point, ...]
    steps: tuple[LimitStep, ...]
    trends: tuple[Trend, ...]
    weeks: tuple[Week, ...]

    @property
    def adherence(self) -> float | None:
        """Sessions done of those asked for in the weeks that are over, 0 to 1: a busy week makes up for no other.

        None when no number a week was prescribed, or no week is over.
        """
        over = [week for week in self.weeks if week.over]
        asked = sum(week.asked_sessions for week in over)
        return sum(min(week.sessions, week.asked_sessions) for week in over) / asked if asked else None

    @property
    def complete(self) -> float | None:
        """The part of the sessions in which all prescribed repetitions were done; None when none were prescribed."""
        asked = [point for point in self.points if point.asked]
        return sum(point.reps >= point.asked for point in asked) / len(asked) if asked else None
