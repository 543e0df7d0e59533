"""A report speaks one language throughout: every word has a German one, and none of another is left in it."""

import ast
import csv
import html
import io
import re
from dataclasses import replace
from pathlib import Path
from string import Formatter

import pytest

from clinic.recorded import STARTED_NS, record, samples
from hiplevel import DropRule, Prescription
from hiplevel import report as room
from hiplevel.clinic.course import Course, LimitStep, Point, Trend, Week
from hiplevel.clinic.side_figures import SideFigures
from hiplevel.language import LANGUAGES, catalogue
from hiplevel.model.faults import FAULTS
from hiplevel.report import figures, render, svg_trace
from hiplevel.report.course_data import CourseReport
from hiplevel.report.session_data import SessionReport, session_report
from hiplevel.report.words import Words

FOLDER = Path(room.__path__[0])
WORDS = "hiplevel.report.words"
OTHERS = [language for language in LANGUAGES if language != "en"]
NOTHING_SAID = re.compile(r"[a-z0-9 ;:.,#%\"'_=/<>{}()-]*")  # attributes of SVG, names of files, forms of numbers
TEMPLATE_CODE = re.compile(r"{[{%#].*?[}%#]}|<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL)
ASKED = Prescription(
    "side-lying-abduction", "left", sets=2, reps=8, rule=DropRule(6.0, warn_deg=3.5), author="Weber", id="x", version=1
)


def source() -> str:
    """All code and templates of the room."""
    files = [path for path in FOLDER.rglob("*") if path.suffix in (".py", ".j2")]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def blankless(text: str) -> str:
    return re.sub(r"\{\w+\}", "", text)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> SessionReport:
    path = tmp_path_factory.mktemp("report") / "six.mcap"
    found = session_report(record(path, samples({1: 9.0, 4: 10.0}), prescription=None))
    (form,) = found.form
    every_fault = replace(form, faults=dict.fromkeys(FAULTS, 2))
    notices = ("The clip rattles: what it measures is partly its own ringing.",)
    return replace(found, form=(every_fault,), quality=replace(found.quality, notices=notices), prescription=ASKED)


@pytest.fixture(scope="module")
def course() -> CourseReport:
    sides = (SideFigures("right", 9.5, 2, 3.5, 40.0, 10.5, 6.5, 9.5, 1.2),)
    points = tuple(Point(f"{n}", STARTED_NS + n * 10**14, None, 1, 6, 8, True, sides) for n in range(201))
    limits = {"threshold_deg": 9.5, "left_deg": None, "right_deg": 8.5, "warn_deg": None}
    steps = (
        LimitStep(STARTED_NS, None, limits, "Weber", ""),
        LimitStep(STARTED_NS + 10**14, limits, limits, "Weber", ""),
    )
    trends = (Trend("right", 12.0, 7.0, 4, True), Trend("left", 6.0, 5.0, 4, False))
    weeks = (Week(STARTED_NS, 2, 3, 12, 24), Week(STARTED_NS, 1, 0, 6, 0, False))
    kinds = (("side-lying-abduction", "left"), ("pelvic-drop", "right"), ("", "both"))
    return CourseReport(
        "c-017", STARTED_NS, tuple(Course(*kind, points, steps, trends, weeks) for kind in kinds), "0.1.0"
    )


def shown(page: str) -> str:
    """What people read, in drawings and under the pointer too."""
    return html.unescape(TEMPLATE_CODE.sub("\n", page))


def numbers(text: str) -> list[str]:
    """All of them but the days."""
    return re.findall(r"\d+(?:\.\d+)?", re.sub(r"\d+(\.\d+\.| \w+ )\d{4}", "", text).replace(",", "."))


def vocabulary(language: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{3,}", " ".join(catalogue(WORDS, language).values()).lower()))


@pytest.mark.parametrize("language", OTHERS)
def test_another_language_has_the_same_keys_and_the_same_blanks(language: str) -> None:
    english, other = catalogue(WORDS, "en"), catalogue(WORDS, language)
    assert set(other) == set(english)
    assert [key for key in english if blanks(english[key]) != blanks(other[key])] == []
    same = {key for key in english if english[key] == other[key] and re.search(r"[a-z]{3}", blankless(english[key]))}
    assert same == {"versions.sensor"}


def test_every_word_is_used() -> None:
    text = source()
    named = set(re.findall(r'"([A-Za-z_]\w*(?:\.\w+)*)"', text))
    tables = [
        re.findall(r'"(\w+)"', found)
        for found in re.findall(r"heads\(say, ([^)]*)\)|names = \(([^)]*)\)", text)
        for found in found
    ]
    columns = {name for names in tables for name in names}
    patterns = [re.sub(r"\{.+?\}", r"\\w+", key) for key in re.findall(r'f"(\w+\.[^"]*\{[^"]+)"', text)]
    unused = [
        key
        for key in catalogue(WORDS, "en")
        if not {key, re.sub(r"\.(one|many)$", "", key)} & named
        and key.partition(".")[2] not in columns
        and not any(re.fullmatch(pattern, key) for pattern in patterns)
    ]
    assert unused == []


def test_no_words_stand_in_the_code() -> None:
    found = []
    for path in FOLDER.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        texts = [n for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
        said = [n.value for n in texts if id(n) not in docs and re.search(r"[A-Za-z]{2,} [a-z]{2,}", n.value)]
        found += [(path.name, text) for text in said if not text.lstrip().startswith(("<", "stroke", "fill", "system"))]
    allowed = {"session_data.py"}  # what the JSON says of a session without a calibration
    assert [one for one in found if one[0] not in allowed] == []


def test_no_words_stand_in_the_templates() -> None:
    pages = [path.read_text(encoding="utf-8") for path in FOLDER.rglob("*.html.j2")]
    assert [shown(page).split() for page in pages if shown(page).split()] == [["·"]]


@pytest.mark.parametrize("language", OTHERS)
def test_no_english_is_left(language: str, report: SessionReport, course: CourseReport) -> None:
    ungraded = replace(report, summary=replace(report.summary, graded=False), exercise=None, prescription=None)
    pages = [render.session_html(one, language=language) for one in (report, ungraded)]
    pages.append(render.course_html(course, language=language))
    english = vocabulary("en") - vocabulary(language) - {"hiplevel", "die"}
    for page in pages:
        assert f'<html lang="{language}">' in page
        assert set(re.findall(r"[^\W\d_]{3,}", shown(page).lower())) & english == set()
        assert re.findall(r"\d\.\d+(?:°| s\b| cm| %)", shown(page)) == []


def test_the_german_report_says_what_the_english_one_says(report: SessionReport) -> None:
    english, german = (shown(render.session_html(report, language=language)) for language in ("en", "de"))
    assert "Pelvic drop and hike on a block" in english
    assert "Becken senken und heben auf einer Stufe" in german
    assert "The clip rattles" in english
    assert "Der Clip klappert: ein Teil dessen, was er misst, ist sein eigenes Nachschwingen." in german
    drop = report.drops[0]
    assert f"right side {drop.peak_deg:.1f}° low" in english
    assert f"bis {drop.peak_deg:.1f}° tief".replace(".", ",") in german
    assert "6 of 16" in english
    assert "6 von 16" in german
    assert sorted(numbers(english)) == sorted(numbers(german))


def test_what_is_not_known_yet_stays_as_it_is(report: SessionReport) -> None:
    (form,) = report.form
    later = replace(
        report,
        quality=replace(report.quality, calibration="from a camera", notices=("Never heard of.",)),
        form=(replace(form, faults={"sideways": 3}),),
    )
    german = shown(render.session_html(later, language="de"))
    assert {"from a camera", "Never heard of.", "sideways (3)"} <= set(german.split("\n"))


def test_one_who_lies_is_told_the_side(report: SessionReport) -> None:
    assert report.exercise is not None
    lying = replace(report, exercise=replace(report.exercise, posture="side-lying"))
    assert "lying on your left side" in render.session_html(lying)
    assert "auf Ihrer linken Seite liegend" in render.session_html(lying, language="de")
    assert "standing" not in re.sub(r"quiet standing", "", shown(render.session_html(lying)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_as_many_in_every_language(language: str, report: SessionReport, course: CourseReport) -> None:
    pages = len(re.findall(rb"/Type\s*/Page\b", render.session_pdf(report, language=language)))
    assert pages <= 3
    assert render.course_pdf(course, language=language).startswith(b"%PDF")


def test_what_programs_read_has_no_language(report: SessionReport, course: CourseReport) -> None:
    assert next(csv.DictReader(io.StringIO(figures.session_csv(report))))["side"] == "right"
    assert figures.session_json(report)["quality"]["calibration"].startswith("none")
    assert '"mark": ","' in svg_trace.hover_words(Words("de"))
