"""A course of sessions for its report: the store's progress, as sentences and tables."""

from dataclasses import dataclass
from datetime import UTC, datetime

from hiplevel.clinic.progress import Course
from hiplevel.clinic.suggestion import SMALLEST_CHANGE_DEG
from hiplevel.exercises import load_exercise
from hiplevel.model.errors import HiplevelError
from hiplevel.report.tables import NONE, Table

SHOWN = 200  # sessions on a page, in table and drawing


@dataclass(frozen=True)
class CourseReport:
    """The courses of one client, made at `made_ns`."""

    client: str
    made_ns: int
    courses: tuple[Course, ...]
    pipeline: str

    @property
    def simulated(self) -> bool:
        """Whether any of the sessions was."""
        return any(point.simulated for course in self.courses for point in course.points)


def title(course: Course) -> str:
    """The exercise by its name, and the leg."""
    try:
        name = load_exercise(course.exercise).name
    except HiplevelError:
        name = course.exercise or "No exercise named"
    return name + (f", standing on the {course.stance} leg" if course.stance in ("left", "right") else "")


def sentences(course: Course) -> list[str]:
    """In plain words: what was done, and whether anything may be called a change."""
    count = len(course.points)
    told = f"{title(course)}: {count} {'session' if count == 1 else 'sessions'}"
    if course.adherence is not None:
        told += f", {course.adherence:.0%} of those that were planned"
    out = [f"{told}."]
    for trend in course.trends:
        way = "less" if trend.change_deg < 0 else "more"
        if trend.real:
            out.append(
                f"The {trend.side} side falls {abs(trend.change_deg):.0f}° {way} than at first: from "
                f"{trend.first_deg:.0f}° to {trend.last_deg:.0f}°."
            )
        else:
            out.append(
                f"The {trend.side} side falls about as far as at first ({trend.first_deg:.0f}° and now "
                f"{trend.last_deg:.0f}°): less than {SMALLEST_CHANGE_DEG:g}° is no change that one may speak of."
            )
    return out


def tables(course: Course) -> list[Table]:
    """Trends, limits, weeks and sessions."""
    return [_trends(course), _limits(course), _weeks(course), _sessions(course)]


def _trends(course: Course) -> Table:
    rows = [
        (
            trend.side,
            f"{trend.first_deg:.1f}°",
            f"{trend.last_deg:.1f}°",
            f"{trend.change_deg:+.1f}°",
            "yes" if trend.real else f"no: less than {SMALLEST_CHANGE_DEG:g}°",
            str(trend.sessions),
        )
        for trend in course.trends
    ]
    note = "Median peak fall of a repetition; the median of up to three sessions at either end."
    return Table("Trend", ("Side", "First", "Last", "Change", "To be called one", "Sessions"), tuple(rows), note)


def _limits(course: Course) -> Table:
    def words(told: dict[str, float | None] | None) -> str:
        if told is None:
            return NONE
        both = f"{told['threshold_deg']:g}°"
        own = [f"{side} {value:g}°" for side in ("left", "right") if (value := told[f"{side}_deg"]) is not None]
        return ", ".join([both, *own])

    rows = [(day(s.at_ns), words(s.before), words(s.after), s.author, s.reason or NONE) for s in course.steps]
    return Table("Limits as prescribed", ("Day", "From", "To", "By", "Why"), tuple(rows))


def _weeks(course: Course) -> Table:
    rows = [
        (
            str(number),
            day(week.start_ns),
            f"{week.sessions}" + (f" of {week.asked_sessions}" if week.asked_sessions else ""),
            f"{week.reps}" + (f" of {week.asked_reps}" if week.asked_reps else ""),
        )
        for number, week in enumerate(course.weeks, 1)
    ]
    return Table("Weeks", ("Week", "From", "Sessions", "Repetitions in them"), tuple(rows))


def _sessions(course: Course) -> Table:
    rows = [
        (
            day(point.started_ns),
            f"{point.reps}" + (f" of {point.asked}" if point.asked else ""),
            side.side,
            NONE if side.median_deg is None else f"{side.median_deg:.1f}° ± {side.sigma_deg or 0.0:.1f}°",
            NONE if side.peak_deg is None else f"{side.peak_deg:.1f}°",
            str(side.drops),
            f"{side.over_s:.1f} s",
            f"{side.over_s / side.judged_s:.1%}" if side.judged_s else NONE,
            f"{side.limit_deg:g}°",
        )
        for point in course.points[-SHOWN:]
        for side in point.sides
    ]
    heads = ("Day", "Repetitions", "Side", "Median peak fall", "Worst", "Drops", "Beyond limit", "Share", "Limit")
    earlier = len(course.points) - SHOWN
    note = f"The last {SHOWN}; {earlier} earlier ones are in the CSV and JSON of this report." if earlier > 0 else ""
    return Table("Sessions", heads, tuple(rows), note)


def day(ns: int) -> str:
    """Such as 3 Nov 2026."""
    return f"{datetime.fromtimestamp(ns / 1e9, UTC):%d %b %Y}".lstrip("0")
