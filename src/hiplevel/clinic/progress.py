"""The courses of a client: sessions over weeks, by exercise and stance, beside what was prescribed then."""

from statistics import median
from typing import Any

from hiplevel.clinic.course import Course, LimitStep, Point, Trend, Week
from hiplevel.clinic.database import Store
from hiplevel.clinic.prescribed import Prescribed, history, limits_of
from hiplevel.clinic.sessions import sessions
from hiplevel.clinic.suggestion import SMALLEST_CHANGE_DEG
from hiplevel.model.rules import Side

WEEK_NS = 7 * 86_400 * 10**9
ENDS = 3  # sessions at either end of a trend
Key = tuple[str, str]  # exercise and stance


def progress(
    store: Store, code: str, exercise: str | None = None, stance: str | None = None, *, until_ns: int | None = None
) -> list[Course]:
    """The courses of a client, in the order in which they began. until_ns: the weeks go on until then.

    Raises
    ------
    UsageError
        NOT_FOUND.
    """
    asked = history(store, code, exercise, stance)
    points = _points(store, code, exercise, stance, asked)
    out = []
    for key in dict.fromkeys([*points, *map(_key, asked)]):
        own = [p for p in asked if _key(p) == key]
        found = tuple(points.get(key, ()))
        out.append(Course(*key, found, _steps(own), _trends(found), _weeks(found, own, until_ns)))
    return out


def _points(
    store: Store, code: str, exercise: str | None, stance: str | None, asked: list[Prescribed]
) -> dict[Key, list[Point]]:
    out: dict[Key, list[Point]] = {}
    for one in sessions(store, code, exercise, stance):
        key = (one.exercise, one.stance)
        then = [p for p in asked if _key(p) == key and p.made_ns <= one.started_ns]
        out.setdefault(key, []).append(
            Point(
                one.content_hash,
                one.started_ns,
                one.utc_offset_min,
                one.sets,
                one.reps,
                _reps(then[-1]) if then else 0,
                one.simulated,
                one.sides,
            )
        )
    return out


def _key(asked: Prescribed) -> Key:
    return asked.prescription.exercise, asked.prescription.stance


def _reps(asked: Prescribed) -> int:
    """Over all sets."""
    return 0 if asked.stopped else max(asked.prescription.sets, 1) * asked.prescription.reps


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
