"""Holds: how long, how high, how it sank, and what is told while it lasts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detect.holding import STAND, holds, stand
from detect.moving import motion, plateau
from hiplevel import (
    HoldBroken,
    HoldStarted,
    HoldUpdated,
    Mark,
)
from hiplevel.detect.holds import Holds


@given(st.floats(3.0, 12.0), st.floats(6.0, 40.0), st.sampled_from(["left", "right"]))
def test_a_raise_that_is_kept_is_timed(raised_deg, lasts_s, stance):
    sign = 1.0 if stance == "right" else -1.0
    events = stand(sign * plateau((4.0, 0.0), (lasts_s, raised_deg), (4.0, 0.0)), stance)
    (hold,) = holds(events)
    assert hold.start_s == pytest.approx(5.0, abs=0.35)
    assert hold.end_s == pytest.approx(5.0 + lasts_s, abs=0.35)
    assert hold.rise_deg == pytest.approx(raised_deg, abs=0.1)
    assert hold.mean_deg == pytest.approx(raised_deg, rel=0.05)
    assert abs(hold.drift_deg_per_30s) < 0.7
    assert (hold.side, hold.failed, hold.complete) == (stance, "", True)
    assert hold.held_s == pytest.approx(hold.end_s - hold.start_s)


def test_it_is_told_while_it_lasts_and_every_second():
    events = stand(plateau((4.0, 0.0), (10.0, 6.0), (4.0, 0.0)))
    started = next(e for e in events if isinstance(e, HoldStarted))
    assert started.known_s == pytest.approx(started.time_s + STAND.confirm_s, abs=0.7)
    told = [e for e in events if isinstance(e, HoldUpdated)]
    assert [round(e.held_s) for e in told] == list(range(round(told[0].held_s), round(told[-1].held_s) + 1))
    assert len(told) > 4
    assert told[0].held_s < STAND.confirm_s + 1.5
    assert all(e.level_deg == pytest.approx(6.0, abs=0.3) for e in told[:-2])
    known = [e.known_s for e in events]
    assert known == sorted(known)


def test_sinking_is_measured_as_drift():
    level = plateau((4.0, 0.0), (30.0, 8.0), (4.0, 0.0))
    level[500:3500] -= np.linspace(0.0, 2.0, 3000)
    (hold,) = holds(stand(level))
    assert hold.drift_deg_per_30s == pytest.approx(2.0, abs=0.3)
    assert hold.failed == ""


@pytest.mark.parametrize("to_deg", [1.0, -6.0])
def test_giving_way_is_told_at_once_with_the_time_to_failure(to_deg):
    events = stand(plateau((4.0, 0.0), (15.0, 8.0), (10.0, to_deg), (3.0, 0.0), ramp_s=1.0), target_s=30.0)
    broken = next(e for e in events if isinstance(e, HoldBroken))
    assert broken.held_s == pytest.approx(15.5, abs=1.2)
    assert broken.known_s < 20.0 + 2.6
    assert holds(events)[0].held_s == pytest.approx(broken.held_s)


def test_too_short_for_the_time_asked_for_is_early_and_long_enough_is_not():
    short, long = (stand(plateau((4.0, 0.0), (s, 6.0), (4.0, 0.0)), target_s=30.0) for s in (20.0, 31.0))
    assert holds(short)[0].failed == "early"
    assert [e.reason for e in short if isinstance(e, HoldBroken)] == ["early"]
    assert holds(long)[0].failed == ""


@pytest.mark.parametrize(
    "level",
    [
        plateau((30.0, 0.0)),
        plateau((4.0, 0.0), (1.5, 6.0), (4.0, 0.0)),
        plateau((4.0, 0.0), (12.0, 1.5), (4.0, 0.0)),
        plateau((4.0, 0.0), (12.0, 40.0), (4.0, 0.0)),
        6.0 * np.sin(np.arange(3000) / 100.0 * 2.0 * np.pi / 1.1),
    ],
    ids=["still", "weight shift", "too little", "lying down", "walking"],
)
def test_what_is_no_hold(level):
    assert stand(level, sway=(0.4, 0.4)) == []


def test_walking_about_with_a_listing_pelvis_is_no_hold():
    level = plateau((4.0, 0.0), (12.0, 6.0), (4.0, 0.0))
    shaken = 2.0 * np.sin(np.arange(3 * len(level)).reshape(3, -1) * 0.3)
    assert stand(level, acc_m_s2=shaken) == []


@pytest.mark.parametrize("cued", [False, True])
def test_a_side_that_falls_instead_is_a_hold_that_failed_from_the_start(cued):
    marks = [Mark(5.0, "start"), Mark(35.0, "stop")] if cued else []
    events = stand(plateau((4.0, 0.0), (30.0, -6.0), (4.0, 0.0)), target_s=30.0, marks=marks)
    (hold,) = holds(events)
    assert (hold.failed, hold.held_s) == ("not-raised", 0.0)
    assert hold.mean_deg == pytest.approx(-6.0, abs=0.4)
    broken = next(event for event in events if isinstance(event, HoldBroken))
    assert (broken.reason, broken.held_s) == ("not-raised", 0.0)
    assert broken.known_s < 11.5


def test_a_cued_stand_with_a_level_pelvis_was_not_raised():
    events = stand(np.zeros(4000), target_s=30.0, marks=[Mark(5.0, "start"), Mark(36.0, "stop")])
    assert [(hold.failed, hold.held_s, hold.end_s) for hold in holds(events)] == [("not-raised", 0.0, 36.0)]


def test_start_and_stop_go_before_what_is_seen():
    marks = [Mark(6.0, "start", known_s=6.0), Mark(20.0, "stop", known_s=20.0)]
    events = stand(np.zeros(3000), marks=marks)
    (hold,) = holds(events)
    assert (hold.start_s, hold.end_s, hold.cued) == (6.0, 20.0, True)
    assert next(e for e in events if isinstance(e, HoldStarted)).known_s <= 6.26
    seen = stand(plateau((4.0, 0.0), (20.0, 6.0), (4.0, 0.0)), marks=[Mark(8.5, "start"), Mark(24.0, "stop")])
    assert [(h.cued, h.end_s) for h in holds(seen)] == [(True, 24.0)]


def test_a_stop_at_the_very_end_is_heard():
    marks = [Mark(6.0, "start"), Mark(29.999, "stop")]
    finder = Holds(STAND, "left")
    finder.process(motion(np.zeros(2995)), marks[:1])
    (hold,) = holds(finder.finish(30.0, marks[1:]))
    assert (hold.end_s, hold.complete) == (29.999, True)


def test_nothing_spans_a_gap():
    level = plateau((4.0, 0.0), (20.0, 6.0), (4.0, 0.0))
    finder = Holds(STAND, "right")
    first = finder.process(motion(level[:1500]))
    cut_off = finder.restart(16.0)
    later = finder.process(motion(level[1600:], start_s=16.0)) + finder.finish(30.0)
    assert [type(e) for e in first if not isinstance(e, HoldUpdated)] == [HoldStarted]
    (hold,) = holds(cut_off)
    assert (hold.complete, hold.end_s) == (False, pytest.approx(15.0, abs=0.11))
    assert holds(later) == []


@pytest.mark.parametrize("size", [1, 7, 25, 5000])
def test_the_cut_does_not_matter(size):
    level = plateau((4.0, 0.0), (12.0, 7.0), (9.0, 2.0), (4.0, 0.0))
    level += 0.3 * np.sin(np.arange(len(level)) * 0.02)
    marks = [Mark(6.03, "start"), Mark(22.22, "stop")]
    whole = stand(level, marks=list(marks), size=10_000)
    assert stand(level, marks=list(marks), size=size) == whole
    assert len(holds(whole)) == 1
