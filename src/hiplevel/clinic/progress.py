"""Sessions over weeks, by exercise and stance: done and asked for, each side's falls, changes of limits."""

from dataclasses import dataclass
from statistics import median
from typing import Any

from hiplevel.clinic.clients import find_client
from hiplevel.clinic.database import Store
from hiplevel.clinic.prescribing import Prescribed, history, limits_of
from hiplevel.clinic.suggestion import SMALLEST_CHANGE_DEG
from hiplevel.model.rules import Side

WEEK_NS = 7 * 86_400 * 10**9
ENDS = 3  # sessions at either end of a trend


@dataclass(frozen=True)
class SidePoint:
    """One side in one session, degrees and seconds; None where there were no repetitions."""

    side: Side
    limit_deg: float
    drops: int
    over_s: float
    judged_s: float
    peak_deg: float | None
    median_deg: float | None
    sigma_deg: float | None


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
    sides: tuple[SidePoint, ...]


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


def progress(
    store: Store, code: str, exercise: str | None = None, stance: str | None = None, *, until_ns: int | None = None
) -> list[Course]:
    """The courses of a client, in the order in which they began. until_ns: the weeks go on until then.

    Raises
    ------
    UsageError
        NOT_FOUND.
    """
    client = find_client(store, code)
    asked = history(store, code, exercise, stance)
    points = _points(store, client.id, exercise, stance, asked)
    keys: list[tuple[str, str]] = [*points, *((p.prescription.exercise, p.prescription.stance) for p in asked)]
    out = []
    for key in dict.fromkeys(keys):
        own = [p for p in asked if (p.prescription.exercise, p.prescription.stance) == key]
        found = tuple(points.get(key, ()))
        out.append(Course(*key, found, _steps(own), _trends(found), _weeks(found, own, until_ns)))
    return out


def _points(
    store: Store, client_id: int, exercise: str | None, stance: str | None, asked: list[Prescribed]
) -> dict[tuple[str, str], list[Point]]:
    where = (
        "WHERE s.client_id = ? AND s.exercise = coalesce(?, s.exercise) AND s.stance = coalesce(?, s.stance) "
        "ORDER BY s.started_ns"
    )
    sides: dict[str, list[SidePoint]] = {}
    for row in store.rows(
        "SELECT d.content_hash, d.side, d.limit_deg, d.drops, d.over_s, d.judged_s, d.peak_deg, d.median_deg, "
        f"d.sigma_deg FROM session s JOIN session_side d USING (content_hash) {where}, d.side",
        client_id,
        exercise,
        stance,
    ):
        sides.setdefault(row[0], []).append(SidePoint(*row[1:]))
    dose: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for p in asked:
        key: tuple[str, str] = (p.prescription.exercise, p.prescription.stance)
        reps = 0 if p.stopped else max(p.prescription.sets, 1) * p.prescription.reps
        dose.setdefault(key, []).append((p.made_ns, reps))
    out: dict[tuple[str, str], list[Point]] = {}
    for row in store.rows(
        "SELECT s.exercise, s.stance, s.content_hash, s.started_ns, s.utc_offset_min, s.sets, s.reps, s.simulated "
        f"FROM session s {where}",
        client_id,
        exercise,
        stance,
    ):
        known = dose.get((row[0], row[1]), ())
        reps = next((reps for made_ns, reps in reversed(known) if made_ns <= row[3]), 0) if known else 0
        content, started_ns, utc_offset_min, sets, done, simulated = row[2:]
        own = tuple(sides.get(content, ()))
        point = Point(content, started_ns, utc_offset_min, sets, done, reps, bool(simulated), own)
        out.setdefault((row[0], row[1]), []).append(point)
    return out


def _steps(asked: list[Prescribed]) -> tuple[LimitStep, ...]:
    out: list[LimitStep] = []
    before: dict[str, float | None] | None = None
    for p in asked:
        after = limits_of(p.prescription.rule)
        if not p.stopped and after != before:
            out.append(LimitStep(p.made_ns, before, after, p.prescription.author, p.prescription.reason))
            before = after
    return tuple(out)


def _trends(points: tuple[Point, ...]) -> tuple[Trend, ...]:
    """Of the median peak fall of a repetition: the median of the first sessions and of the last ones."""
    values: dict[Side, list[float]] = {}
    for point in points:
        for side in point.sides:
            if side.median_deg is not None:
                values.setdefault(side.side, []).append(side.median_deg)
    out = []
    for name, falls in sorted(values.items()):
        if len(falls) < 2:
            continue
        ends = min(ENDS, len(falls) // 2)
        first, last = median(falls[:ends]), median(falls[-ends:])
        out.append(Trend(name, first, last, len(falls), abs(last - first) >= SMALLEST_CHANGE_DEG))
    return tuple(out)


def _weeks(points: tuple[Point, ...], asked: list[Prescribed], until_ns: int | None) -> tuple[Week, ...]:
    begins: list[int] = [point.started_ns for point in points[:1]] + [p.made_ns for p in asked[:1]]
    if not begins:
        return ()
    start_ns = min(begins)
    last_ns = max([start_ns, *(point.started_ns for point in points[-1:])]) if until_ns is None else until_ns
    count = max(int((last_ns - start_ns) // WEEK_NS) + 1, 1)
    done: list[list[Any]] = [[0, 0, 0] for _ in range(count)]
    for point in points:
        at = (point.started_ns - start_ns) // WEEK_NS
        if 0 <= at < count:
            done[at][0] += 1
            done[at][1] += point.reps
            done[at][2] += point.asked
    return tuple(
        Week(
            start_ns + at * WEEK_NS,
            row[0],
            _per_week(asked, start_ns + at * WEEK_NS),
            row[1],
            row[2],
            until_ns is None or start_ns + (at + 1) * WEEK_NS <= until_ns,
        )
        for at, row in enumerate(done)
    )


def _per_week(asked: list[Prescribed], start_ns: int) -> int:
    """What was prescribed when the week began; in the first week what was prescribed first."""
    known = [p for p in asked if p.made_ns <= start_ns]
    last = known[-1] if known else None
    return 0 if last is None or last.stopped else last.prescription.per_week
