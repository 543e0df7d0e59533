"""A session's report: the same figures in HTML, PDF, CSV and JSON, in words that claim no more than they may."""

import csv
import io
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from clinic.recorded import INFO, record, samples
from hiplevel import DropRule, Prescription, Samples
from hiplevel.language import LANGUAGES
from hiplevel.model.calibration import Calibration
from hiplevel.report import figures, plain_words, render, svg_repetition, svg_trace, tables, typeset
from hiplevel.report.session_data import SessionReport, session_report
from hiplevel.report.svg import Scale, thinned, ticks
from hiplevel.resources import folder

DROPS = {1: 9.0, 4: 10.0}
FORBIDDEN = ("positive", "diagnos", "injur", "risk", "trendelenburg", "abnormal", "weakness")
ASKED = Prescription(
    "pelvic-drop",
    "left",
    sets=1,
    reps=6,
    rule=DropRule(6.0),
    author="Dr. Weber",
    reason="start",
    id="an id of the store",
    version=2,
    note='Slow & "tall" <b>',
)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> SessionReport:
    path = tmp_path_factory.mktemp("report") / "six.mcap"
    return session_report(record(path, samples(DROPS), prescription=ASKED))


class Balanced(HTMLParser):
    """Every element that is opened is closed, in order."""

    EMPTY = frozenset({"meta", "br", "line", "circle", "path", "rect"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, _: list[tuple[str, str | None]]) -> None:
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.EMPTY:
            assert self.open.pop() == tag


def test_the_html_is_whole_and_fetches_nothing(report: SessionReport) -> None:
    html = render.session_html(report)
    parser = Balanced()
    parser.feed(html)
    assert parser.open == []
    assert re.findall(r"(?:src|href)\s*=|@import|url\(", html) == []
    assert set(re.findall(r"https?://[^\"' ]+", html)) == {"http://www.w3.org/2000/svg"}
    assert "SIMULATED" in html


def test_what_people_write_is_text_and_not_markup(report: SessionReport) -> None:
    html = render.session_html(report)
    assert "Slow &amp; &#34;tall&#34; &lt;b&gt;" in html
    assert render.session_pdf(report).startswith(b"%PDF")


def test_values_under_the_pointer_are_those_of_the_session(report: SessionReport) -> None:
    points = json.loads(svg_trace.hover_points(report))
    assert len(points) <= 2 * svg_trace.COLUMNS
    assert max(v for _, v in points) == round(float(report.obliquity_deg.max()), 1)
    svg = ElementTree.fromstring(svg_trace.trace(report))
    scale = json.loads(svg.attrib["data-scale"])
    assert scale["x"][:2] == [report.time_s[0], report.time_s[-1]]


def test_every_drop_is_drawn_with_its_words(report: SessionReport) -> None:
    drawing = svg_trace.trace(report)
    assert len(report.drops) == 2
    for drop in report.drops:
        words = f"right side {drop.peak_deg:.1f}° low for {drop.duration_s:.1f} s, limit 6°"
        assert drawing.count(words) == 2  # the area and its mark


@pytest.mark.parametrize(
    ("stance", "said"),
    [
        ("left", "Down: the right side is low; up: it is high."),
        ("right", "Down: the left side is low; up: it is high."),
        ("both", "Up: the right side is low; down: the left side."),
    ],
)
def test_the_side_that_may_fall_is_drawn_down_when_it_is_low(report: SessionReport, stance: str, said: str) -> None:
    stood = replace(
        report, stance=stance, obliquity_deg=-report.obliquity_deg if stance == "right" else report.obliquity_deg
    )
    drawing = ElementTree.fromstring(svg_trace.trace(stood))
    y = Scale(*json.loads(drawing.attrib["data-scale"])["y"])
    low_deg = 9.0 if stance == "left" else -9.0  # + = left side up
    assert y(low_deg) > y(0.0)
    assert said in render.session_html(stood)


def test_the_worst_and_the_best_repetition_are_drawn(report: SessionReport) -> None:
    worst, best = report.drawn
    assert (worst.kind, worst.shown_number, best.kind) == ("worst", 5, "best")
    assert abs(worst.peak_deg - 10.0) < 0.6
    assert best.peak_deg < 7.0
    assert "right side" in svg_repetition.repetition(report, worst)


def test_all_outputs_have_the_same_figures(report: SessionReport) -> None:
    told = figures.session_json(report)
    json.dumps(told, allow_nan=False)
    (row,) = list(csv.DictReader(io.StringIO(figures.session_csv(report))))
    (fall,) = told["summary"]["sets"][0]["falls"]
    assert (row["side"], row["done"], row["prescribed"], row["drops"]) == ("right", "6", "6", "2")
    assert float(row["peak_deg"]) == fall["peak_deg"]
    assert float(row["over_s"]) == fall["over_s"]
    shown = dict(zip(tables.sides(report).heads, tables.sides(report).rows[0], strict=True))
    assert shown["Peak fall"] == f"{fall['peak_deg']:.1f}°"
    assert shown["Share"] == f"{fall['over_share']:.1%}"
    html = render.session_html(report)
    assert shown["Peak fall"] in html
    assert "6 of 6" in html


def test_form_shows_fall_rise_and_what_the_pelvis_did_besides(report: SessionReport) -> None:
    (one,) = report.form
    (side,) = one.sides
    assert side.side == "right"
    assert 3.0 < side.median_fall_deg < 7.0  # two of six fell deeper
    assert side.median_rise_deg > 3.0
    assert one.tilt_deg is not None
    assert one.tilt_deg.count == 6
    assert figures.session_json(report)["form"][0]["sides"][0]["side"] == "right"
    assert tables.form(report).rows[0][1].startswith("right ")


def test_the_first_drop_of_a_set_is_in_its_set(tmp_path: Path) -> None:
    report = session_report(record(tmp_path / "first.mcap", samples({0: 10.0, 1: 10.0})))
    assert [row[1:2] + row[-1:] for row in tables.sides(report).rows] == [("1", "2"), ("session", "2")]
    assert next(csv.DictReader(io.StringIO(figures.session_csv(report))))["drops"] == "2"


def test_where_drops_begin_elsewhere_the_table_says_so(report: SessionReport) -> None:
    assert report.exercise is not None
    own = replace(report, exercise=replace(report.exercise, drop_reference="rep-start"))
    assert "from where each repetition began" in tables.sides(own).note
    assert "from where each repetition began" not in tables.sides(report).note


def test_plain_words(report: SessionReport) -> None:
    assert plain_words.headline(report).startswith(
        "You did pelvic drop and hike on a block, standing on your left leg: 6 of 6 repetitions in 1 set in "
    )
    (sentence,) = plain_words.level(report)
    assert "Your right side came lower than the limit of 6° that your clinician set: 2 times, " in sentence
    assert "less than 4°" in plain_words.sure(report)


def test_a_limit_that_no_clinician_set_is_not_called_so(tmp_path: Path) -> None:
    asked = replace(ASKED, id="", version=0, author="window")
    report = session_report(record(tmp_path / "own.mcap", samples(DROPS), prescription=asked))
    assert "that was set for this session" in plain_words.level(report)[0]
    assert dict(tables.prescribed(report).rows)["Prescribed by"] == "told at the start, not by a clinician"


def test_within_the_limit_is_said_as_well(tmp_path: Path) -> None:
    report = session_report(record(tmp_path / "calm.mcap", samples(), rule=DropRule(12.0), prescription=None))
    (sentence,) = plain_words.level(report)
    assert "Your right side stayed within the limit of 12° that was set for this session" in sentence


def test_no_page_says_more_than_it_may(report: SessionReport) -> None:
    html = re.sub(r"<(style|script).*?</\1>", "", render.session_html(report), flags=re.S).lower()
    assert [word for word in FORBIDDEN if word in html] == []


def test_parts_are_for_their_readers(report: SessionReport) -> None:
    client, clinician = (render.session_html(report, (part,)) for part in ("client", "clinician"))  # type: ignore[arg-type]
    assert "You did" in client
    assert "Versions" not in client
    assert "Versions" in clinician
    assert "You did" not in clinician


def test_one_page_for_the_client_and_two_at_most_for_the_clinician(report: SessionReport) -> None:
    def pages(pdf: bytes) -> int:
        return len(re.findall(rb"/Type\s*/Page\b", pdf))

    assert pages(render.session_pdf(report, ("client",))) == 1
    assert pages(render.session_pdf(report)) <= 3


def test_the_same_report_is_the_same_file(report: SessionReport) -> None:
    assert render.session_pdf(report) == render.session_pdf(report)
    assert render.session_html(report) == render.session_html(report)


def test_where_drops_are_not_judged_the_report_says_so_first(tmp_path: Path) -> None:
    path = record(tmp_path / "side.mcap", samples(DROPS), calibration=Calibration.assumed("left side"))
    report = session_report(path)
    assert tables.quality(report).rows[1] == ("Drops", "NOT judged in this session")
    assert report.drawn == ()
    assert "was not judged this time" in plain_words.level(report)[0]
    assert tables.sides(report).rows == ()
    assert render.session_pdf(report).startswith(b"%PDF")
    assert "Peak fall" not in render.session_html(report)


def test_of_holds_it_tells_holds_against_those_asked_for_and_no_repetitions(tmp_path: Path) -> None:
    asked = Prescription("single-leg-stand", "left", sets=2, reps=1, hold_s=25.0, rule=DropRule(6.0))
    what = samples(exercise="single-leg-stand", reps=1, seed=3)
    path = record(tmp_path / "h.mcap", what, exercise="single-leg-stand", stance="left", prescription=asked)
    report = session_report(path)
    rows = dict(tables.prescribed(report).rows)
    assert (rows["Holds"], rows["Held as long as asked"]) == ("1 of 2", "1 of 1")
    assert not {"Sets done", "Repetitions done", "Counted by the machine"} & set(rows)
    assert re.search(r"1 hold, the longest (29|30) s of 25 s in", plain_words.headline(report))
    walked = session_report(folder("recordings") / "walking.mcap")
    assert dict(tables.prescribed(walked).rows)["Steps"] == "81"
    assert "Repetitions done" not in dict(tables.prescribed(walked).rows)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["pelvic-drop-right-two-sets", "squat"])
def test_the_clinicians_figures_of_a_short_session_stand_on_one_page(name: str, language: str) -> None:
    report = session_report(folder("recordings") / f"{name}.mcap")
    assert len(typeset.pictures(render.session_document(report, ("clinician",), language))) == 1


@pytest.mark.parametrize("exercise", ["", "squat", "walking"])
def test_other_exercises_and_none_at_all(tmp_path: Path, exercise: str) -> None:
    what = samples(exercise=exercise or "squat", reps=6, seed=5)
    path = record(tmp_path / "x.mcap", what, exercise=exercise, stance="both", prescription=None)
    report = session_report(path)
    assert render.session_pdf(report).startswith(b"%PDF")
    assert "<svg" in render.session_html(report)
    assert figures.session_csv(report).startswith("set,")
    json.dumps(figures.session_json(report), allow_nan=False)


def test_a_recording_with_a_hole_is_drawn_with_a_hole(tmp_path: Path) -> None:
    whole = samples(DROPS)
    kept = (whole.time_s < 12.0) | (whole.time_s >= 14.0)
    cut = Samples(whole.time_s[kept], whole.acc_m_s2[kept], whole.gyr_rad_s[kept])
    report = session_report(record(tmp_path / "hole.mcap", cut))
    assert svg_trace.trace(report).count('stroke="#1f5a92"') == 2
    quality = dict(tables.quality(report).rows)
    assert "1 gap" in quality["Samples missing or marked bad"]


def test_an_hour_is_drawn_without_losing_a_peak() -> None:
    time_s = np.arange(360_000) / 100.0
    values = np.sin(time_s)
    values[123_456] = 30.0
    points = thinned(time_s, values, 800)
    assert len(points) <= 1600
    assert max(v for _, v in points) == 30.0
    assert [t for t, _ in points] == sorted(t for t, _ in points)


def test_ticks_are_round_and_inside() -> None:
    assert ticks(-6.6, 11.0) == [-5.0, 0.0, 5.0, 10.0]
    assert ticks(0.0, 0.9) == pytest.approx([0.0, 0.2, 0.4, 0.6, 0.8])


def test_the_head_is_shown(report: SessionReport) -> None:
    assert report.client == INFO.client
    assert "hiplevel 0" in dict(tables.versions(report).rows)["Computed by"]
