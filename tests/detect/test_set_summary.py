"""A set in figures, against answers worked out by hand."""

import math
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiplevel.detect.corrections import corrected
from hiplevel.detect.falls import fall, peaks
from hiplevel.detect.figures import LeftRight, Trend, spread, trend
from hiplevel.detect.session_summary import SessionSummary, session_summary
from hiplevel.detect.set_summary import SetSummary, set_summary
from hiplevel.model.edits import BadSpan, Correction
from hiplevel.model.events import Event, Gap, Note, Rep, SetEnded, SetStarted, Step
from hiplevel.model.holding import Hold
from hiplevel.model.limit_change import LimitChanged
from hiplevel.model.prescription import Prescription
from hiplevel.model.rules import DropRule
from hiplevel.model.samples import Floats

RULE = DropRule(5.0)
ALWAYS = [(-math.inf, RULE)]


@dataclass(frozen=True)
class Angles:
    time_s: Floats
    obliquity_deg: Floats


def wave(amplitude_deg: float = 10.0, seconds: float = 20.0, period_s: float = 4.0) -> Angles:
    """The right side falls and rises, a sine about level."""
    time_s = np.arange(round(100.0 * seconds)) / 100.0
    return Angles(time_s, amplitude_deg * np.sin(2.0 * np.pi * time_s / period_s))


def reps(*roms: float, drops: tuple[float, ...] = ()) -> list[Event]:
    """One set of repetitions from 10 s on: 1.5 s out, 1 s held, 2.5 s back."""
    events: list[Event] = [SetStarted(10.0, 1)]
    for i, rom in enumerate(roms):
        start = 10.0 + 6.0 * i
        drop = drops[i] if drops else 0.0
        # The turn is in the middle of the hold.
        events.append(
            Rep(start, start + 2.0, start + 5.0, rom, number=i + 1, set_number=1, peak_drop_deg=drop, hold_turn_s=1.0)
        )
    return [*events, SetEnded(10.0, 10.0 + 6.0 * len(roms) - 1.0, 1, len(roms))]


def one(events: list[Event]) -> SetSummary:
    return set_summary(corrected(events).sets[0])


def test_range_tempo_and_variation() -> None:
    told = one(reps(10.0, 12.0, 14.0))
    assert told.range_deg is not None
    assert (told.range_deg.count, told.range_deg.mean, told.range_deg.least, told.range_deg.most) == (
        3,
        12.0,
        10.0,
        14.0,
    )
    assert (told.range_deg.sd, told.range_deg.variation) == (2.0, pytest.approx(2.0 / 12.0))
    assert told.out_s is not None
    assert told.back_s is not None
    assert told.rep_s is not None
    assert told.hold_s is not None
    assert (told.out_s.mean, told.back_s.mean, told.rep_s.mean, told.hold_s.mean) == (1.5, 2.5, 5.0, 1.0)
    assert told.out_to_back == pytest.approx(0.6)
    assert told.rep_s.variation == 0.0


def test_the_last_three_against_the_first_three_and_a_slope_per_repetition() -> None:
    told = one(reps(12.0, 12.0, 12.0, 10.0, 8.0, 8.0, 8.0, drops=(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0)))
    assert told.range_trend is not None
    assert (told.range_trend.first, told.range_trend.last, told.range_trend.change) == (12.0, 8.0, -4.0)
    # Least squares by hand: sum((i - 3) y) / sum((i - 3)^2) = (-36 - 24 - 12 + 0 + 8 + 16 + 24) / 28
    assert told.range_trend.per_rep == pytest.approx(-24.0 / 28.0)
    assert told.drop_trend is not None
    assert told.drop_trend.per_rep == pytest.approx(1.0)
    assert told.drop_trend.change == pytest.approx(4.0)


def test_few_repetitions_have_no_ends_and_two_no_slope() -> None:
    five = one(reps(1.0, 2.0, 3.0, 4.0, 5.0)).range_trend
    assert five == Trend(pytest.approx(1.0))
    assert five is not None
    assert five.change is None
    assert one(reps(1.0, 2.0)).range_trend is None


def test_a_sines_fall_over_time() -> None:
    found = fall(wave(10.0), "right", (0.0, 20.0), ALWAYS)
    assert found is not None
    assert (found.seconds, found.peak_deg) == (pytest.approx(20.0), pytest.approx(10.0))
    assert found.mean_deg == pytest.approx(10.0 / np.pi, rel=1e-3)  # of a half-wave sine
    assert found.p95_deg == pytest.approx(10.0 * np.sin(np.pi * 0.45), rel=1e-3)  # beyond it in 5 % of the time
    assert found.over_share == pytest.approx(1.0 / 3.0, abs=0.005)  # asin(0.5) = 30 of 180 degrees, of one half
    assert found.over_s == pytest.approx(20.0 / 3.0, abs=0.1)


def test_the_side_that_fell_is_the_one_that_is_low() -> None:
    tilted = Angles(np.arange(100) / 100.0, np.full(100, 4.0))  # + = left side up
    right, left = (fall(tilted, side, (0.0, 1.0), ALWAYS) for side in ("right", "left"))  # type: ignore[arg-type]
    assert right is not None
    assert left is not None
    assert (right.mean_deg, left.mean_deg, left.peak_deg) == (4.0, 0.0, 0.0)


def test_only_samples_within_the_span_and_outside_bad_ones_count() -> None:
    time_s = np.arange(1000) / 100.0
    steps = Angles(time_s, np.where(time_s < 5.0, 2.0, 8.0))
    found = fall(steps, "right", (4.0, 7.0), ALWAYS, bad=[(5.0, 6.0)])
    assert found is not None
    assert (found.seconds, found.mean_deg, found.over_s) == (pytest.approx(2.0), pytest.approx(5.0), pytest.approx(1.0))
    assert fall(steps, "right", (20.0, 30.0), ALWAYS) is None
    assert fall(steps, "right", (4.0, 7.0), ALWAYS, bad=[(0.0, 9.0)]) is None


def test_time_over_the_limit_is_by_the_limit_in_force() -> None:
    level = Angles(np.arange(1000) / 100.0, np.full(1000, 6.0))
    found = fall(level, "right", (0.0, 10.0), [*ALWAYS, (4.0, DropRule(8.0))])
    assert found is not None
    assert found.over_s == pytest.approx(4.0, abs=0.011)
    own = fall(level, "right", (0.0, 10.0), [(-math.inf, DropRule(5.0, right_deg=7.0))])
    assert own is not None
    assert own.over_s == 0.0


def session(events: list[Event], angles: Angles | None = None, **more: object) -> SessionSummary:
    values = {"duration_s": 60.0, "stance": "left", "rule": RULE, "angles": angles} | more
    return session_summary(events, **values)  # type: ignore[arg-type]


def test_only_the_side_without_support_is_watched() -> None:
    events = reps(10.0, 10.0)
    assert [f.side for f in session(events, wave(seconds=40.0)).sets[0].falls] == ["right"]
    assert [f.side for f in session(events, wave(seconds=40.0), stance="both").sets[0].falls] == ["left", "right"]
    assert session(events).sets[0].falls == ()


def test_left_against_right_in_degrees_and_no_index_near_zero() -> None:
    both = session(reps(10.0, 10.0), wave(8.0, 40.0), stance="both").left_right
    assert both is not None
    assert (both.left_deg, both.right_deg) == (pytest.approx(8.0, rel=0.01), pytest.approx(8.0, rel=0.01))
    assert LeftRight(6.0, 4.0).difference_deg == 2.0
    assert LeftRight(6.0, 4.0).symmetry_percent == pytest.approx(-40.0)  # (R - L) / 0.5 (R + L)
    assert LeftRight(2.0, 4.0).symmetry_percent is None  # their mean is 3
    assert session(reps(10.0), wave()).left_right is None


def test_peaks_of_both_sides_are_means_over_repetitions() -> None:
    time_s = np.arange(2000) / 100.0
    angles = Angles(time_s, np.select([time_s < 5.0, time_s < 10.0], [-4.0, 2.0], 0.0))
    found = peaks(angles, [(0.0, 5.0), (5.0, 10.0), (30.0, 31.0)])
    assert found is not None
    assert (found.left_deg, found.right_deg) == (2.0, 1.0)


def test_done_against_prescribed() -> None:
    asked = Prescription("pelvic-drop", "left", sets=3, reps=12)
    told = session([*reps(10.0, 11.0, 12.0), Correction(11.0, "add", 1)], prescription=asked)
    (only,) = told.sets
    assert (only.done, only.prescribed, only.added, only.machine_reps) == (4, 12, 1, 3)
    assert (told.done, told.sets_done, told.sets_prescribed, told.machine_reps) == (4, 1, 3, 3)


def test_warm_up_and_bad_spans_count_apart_and_give_no_figures() -> None:
    events = [*reps(10.0, 20.0, 30.0), Correction(11.0, "warm-up", 1, 1), BadSpan(22.0, 23.0)]
    told = session(events)
    assert (told.sets[0].done, told.sets[0].warm_up) == (2, 1)
    assert told.sets[0].range_deg == spread([20.0])
    assert told.data.bad_s == 1.0


def test_what_is_not_judged_has_no_drops() -> None:
    refused = Note(0.0, "The clip sits at the side.", "drops-not-graded", "warning")
    told = session([refused, *reps(10.0, 11.0, drops=(3.0, 4.0))], wave(seconds=40.0), stance="both")
    assert not told.graded
    assert (told.falls, told.left_right, told.sets[0].falls, told.sets[0].peak_drop_deg) == ((), None, (), None)
    assert told.sets[0].range_deg is not None


def test_how_much_was_usable() -> None:
    told = session([Gap(0.0, 6.0), BadSpan(4.0, 9.0), Gap(30.0, 33.0)]).data
    assert (told.gaps, told.gap_s, told.bad_s) == (2, 9.0, 5.0)
    assert told.invalid_share == pytest.approx(12.0 / 60.0)  # what was both missing and bad counts once
    paused = session([Gap(0.0, 6.0), Gap(30.0, 42.0, "paused"), BadSpan(40.0, 44.0)]).data
    assert (paused.gaps, paused.gap_s, paused.paused_s) == (1, 6.0, 12.0)
    assert paused.invalid_share == pytest.approx(8.0 / 48.0)  # nothing is missing of what nobody was to look at
    assert session([], duration_s=0.0).data.invalid_share == 0.0


def test_holds_against_what_was_asked() -> None:
    asked = Prescription("single-leg-stand", "left", reps=3, hold_s=30.0)
    holds: list[Event] = [
        Hold(0.0, 31.0, drift_deg_per_30s=2.0, rise_deg=6.0),
        Hold(40.0, 60.0, held_s=18.0, failed="sank", drift_deg_per_30s=4.0, rise_deg=4.0),
    ]
    told = session(holds, prescription=asked).holds
    assert told is not None
    assert (told.done, told.prescribed, told.long_enough, told.given_way) == (2, 3, 1, 1)
    assert told.held_s is not None
    assert (told.held_s.mean, told.held_s.least) == (24.5, 18.0)
    assert session(holds).holds is not None
    assert session([]).holds is None


def test_steps_and_their_tempo() -> None:
    steps: list[Event] = [Step(t, "left") for t in (0.0, 0.5, 1.0, 9.0, 9.5)]
    told = session(steps)
    assert (told.steps, told.step_s) == (5, 0.5)
    assert session([Step(1.0, "left")]).step_s is None


def test_other_limits_set_meanwhile_hold_from_then_on() -> None:
    level = Angles(np.arange(2000) / 100.0, np.full(2000, 6.0))
    changed = LimitChanged(15.0, 5.0, 8.0, "pt-2", "too easy")
    told = session([*reps(10.0, 10.0), changed], level).sets[0].falls[0]
    assert told.over_s == pytest.approx(5.0, abs=0.011)  # of the set, which began at 10 s


numbers = st.lists(st.floats(-50.0, 50.0), min_size=1, max_size=30)


@given(numbers, st.floats(-20.0, 20.0))
def test_figures_move_with_what_they_are_of(values: list[float], by: float) -> None:
    before, after = spread(values), spread([value + by for value in values])
    assert before is not None
    assert after is not None
    assert after.mean - before.mean == pytest.approx(by, abs=1e-9)
    assert before.least <= before.mean + 1e-9
    assert before.mean <= before.most + 1e-9
    old, new = trend(values), trend([value + by for value in values])
    assert (old is None) == (len(values) < 3)
    if old is not None and new is not None:
        assert new.per_rep == pytest.approx(old.per_rep, abs=1e-9)
        assert old.per_rep == pytest.approx(np.polyfit(np.arange(len(values)), values, 1)[0], abs=1e-6)
