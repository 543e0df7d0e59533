"""A report as one HTML file that needs nothing else, and as PDF."""

from collections.abc import Sequence
from typing import Any, Literal

from markupsafe import Markup

from hiplevel.language import ENGLISH as EN
from hiplevel.model.rules import Side
from hiplevel.report import course_data, plain_words, svg_repetition, svg_trace, svg_trend, tables, templating, typeset
from hiplevel.report.course_data import CourseReport
from hiplevel.report.session_data import SessionReport
from hiplevel.report.typeset import Document
from hiplevel.report.words import Words

Part = Literal["client", "clinician"]
SIDES: tuple[Side, ...] = ("left", "right")
PARTS: tuple[Part, ...] = ("client", "clinician")


def session_html(report: SessionReport, parts: Sequence[Part] = PARTS, language: str = EN) -> str:
    """One file: styles, drawings and the values under the pointer are inside; nothing is fetched."""
    say = Words(language)
    values = {
        **_session(report, parts, say),
        "style": Markup(templating.read("style.css")),
        "script": Markup(templating.read("hover.js")),
        "trace": Markup(svg_trace.trace(report, say)),
        "drawn": [Markup(svg_repetition.repetition(report, one, say)) for one in report.drawn],
        "points": Markup(svg_trace.hover_points(report)),
        "hover": Markup(svg_trace.hover_words(say)),
    }
    return templating.render("session.html.j2", values)


def session_pdf(report: SessionReport, parts: Sequence[Part] = PARTS, language: str = EN) -> bytes:
    """A4: one page for the client, two for the clinician, more only for many sets."""
    return typeset.pdf(session_document(report, parts, language))


def session_document(report: SessionReport, parts: Sequence[Part] = PARTS, language: str = EN) -> Document:
    """What `session_pdf` typesets."""
    say = Words(language)
    drawings = {"trace.svg": svg_trace.trace(report, say)}
    drawings |= {f"{one.kind}.svg": svg_repetition.repetition(report, one, say) for one in report.drawn}
    foot = {"client": report.client or say("page.nobody"), "day": _moment(report, say)}
    values = {
        **_session(report, parts, say),
        "trace": "trace.svg" if drawings["trace.svg"] else "",
        "drawn": [f"{one.kind}.svg" for one in report.drawn],
        "footer": say("page.session_foot", **foot),
    }
    return Document(templating.render("session.typ.j2", values), drawings, report.started_ns)


def course_html(report: CourseReport, parts: Sequence[Part] = PARTS, language: str = EN) -> str:
    """Sessions over weeks as one file."""
    say = Words(language)
    courses = [
        {
            "title": course_data.title(course, say),
            "tables": course_data.tables(course, say),
            "figures": [
                {"svg": Markup(drawing), "words": _trend_words(side, say)}
                for side in SIDES
                if (drawing := svg_trend.trend(course, side, say))
            ],
        }
        for course in report.courses
    ]
    values = {**_course(report, parts, say), "style": Markup(templating.read("style.css")), "courses": courses}
    return templating.render("course.html.j2", values)


def course_pdf(report: CourseReport, parts: Sequence[Part] = PARTS, language: str = EN) -> bytes:
    """Sessions over weeks on A4."""
    return typeset.pdf(course_document(report, parts, language))


def course_document(report: CourseReport, parts: Sequence[Part] = PARTS, language: str = EN) -> Document:
    """What `course_pdf` typesets."""
    say = Words(language)
    drawings: dict[str, str] = {}
    courses = []
    for number, course in enumerate(report.courses):
        figures = []
        for side in SIDES:
            drawing = svg_trend.trend(course, side, say)
            if drawing:
                name = f"trend-{number}-{side}.svg"
                drawings[name] = drawing
                figures.append({"name": name, "words": _trend_words(side, say)})
        told = {"title": course_data.title(course, say), "tables": course_data.tables(course, say), "figures": figures}
        courses.append(told)
    values = {**_course(report, parts, say), "courses": courses}
    return Document(templating.render("course.typ.j2", values), drawings, report.made_ns)


def _trace_words(report: SessionReport, say: Words) -> str:
    if len(report.sides) == 1:
        return say("page.trace_words", way=say("page.height", side=say(f"side.the_{report.sides[0]}")))
    return say("page.trace_words", way=say("page.heights"))


def _trend_words(side: Side, say: Words) -> str:
    return say("page.trend_words", side=say(f"side.The_{side}"))


def _moment(report: SessionReport, say: Words) -> str:
    return say.day(report.started_ns, "moment", report.utc_offset_min)


def _session(report: SessionReport, parts: Sequence[Part], say: Words) -> dict[str, Any]:
    client, day = report.client or say("page.no_client"), _moment(report, say)
    return {
        "say": say,
        "parts": list(parts),
        "title": say("page.training") if report.exercise is None else say.exercise(report.exercise).name,
        "about": f"{client} · {day}",
        "simulated": report.simulated,
        "headline": plain_words.headline(report, say),
        "level": plain_words.level(report, say),
        "trace_words": _trace_words(report, say),
        "sure": plain_words.sure(report, say),
        "unseen": plain_words.unseen(report, say),
        "note": plain_words.note(report),
        "quality": tables.quality(report, say),
        "prescribed": tables.prescribed(report, say),
        "sets": tables.sets(report, say),
        "sides": tables.sides(report, say),
        "form": tables.form(report, say),
        "changes": tables.changes(report, say),
        "remarks": tables.remarks(report, say),
        "versions": tables.versions(report, say),
    }


def _course(report: CourseReport, parts: Sequence[Part], say: Words) -> dict[str, Any]:
    return {
        "say": say,
        "parts": list(parts),
        "title": say("page.progress", client=report.client),
        "about": say("page.until", day=say.day(report.made_ns)),
        "simulated": report.simulated,
        "sentences": [sentence for course in report.courses for sentence in course_data.sentences(course, say)],
        "footer": say("page.course_foot", client=report.client, version=report.pipeline),
    }
