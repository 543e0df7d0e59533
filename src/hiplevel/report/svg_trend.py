"""A side's falls over weeks, level on top: each with its error band, the limit as prescribed, what is no change yet."""

from hiplevel.clinic.course import Course
from hiplevel.clinic.suggestion import SMALLEST_CHANGE_DEG
from hiplevel.model.rules import Side
from hiplevel.report import svg
from hiplevel.report.course_data import SHOWN
from hiplevel.report.svg import BLUE, GRID, ORANGE, QUIET, SKY, Scale
from hiplevel.report.words import ENGLISH, Words

WIDTH, HEIGHT = 900.0, 260.0
LEFT, RIGHT, TOP, BOTTOM = 58.0, 112.0, 24.0, 30.0
DAY_NS = 86_400 * 10**9


def trend(course: Course, side: Side, say: Words = ENGLISH) -> str:
    """Empty when the side was never measured."""
    found = [
        (point, own)
        for point in course.points[-SHOWN:]
        for own in point.sides
        if own.side == side and own.median_deg is not None
    ]
    if not found:
        return ""
    first_ns = found[0][0].started_ns
    if len(course.points) <= SHOWN:
        first_ns = min([first_ns, *(step.at_ns for step in course.steps[:1])])
    last_ns = max(found[-1][0].started_ns, first_ns + DAY_NS)
    x = Scale(first_ns, last_ns, LEFT + 8.0, WIDTH - RIGHT - 8.0)
    highest = max(max(own.peak_deg or 0.0, own.limit_deg, own.median_deg or 0.0) for _, own in found)
    y = Scale(0.0, highest * 1.12, TOP, HEIGHT - BOTTOM)
    body = []
    for tick in svg.ticks(0.0, y.to_value):
        body += [
            svg.line(LEFT, y(tick), WIDTH - RIGHT, y(tick)),
            svg.text(LEFT - 6.0, y(tick) + 4.0, _low(tick, say), anchor="end", fill=QUIET),
        ]
    body += [
        *_no_change(course, side, y, say),
        *_dates(first_ns, last_ns, x, say),
        *_limit(course, side, x, y, last_ns, say),
    ]
    body.append(svg.path([(x(p.started_ns), y(own.median_deg or 0.0)) for p, own in found], BLUE, 1.2))
    for point, own in found:
        at, middle = x(point.started_ns), own.median_deg or 0.0
        band = own.sigma_deg or 0.0
        words = say(
            "trend.point",
            day=say.day(point.started_ns, utc_offset_min=point.utc_offset_min),
            median=say.number(middle, ".1f"),
            sigma=say.number(band, ".1f"),
            worst=say.number(own.peak_deg or 0.0, ".1f"),
            drops=say.count("trend.drops", own.drops),
            limit=say.number(own.limit_deg, "g"),
            reps=say.count("told.reps", point.reps),
        )
        body += [
            svg.line(at, y(max(middle - band, 0.0)), at, y(middle + band), BLUE, 2.0),
            svg.dot(at, y(middle), 4.5, BLUE, words),
            svg.wedge(at, y(own.peak_deg or 0.0), -6.0, QUIET, words),
        ]
    body += _key(say)
    name = say("trend.name.one" if len(found) == 1 else "trend.name.many", n=len(found), side=say(f"side.the_{side}"))
    return svg.page(WIDTH, HEIGHT, name, body)


def _low(fall_deg: float, say: Words) -> str:
    return say("drawn.low", deg=say.number(fall_deg, "g")) if fall_deg > 0.0 else say("drawn.level")


def _no_change(course: Course, side: Side, y: Scale, say: Words) -> list[str]:
    """The band around the first sessions within which nothing may be called a change."""
    own = next((found for found in course.trends if found.side == side), None)
    if own is None:
        return []
    low, high = max(own.first_deg - SMALLEST_CHANGE_DEG, 0.0), min(own.first_deg + SMALLEST_CHANGE_DEG, y.to_value)
    words = say("trend.band", deg=say.number(SMALLEST_CHANGE_DEG, "g"))
    return [svg.rect(LEFT, y(low), WIDTH - RIGHT - LEFT, y(high) - y(low), SKY, words, 0.22)]


def _limit(course: Course, side: Side, x: Scale, y: Scale, last_ns: int, say: Words) -> list[str]:
    body = []
    for at, step in enumerate(course.steps):
        own = step.after[f"{side}_deg"]
        limit_deg = step.after["threshold_deg"] if own is None else own
        if limit_deg is None:
            continue
        until_ns = course.steps[at + 1].at_ns if at + 1 < len(course.steps) else last_ns
        if until_ns < x.from_value:
            continue
        start, stop = x(max(step.at_ns, x.from_value)), x(min(max(until_ns, step.at_ns), last_ns))
        body.append(svg.line(start, y(limit_deg), stop, y(limit_deg), ORANGE, 1.8, "6 4"))
        if at and x.from_value <= step.at_ns <= last_ns:
            deg = say.number(limit_deg, "g")
            words = say("trend.changed", day=say.day(step.at_ns), deg=deg, author=step.author, why=step.reason)
            body += [
                svg.line(start, TOP, start, HEIGHT - BOTTOM, ORANGE, 1.0, "2 3"),
                svg.dot(start, TOP, 5.0, ORANGE, words),
            ]
    return body


def _dates(first_ns: int, last_ns: int, x: Scale, say: Words) -> list[str]:
    days = (last_ns - first_ns) / DAY_NS
    ticks = [first_ns + tick * DAY_NS for tick in svg.ticks(0.0, days, 6)]
    first_of_day = {say.day(at_ns): at_ns for at_ns in reversed(ticks)}
    return [
        svg.text(x(at_ns), HEIGHT - 10.0, name, anchor="middle", fill=QUIET) for name, at_ns in first_of_day.items()
    ]


def _key(say: Words) -> list[str]:
    left = WIDTH - RIGHT + 6.0
    return [
        f'<circle cx="{left + 5:.1f}" cy="40" r="4.5" fill="{BLUE}"/>',
        svg.text(left + 16.0, 44.0, say("trend.median")),
        svg.line(left + 5.0, 56.0, left + 5.0, 72.0, BLUE, 2.0),
        svg.text(left + 16.0, 68.0, say("trend.sigma")),
        f'<path d="M{left + 5:.1f} 92 l-3.5 -6 h7 z" fill="{QUIET}"/>',
        svg.text(left + 16.0, 92.0, say("trend.worst")),
        svg.line(left - 2.0, 112.0, left + 12.0, 112.0, ORANGE, 1.8, "4 3"),
        svg.text(left + 16.0, 116.0, say("trend.limit")),
        svg.rect(left - 2.0, 128.0, 14.0, 12.0, SKY, opacity=0.4),
        svg.text(left + 16.0, 138.0, say("trend.unchanged")),
        svg.line(left, 150.0, left, 150.0, GRID),
    ]
