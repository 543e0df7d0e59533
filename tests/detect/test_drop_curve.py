"""Judging again by another limit is the same as having had that limit from the beginning."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiplevel import DropRule, Samples, resources, simulate
from hiplevel.detect.drop_curve import Spans, drop_curve
from hiplevel.detect.drop_trace import DropTrace, JudgedCells
from hiplevel.detect.drops import Drops
from hiplevel.model.events import Drop, Mark
from hiplevel.model.rules import MAX_LIMIT_DEG, Stance
from hiplevel.pipeline import analyze
from hiplevel.recording.reader import open_recording

LIMITS = [1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 9.0, 12.0, 30.0, 44.0]


def assert_alike(spans: Spans, drops: list[Drop]) -> None:
    assert spans.start_s.tolist() == [drop.start_s for drop in drops]
    assert spans.end_s.tolist() == [drop.end_s for drop in drops]
    assert spans.over_s == pytest.approx(sum(drop.duration_s for drop in drops))


def assert_found(cells: JudgedCells, stance: Stance, rule: DropRule, told: tuple[Drop, ...]) -> int:
    """The curve has the pipeline's drops at the rule's limit; how many they are."""
    sides = [side for side in ("left", "right") if side != stance]
    assert {drop.side for drop in told} <= set(sides)
    for side in sides:
        (spans,) = drop_curve(cells, side, rule, [rule.threshold_deg])
        assert_alike(spans, sorted((drop for drop in told if drop.side == side), key=lambda drop: drop.start_s))
    return len(told)


def with_gap(samples: Samples, start_s: float, end_s: float) -> Samples:
    kept = (samples.time_s < start_s) | (samples.time_s >= end_s)
    return Samples(samples.time_s[kept], samples.acc_m_s2[kept], samples.gyr_rad_s[kept])


LEFT = simulate.exercise("pelvic-drop", stance="left", reps=8, drops={1: 9.0, 4: 7.0}, seed=7).samples
RIGHT = simulate.exercise("single-leg-squat", stance="right", reps=6, seed=3).samples
SESSIONS: dict[str, tuple[str, Stance, Samples]] = {
    "left": ("pelvic-drop", "left", LEFT),
    "right": ("single-leg-squat", "right", RIGHT),
    "both": ("squat", "both", simulate.exercise("squat", reps=6, seed=5).samples),
    "walk": ("walking", "both", simulate.exercise("walking", reps=20, seed=2).samples),
}
SESSIONS["gap"] = ("pelvic-drop", "left", with_gap(SESSIONS["left"][2], 12.0, 13.1))


@pytest.mark.parametrize("name", SESSIONS)
def test_count_for_count_as_the_pipeline_run_again(name: str) -> None:
    exercise, stance, samples = SESSIONS[name]
    trace = DropTrace()
    analyze(samples, exercise=exercise, stance=stance, rule=DropRule(5.0), trace=trace)
    found = 0
    for limit_deg, min_duration_s in ((1.5, 0.1), (3.0, 0.5), (4.0, 0.0), (6.0, 0.1)):
        rule = DropRule(limit_deg, min_duration_s=min_duration_s)
        again = analyze(samples, exercise=exercise, stance=stance, rule=rule).drops
        found += assert_found(trace.cells(), stance, rule, again)
    assert found or name in ("both", "walk")


def judged_anew(cells: JudgedCells, rule: DropRule) -> list[Drop]:
    """What the drop watch itself says of these cells, whose cuts end what is open; falls into lying are none."""
    watch, told, at = Drops("both", rule), list[object](), 0
    for row, lying in zip(cells.cut_rows.tolist(), cells.lying.tolist(), strict=True):
        told += watch.process(cells.time_s[at:row], cells.obliquity_deg[at:row])
        closed = [event for event in watch.finish(float(cells.time_s[row - 1])) if isinstance(event, Drop)]
        told += [drop for drop in closed if not lying or drop.peak_deg <= MAX_LIMIT_DEG]
        at = row
    return [event for event in told if isinstance(event, Drop)]


@given(
    levels=st.lists(st.tuples(st.floats(-5.0, 60.0), st.integers(1, 30)), min_size=1, max_size=40),
    cuts=st.lists(st.tuples(st.integers(1, 400), st.booleans()), max_size=4),
    hysteresis_deg=st.sampled_from([0.0, 0.5, 1.0]),
    min_duration_s=st.sampled_from([0.0, 0.05, 0.1]),
)
def test_any_course_any_cut(
    levels: list[tuple[float, int]], cuts: list[tuple[int, bool]], hysteresis_deg: float, min_duration_s: float
) -> None:
    fall_deg = np.concatenate([np.full(length, level) for level, length in levels])
    fall_deg += 0.3 * np.sin(np.arange(len(fall_deg)))
    ends = {row: lying for row, lying in cuts if row < len(fall_deg)} | {len(fall_deg): False}
    rows = sorted(ends)
    cells = JudgedCells(
        np.arange(1, len(fall_deg) + 1) * 0.01,
        fall_deg,
        np.array(rows),
        np.array([ends[row] for row in rows]),
        np.full(len(rows), np.inf),
    )
    rule = DropRule(5.0, hysteresis_deg, min_duration_s)
    anew = {limit_deg: judged_anew(cells, replace(rule, threshold_deg=limit_deg)) for limit_deg in LIMITS}
    for side in ("left", "right"):
        for spans in drop_curve(cells, side, rule, LIMITS[::-1]):
            assert_alike(spans, [drop for drop in anew[spans.limit_deg] if drop.side == side])


def test_many_limits_at_once_in_any_order() -> None:
    trace = DropTrace()
    analyze(LEFT, exercise="pelvic-drop", stance="left", trace=trace)
    curve = drop_curve(trace.cells(), "right", DropRule(5.0), LIMITS[::-1])
    assert [spans.limit_deg for spans in curve] == LIMITS[::-1]
    assert len({len(spans) for spans in curve}) > 3


def test_nothing_judged_is_nothing_found() -> None:
    cells = DropTrace().cells()
    assert [len(spans) for spans in drop_curve(cells, "left", DropRule(), LIMITS)] == [0] * len(LIMITS)


@pytest.mark.parametrize("name", sorted(path.stem for path in resources.folder("recordings").glob("*.mcap")))
def test_every_sample_session_judged_again_is_the_pipeline_run_again(name: str) -> None:
    recording = open_recording(resources.folder("recordings") / f"{name}.mcap")
    info, trace = recording.info, DropTrace()
    how = {"exercise": recording.exercise, "stance": info.stance, "calibration": info.calibration}
    analyze(recording.samples, **how, marks=recording.events, trace=trace)  # type: ignore[arg-type]
    rule = DropRule(4.0)
    again = analyze(recording.samples, **how, rule=rule, marks=recording.events).drops  # type: ignore[arg-type]
    assert_found(trace.cells(), info.stance, rule, again)


def test_nothing_is_judged_in_a_pause_however_it_is_judged() -> None:
    marks = [Mark(8.0, "pause", known_s=8.0), Mark(20.0, "resume", known_s=20.0)]
    trace = DropTrace()
    analyze(LEFT, exercise="pelvic-drop", stance="left", marks=marks, trace=trace)
    cells = trace.cells()
    assert not ((cells.time_s > 8.1) & (cells.time_s < 19.9)).any()
    rule = DropRule(3.0)
    again = analyze(LEFT, exercise="pelvic-drop", stance="left", rule=rule, marks=marks).drops
    assert assert_found(cells, "left", rule, again) > 0
