"""A course of sessions for its report: the store's progress, as sentences and tables."""

from dataclasses import dataclass

from hiplevel.clinic.course import Course, Point
from hiplevel.clinic.side_figures import SideFigures
from hiplevel.clinic.suggestion import SMALLEST_CHANGE_DEG
from hiplevel.exercises import load_exercise
from hiplevel.model.errors import HiplevelError
from hiplevel.model.exercise import Exercise
from hiplevel.report.table import NONE, Table, heads
from hiplevel.report.words import ENGLISH, Words

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


def title(course: Course, say: Words = ENGLISH) -> str:
    """The exercise by its name, and the leg that stands or the side one lies on."""
    exercise = _known(course.exercise)
    name = say.exercise(exercise).name if exercise is not None else course.exercise or say("course.no_exercise")
    if course.stance not in ("left", "right"):
        return name
    lying = exercise is not None and exercise.posture == "side-lying"
    return say(f"course.{'lying' if lying else 'on'}_{course.stance}", name=name)


def sentences(course: Course, say: Words = ENGLISH) -> list[str]:
    """In plain words: what was done, and whether anything may be called a change."""
    told = say.count("course.sessions", len(course.points))
    adherence = course.adherence
    more = "" if adherence is None else say("course.adherence", share=say.percent(adherence))
    out = [say("course.line", title=title(course, say), sessions=told, adherence=more)]
    for trend in course.trends:
        way = "no_change" if not trend.real else "less" if trend.change_deg < 0 else "more"
        out.append(
            say(
                f"course.{way}",
                side=say(f"side.The_{trend.side}"),
                change=f"{abs(trend.change_deg):.0f}",
                first=f"{trend.first_deg:.0f}",
                last=f"{trend.last_deg:.0f}",
                least=say.number(SMALLEST_CHANGE_DEG, "g"),
            )
        )
    return out


def tables(course: Course, say: Words = ENGLISH) -> list[Table]:
    """Trends, limits, weeks and sessions."""
    return [_trends(course, say), _limits(course, say), _weeks(course, say), _sessions(course, say)]


def _trends(course: Course, say: Words) -> Table:
    no = say("course.no", deg=say.number(SMALLEST_CHANGE_DEG, "g"))
    rows = [
        (
            say(f"side.{trend.side}"),
            f"{say.number(trend.first_deg, '.1f')}°",
            f"{say.number(trend.last_deg, '.1f')}°",
            f"{say.number(trend.change_deg, '+.1f')}°",
            say("course.yes") if trend.real else no,
            str(trend.sessions),
        )
        for trend in course.trends
    ]
    names = heads(say, "course", "side", "first", "last", "change", "real", "sessions_head")
    return Table(say("course.trend"), names, tuple(rows), say("course.trend_note"))


def _limits(course: Course, say: Words) -> Table:
    def words(told: dict[str, float | None] | None) -> str:
        if told is None:
            return NONE
        both = [f"{say.number(told['threshold_deg'] or 0.0, 'g')}°"]
        own = [(side, value) for side in ("left", "right") if (value := told[f"{side}_deg"]) is not None]
        return ", ".join([*both, *(f"{say(f'side.{side}')} {say.number(value, 'g')}°" for side, value in own)])

    rows = [(say.day(s.at_ns), words(s.before), words(s.after), s.author, s.reason or NONE) for s in course.steps]
    return Table(say("course.limits"), heads(say, "course", "day", "before", "after", "by", "why"), tuple(rows))


def _weeks(course: Course, say: Words) -> Table:
    rows = [
        (
            str(number),
            say.day(week.start_ns),
            say.of(week.sessions, week.asked_sessions),
            say.of(week.reps, week.asked_reps),
        )
        for number, week in enumerate(course.weeks, 1)
    ]
    names = heads(say, "course", "week", "week_from", "sessions_head", "week_reps")
    return Table(say("course.weeks"), names, tuple(rows))


def _sessions(course: Course, say: Words) -> Table:
    rows = [_session(point, side, say) for point in course.points[-SHOWN:] for side in point.sides]
    names = ("day", "reps", "side", "median", "worst", "drops", "beyond", "share", "limit")
    earlier = len(course.points) - SHOWN
    note = say("course.earlier.one" if earlier == 1 else "course.earlier.many", shown=SHOWN, n=earlier)
    return Table(say("course.sessions_title"), heads(say, "course", *names), tuple(rows), note if earlier > 0 else "")


def _session(point: Point, side: SideFigures, say: Words) -> tuple[str, ...]:
    median_deg, sigma_deg = side.median_deg, side.sigma_deg or 0.0
    return (
        say.day(point.started_ns, utc_offset_min=point.utc_offset_min),
        say.of(point.reps, point.asked),
        say(f"side.{side.side}"),
        NONE if median_deg is None else f"{say.number(median_deg, '.1f')}° ± {say.number(sigma_deg, '.1f')}°",
        NONE if side.peak_deg is None else f"{say.number(side.peak_deg, '.1f')}°",
        str(side.drops),
        f"{say.number(side.over_s, '.1f')} s",
        say.percent(side.over_s / side.judged_s, ".1f") if side.judged_s else NONE,
        f"{say.number(side.limit_deg, 'g')}°",
    )


def _known(exercise_id: str) -> Exercise | None:
    try:
        return load_exercise(exercise_id)
    except HiplevelError:
        return None
