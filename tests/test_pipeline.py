"""What the public pipeline gives: events that can be told apart, kept and summed up."""

import json

import numpy as np
import pytest

from hiplevel import (
    DropRule,
    Pipeline,
    Samples,
    analyze,
)
from hiplevel.model.schema import event_from_json, event_to_json
from hiplevel.simulate import Rest, Still, Stroll, Work, session
from one_set import ASKED, SET


def test_an_analysis_sorts_its_events_by_kind():
    made = session([Still(4.0), Work("pelvic-drop", reps=3, drops={1: 11.0}), Rest(14.0), Work("pelvic-drop", reps=2)])
    cut = made.without(11.0, 11.5).samples
    seen = analyze(cut, **ASKED)
    assert len(seen.gaps) == 1
    assert len(seen.sets) >= 2
    assert [s.reps for s in seen.sets] == [sum(r.set_number == s.number for r in seen.reps) for s in seen.sets]
    assert [d.side for d in seen.drops] == ["right"]
    assert seen.holds == seen.steps == ()
    by_kind = [*seen.reps, *seen.drops, *seen.sets, *seen.gaps, *seen.notes]
    assert set(map(id, by_kind)) <= set(map(id, seen.events))
    assert len(seen.time_s) == len(seen.obliquity_deg) == len(seen.tilt_deg)
    assert np.all(np.diff(seen.time_s) > 0.0)


def test_a_repetition_and_its_drop_tell_of_each_other():
    seen = analyze(SET.samples, **ASKED, rule=DropRule(7.0))
    assert [r.peak_drop_deg > 7.0 for r in seen.reps] == [False, False, True, False]
    drop = seen.drops[0]
    rep = seen.reps[2]
    assert rep.start_s < drop.start_s < drop.end_s < rep.end_s
    assert drop.peak_deg == pytest.approx(rep.peak_drop_deg, abs=0.01)


def test_the_limit_is_the_exercises_own_unless_one_is_set():
    assert Pipeline().rule == DropRule(5.0)
    assert Pipeline(exercise="squat").rule.threshold_deg == 8.0
    assert Pipeline(exercise="squat", rule=DropRule(3.0)).rule == DropRule(3.0)


def test_without_an_exercise_there_are_angles_and_drops_only():
    seen = analyze(SET.samples, stance="left", rule=DropRule(7.0))
    assert seen.reps == seen.sets == ()
    assert len(seen.drops) == 1
    counted = analyze(SET.samples, **ASKED, rule=DropRule(7.0))
    assert seen.obliquity_deg.tobytes() == counted.obliquity_deg.tobytes()


@pytest.mark.parametrize(
    ("exercise_id", "stance"),
    [
        ("pelvic-drop", "right"),
        ("squat", "both"),
        ("walking", "auto"),
        ("side-lying-abduction", "left"),
        (None, "both"),
    ],
)
def test_every_event_is_json_and_comes_back_equal(exercise_id, stance):
    pieces = [Still(3.0), Stroll(6), Work("pelvic-drop", "right", reps=2, drops={1: 12.0}), Rest(10.0)]
    made = session([*pieces, Work("squat", reps=2), Work("side-lying-abduction", reps=2)], seed=3)
    samples = made.without(9.0, 9.4).samples
    acc = samples.acc_m_s2.copy()
    acc[2000:2050] = np.nan
    spoilt = Samples(samples.time_s, acc, samples.gyr_rad_s)
    seen = analyze(spoilt, exercise=exercise_id, stance=stance, rule=DropRule(3.0, left_deg=2.0))
    assert len(seen.events) > 5
    for event in seen.events:
        text = json.dumps(event_to_json(event), allow_nan=False)
        assert event_from_json(json.loads(text)) == event


def test_numbers_in_events_are_plain_python():
    """A numpy scalar in an event would break the reader of a recording, not its writer."""
    events = analyze(SET.samples, **ASKED).events
    assert len(events) > 5
    for event in events:
        for value in event_to_json(event).values():
            for part in value if isinstance(value, (tuple, list)) else [value]:
                assert type(part) in (int, float, str, bool)


def test_a_drop_that_a_gap_cuts_off_ends_before_it():
    whole = analyze(SET.samples, **ASKED)
    longest = max(whole.drops, key=lambda drop: drop.end_s - drop.start_s)
    at_s = 0.5 * (longest.start_s + longest.end_s)
    seen = analyze(SET.without(at_s, at_s + 1.5).samples, **ASKED)
    cut_off = [drop for drop in seen.drops if not drop.complete]
    assert len(cut_off) == 1
    assert cut_off[0].end_s <= seen.gaps[0].start_s
