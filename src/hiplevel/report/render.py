"""A report as one HTML file that needs nothing else, and as PDF."""

from collections.abc import Sequence
from typing import Any, Literal

from markupsafe import Markup

from hiplevel.model.rules import Side
from hiplevel.report import course_data, plain_words, svg_trace, svg_trend, tables, templating, typeset
from hiplevel.report.course_data import CourseReport
from hiplevel.report.session_data import SessionReport
from hiplevel.report.typeset import Document

Part = Literal["client", "clinician"]
SIDES: tuple[Side, ...] = ("left", "right")
PARTS: tuple[Part, ...] = ("client", "clinician")
TREND_WORDS = (
    "The {side} side: median peak fall of a repetition in each session with one sigma of the angle, the worst one, and "
    "the limit as prescribed. In the band around the first sessions nothing is called a change."
)


def session_html(report: SessionReport, parts: Sequence[Part] = PARTS) -> str:
    """One file: styles, drawings and the values under the pointer are inside; nothing is fetched."""
    values = {
        **_session(report, parts),
        "style": Markup(templating.read("style.css")),
        "script": Markup(templating.read("hover.js")),
        "trace": Markup(svg_trace.trace(report)),
        "drawn": [Markup(svg_trace.repetition(report, one)) for one in report.drawn],
        "points": Markup(svg_trace.hover_points(report)),
    }
    return templating.render("session.html.j2", values)


def session_pdf(report: SessionReport, parts: Sequence[Part] = PARTS) -> bytes:
    """A4: one page for the client, two for the clinician, more only for many sets."""
    return typeset.pdf(session_document(report, parts))


def session_document(report: SessionReport, parts: Sequence[Part] = PARTS) -> Document:
    """What `session_pdf` typesets."""
    drawings = {"trace.svg": svg_trace.trace(report)}
    drawings |= {f"{one.kind}.svg": svg_trace.repetition(report, one) for one in report.drawn}
    values = {
        **_session(report, parts),
        "trace": "trace.svg" if drawings["trace.svg"] else "",
        "drawn": [f"{one.kind}.svg" for one in report.drawn],
        "footer": f"{report.client or 'no client'} · {report.day} · hiplevel, training feedback",
    }
    return Document(templating.render("session.typ.j2", values), drawings, report.started_ns)


def course_html(report: CourseReport, parts: Sequence[Part] = PARTS) -> str:
    """Sessions over weeks as one file."""
    courses = [
        {
            "title": course_data.title(course),
            "tables": course_data.tables(course),
            "figures": [
                {"svg": Markup(drawing), "words": TREND_WORDS.format(side=side)}
                for side in SIDES
                if (drawing := svg_trend.trend(course, side))
            ],
        }
        for course in report.courses
    ]
    values = {**_course(report, parts), "style": Markup(templating.read("style.css")), "courses": courses}
    return templating.render("course.html.j2", values)


def course_pdf(report: CourseReport, parts: Sequence[Part] = PARTS) -> bytes:
    """Sessions over weeks on A4."""
    return typeset.pdf(course_document(report, parts))


def course_document(report: CourseReport, parts: Sequence[Part] = PARTS) -> Document:
    """What `course_pdf` typesets."""
    drawings: dict[str, str] = {}
    courses = []
    for number, course in enumerate(report.courses):
        figures = []
        for side in SIDES:
            drawing = svg_trend.trend(course, side)
            if drawing:
                name = f"trend-{number}-{side}.svg"
                drawings[name] = drawing
                figures.append({"name": name, "words": TREND_WORDS.format(side=side)})
        told = {"title": course_data.title(course), "tables": course_data.tables(course), "figures": figures}
        courses.append(told)
    values = {**_course(report, parts), "courses": courses}
    return Document(templating.render("course.typ.j2", values), drawings, report.made_ns)


def _session(report: SessionReport, parts: Sequence[Part]) -> dict[str, Any]:
    what = "Training session" if report.exercise is None else report.exercise.name
    return {
        "parts": list(parts),
        "title": what,
        "about": f"{report.client or 'no client named'} · {report.day}",
        "simulated": report.simulated,
        "headline": plain_words.headline(report),
        "level": plain_words.level(report),
        "sure": plain_words.sure(report),
        "unseen": plain_words.unseen(report),
        "note": plain_words.note(report),
        "caution": plain_words.CAUTION,
        "quality": tables.quality(report),
        "prescribed": tables.prescribed(report),
        "sets": tables.sets(report),
        "sides": tables.sides(report),
        "form": tables.form(report),
        "changes": tables.changes(report),
        "versions": tables.versions(report),
    }


def _course(report: CourseReport, parts: Sequence[Part]) -> dict[str, Any]:
    return {
        "parts": list(parts),
        "title": f"Progress of {report.client}",
        "about": f"until {course_data.day(report.made_ns)}",
        "simulated": report.simulated,
        "sentences": [sentence for course in report.courses for sentence in course_data.sentences(course)],
        "caution": plain_words.CAUTION,
        "footer": f"{report.client} · hiplevel {report.pipeline} · training feedback; limits set by the clinician",
    }
