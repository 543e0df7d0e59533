"""The still start: what it teaches, what happens without one, and that nothing is known before it is judged."""

import numpy as np
import pytest

from hiplevel import (
    Calibration,
    Drop,
    DropRule,
    DropStarted,
    DropUpdated,
    DropWarned,
    Gap,
    InputError,
    Note,
    Pipeline,
    Rezero,
    Samples,
    analyze,
)
from hiplevel.model.errors import Reason
from hiplevel.simulate import exercise
from motion.analytic import clock, lean, path, sine, worn

RULE = DropRule(5.0)


def restless(duration_s: float = 12.0, **more: object) -> Samples:
    """Moving from the very first sample."""
    time_s = clock(duration_s)
    return worn(time_s, obliquity=sine(time_s, 8.0, 0.7), tilt=sine(time_s, 15.0, 1.1), **more).samples


def one_by_one(samples: Samples, pipeline: Pipeline) -> list[tuple[float, object]]:
    """(time of the sample, what it made known) for every event and angle, finish() left out."""
    out: list[tuple[float, object]] = []
    for row in range(len(samples)):
        told = pipeline.process(samples[row : row + 1])
        now_s = float(samples.time_s[row])
        out += [(now_s, event) for event in told.events] + [(now_s, float(t)) for t in told.motion.time_s]
    return out


def codes(events: tuple[object, ...]) -> list[str]:
    return [e.code for e in events if isinstance(e, Note)]


def test_three_still_seconds_are_used_and_reported():
    seen = analyze(worn(clock(6.0), mounting=lean(0.0, 10.0), noise=1.0).samples)
    assert [type(e) for e in seen.events] == [Rezero]
    rezero = seen.events[0]
    assert (rezero.start_s, rezero.source) == (0.0, "still")
    assert rezero.end_s == rezero.known_s == pytest.approx(2.99)
    assert rezero.obliquity_offset_deg == pytest.approx(10.0, abs=0.1)


@pytest.mark.parametrize("moves_s", [1.0, 1.3, 2.0, 2.6])
def test_a_still_second_is_enough_where_movement_follows(moves_s):
    time_s = clock(8.0)
    rezero = analyze(worn(time_s, obliquity=path(time_s, [(moves_s, 0.0), (0.3, 9.0), (0.3, 0.0)]), noise=1.0).samples)
    told = rezero.events[0]
    assert isinstance(told, Rezero)
    assert told.source == "still"
    assert max(0.9, moves_s - 0.8) < told.end_s <= moves_s
    assert told.known_s <= moves_s + 0.3
    assert rezero.obliquity_deg.max() == pytest.approx(9.0, abs=0.1)


@pytest.mark.parametrize("stands_s", [1.0, 1.5, 2.0])
@pytest.mark.parametrize(("rate_deg_s", "most_deg"), [(8.0, 0.1), (4.0, 0.1), (2.0, 0.2), (1.0, 0.3), (0.5, 0.1)])
def test_a_movement_that_begins_slowly_is_not_part_of_the_stand(stands_s, rate_deg_s, most_deg):
    time_s = clock(20.0)
    sinks = path(time_s, [(stands_s, 0.0), (8.0 / rate_deg_s, 8.0), (1.0, 8.0), (2.0, 0.0)])
    seen = analyze(worn(time_s, obliquity=sinks, noise=1.0, bias_deg_s=(0.4, -0.3, 0.2)).samples)
    assert np.abs(seen.obliquity_deg - np.interp(seen.time_s, time_s, sinks[0])).max() < most_deg


def test_a_stand_cut_off_by_a_gap_is_a_start_as_well():
    samples = worn(clock(8.0), mounting=lean(0.0, 10.0), noise=1.0).samples
    kept = (samples.time_s < 1.6) | (samples.time_s > 2.1)
    seen = analyze(samples[kept])
    rezero = seen.events[0]
    assert isinstance(rezero, Rezero)
    assert (rezero.source, rezero.end_s) == ("still", pytest.approx(1.49))
    assert [round(gap.end_s, 1) for gap in seen.gaps] == [2.1]
    assert np.abs(seen.obliquity_deg).max() < 0.1
    assert seen.time_s[-1] == samples.time_s[-1]


def test_sway_while_standing_is_not_taken_for_the_gyroscope():
    """Swaying over a degree and back in four seconds: the rate of any one second of it is 1 degree/s and more."""
    time_s = clock(20.0)
    fades = np.clip(5.0 - time_s, 0.0, 1.0)
    angle = 0.5 * np.sin(np.pi / 2.0 * time_s) * fades
    true = worn(time_s, obliquity=(angle, np.gradient(angle, time_s)), noise=1.0)
    seen = analyze(true.samples, calibration=Calibration.from_matrix(np.eye(3)))
    off = seen.obliquity_deg - np.interp(seen.time_s, time_s, angle)
    assert np.abs(off[seen.time_s > 6.0]).max() < 0.25


def test_the_still_second_may_come_late():
    time_s = clock(12.0)
    true = worn(time_s, obliquity=path(time_s, [(0.4, 6.0), (0.4, -6.0), (0.4, 6.0), (0.6, 0.0)]), noise=1.0)
    rezero = analyze(true.samples).events[0]
    assert isinstance(rezero, Rezero)
    assert rezero.source == "still"
    assert 1.5 < rezero.start_s < 2.3
    assert rezero.known_s == rezero.end_s


def test_without_a_still_second_there_is_a_warning_that_says_what_to_do():
    seen = analyze(restless())
    assert codes(seen.events) == ["no-still-start"]
    note = seen.notes[0]
    assert note.level == "warning"
    assert "Stand still" in note.text
    assert [e.source for e in seen.events if isinstance(e, Rezero)] == ["assumed"]


@pytest.mark.parametrize("begins", ["still", "restless"])
def test_nothing_comes_out_while_the_start_is_judged(begins):
    samples = restless() if begins == "restless" else worn(clock(8.0)).samples
    pipeline = Pipeline(rule=RULE)
    waiting_s = 0.0
    for row in range(len(samples)):
        told = pipeline.process(samples[row : row + 1])
        if pipeline.waiting:
            assert told.events == ()
            assert len(told.motion.time_s) == 0
            waiting_s = samples.time_s[row]
        else:
            break
    assert waiting_s == pytest.approx(2.98, abs=0.02)
    assert told.motion.time_s[0] == 0.0
    assert len(told.motion.time_s) > 95


@pytest.mark.parametrize("begins", ["still", "restless"])
def test_every_event_comes_with_the_sample_it_says_made_it_known(begins):
    """known_s is the time of the sample at which it was certain: fed one by one, neither earlier nor later."""
    if begins == "still":
        samples = exercise("pelvic-drop", reps=2, drops={1: 12.0}, seed=3).without(20.0, 20.5).samples
    else:
        samples = restless()
    told = [(now, e) for now, e in one_by_one(samples, Pipeline(exercise="pelvic-drop", stance="left", rule=RULE))]
    events = [(now, e) for now, e in told if not isinstance(e, float)]
    assert {type(e) for _, e in events} >= ({Rezero, Gap, DropStarted, Drop} if begins == "still" else {Rezero, Note})
    for now, event in events:
        assert event.known_s == pytest.approx(now, abs=0.0101)
        assert event.known_s <= now + 1e-6
    order = [e.known_s for _, e in events]
    assert order == sorted(order)


def falling(*moves: tuple[float, float]) -> Samples:
    """Restless from the first sample, and falling as in `path`."""
    time_s = clock(12.0)
    rough, down = sine(time_s, 2.0, 1.7), path(time_s, list(moves))
    return worn(time_s, obliquity=(rough[0] + down[0], rough[1] + down[1]), tilt=sine(time_s, 6.0, 0.9)).samples


def test_a_drop_that_outlasts_the_start_is_alarmed_when_the_start_is_over():
    samples = falling((1.0, 0.0), (0.7, 14.0), (1.0, 14.0), (0.7, 0.0))
    seen = analyze(samples, stance="left", rule=DropRule(9.0))
    started = [e for e in seen.events if isinstance(e, DropStarted)]
    assert started
    assert started[0].known_s == pytest.approx(2.99, abs=0.02)
    assert started[0].time_s < 3.0
    known = [e.known_s for e in seen.events]
    assert known == sorted(known)
    assert seen.drops[0].alarmed


def test_a_drop_that_was_over_before_the_start_was_judged_is_told_without_an_alarm():
    down = ((0.5, 14.0), (0.4, 14.0), (0.5, 0.0))
    pipeline = Pipeline(stance="left", rule=DropRule(9.0, warn_deg=7.0))
    samples = falling((0.6, 0.0), *down, (2.0, 0.0), *down)
    told = [e for _, e in one_by_one(samples, pipeline) if not isinstance(e, float)]
    whole = analyze(samples, stance="left", rule=pipeline.rule).events
    assert tuple(told) == whole[: len(told)]
    watched = [e for e in told if isinstance(e, (DropWarned, DropStarted, DropUpdated, Drop)) and e.side == "right"]
    assert watched
    early, *later = watched
    assert isinstance(early, Drop)
    assert early.end_s < 2.1
    assert (early.alarmed, early.complete) == (False, True)
    assert early.known_s == pytest.approx(2.99, abs=0.02)
    assert {type(e) for e in later} >= {DropWarned, DropStarted, Drop}
    assert all(e.known_s > 3.5 for e in later)
    assert [e.alarmed for e in later if isinstance(e, Drop)] == [True]


@pytest.mark.parametrize("length_s", [0.05, 0.2, 0.4, 0.9])
def test_a_recording_shorter_than_the_still_second_gives_angles_and_a_warning(length_s):
    true = worn(clock(length_s), mounting=lean(40.0, 8.0))
    seen = analyze(true.samples)
    assert codes(seen.events) == ["no-still-start"]
    assert len(seen.time_s) == round(length_s * 100.0) + 1
    assert np.abs(seen.obliquity_deg).max() < 0.1


def test_what_was_held_is_not_lost_when_the_recording_ends_in_a_gap():
    """Three restless seconds, a gap and a last lone sample off the grid: the three seconds are still there."""
    samples = restless(3.0)
    stray = Samples(samples.time_s[-1:] + 0.503, samples.acc_m_s2[-1:], samples.gyr_rad_s[-1:])
    seen = analyze(samples.joined(stray))
    assert len(seen.time_s) == len(samples)
    assert [(g.start_s, g.end_s) for g in seen.gaps] == [(3.0, pytest.approx(3.503))]
    assert codes(seen.events) == ["no-still-start"]


def test_a_gap_while_the_start_waits_is_told_in_its_place():
    """Still for 0.6 s on either side of a gap is no still second; the one after it is."""
    time_s = clock(10.0)
    samples = worn(time_s, noise=1.0).samples
    keep = (time_s < 0.6) | (time_s >= 1.2)
    seen = analyze(Samples(time_s[keep], samples.acc_m_s2[keep], samples.gyr_rad_s[keep]))
    rezero = next(e for e in seen.events if isinstance(e, Rezero))
    assert rezero.start_s == pytest.approx(1.2, abs=0.011)
    assert [(g.start_s, g.end_s) for g in seen.gaps] == [(pytest.approx(0.59), pytest.approx(1.2))]
    assert seen.gaps[0].known_s == rezero.known_s  # it was held back with the rest
    assert np.sum(seen.time_s < 0.6) == 60
    assert not np.any((seen.time_s > 0.6) & (seen.time_s < 1.19))


@pytest.mark.parametrize("first", [1, 10, 30])
def test_a_gap_right_at_the_start_costs_only_what_it_swallowed(first):
    time_s = clock(8.0)
    samples = worn(time_s, mounting=lean(0.0, 5.0)).samples
    rest = samples[first + 100 :]
    seen = analyze(samples[:first].joined(rest))
    assert [g.end_s for g in seen.gaps] == [pytest.approx(rest.time_s[0])]
    assert np.abs(seen.obliquity_deg).max() < 0.1
    assert np.sum(seen.time_s >= rest.time_s[0] - 1e-6) == len(rest)


def test_a_body_that_never_stops_opens_after_three_seconds_even_through_gaps():
    samples = restless(20.0)
    whole = np.zeros(len(samples), dtype=bool)
    for start_s in np.arange(0.0, 20.0, 1.5):  # 1.2 s there, 0.3 s lost
        whole |= (samples.time_s >= start_s) & (samples.time_s < start_s + 1.2)
    cut = Samples(samples.time_s[whole], samples.acc_m_s2[whole], samples.gyr_rad_s[whole])
    told = one_by_one(cut, Pipeline())
    assert 3.0 < told[0][0] < 5.5


@pytest.mark.parametrize(("factor", "unit"), [(1.0 / 9.80665, "g"), (1000.0 / 9.80665, "mg")])
@pytest.mark.parametrize("begins", ["still", "restless"])
def test_gravity_of_one_or_a_thousand_names_the_right_unit(factor, unit, begins):
    samples = restless() if begins == "restless" else worn(clock(6.0), mounting=lean(30.0, 30.0)).samples
    wrong = Samples(samples.time_s, samples.acc_m_s2 * factor, samples.gyr_rad_s)
    with pytest.raises(InputError, match=rf"in {unit}\..*--acc-unit {unit}[, ]") as refused:
        analyze(wrong)
    assert refused.value.reason == Reason.UNITS
    right = Samples.from_units(wrong.time_s, wrong.acc_m_s2, wrong.gyr_rad_s, acc_unit=unit)
    assert len(analyze(right).time_s) == len(samples)


@pytest.mark.parametrize("gravity", [8.8, 9.8, 11.0, 14.0])
def test_a_sensor_that_is_merely_badly_scaled_is_accepted(gravity):
    assert len(analyze(worn(clock(4.0), gravity=gravity).samples).time_s) == 401


@pytest.mark.parametrize("gravity", [0.0, 0.1, 98.0, 5e4])
def test_what_cannot_be_gravity_in_any_unit_is_refused(gravity):
    with pytest.raises(InputError, match=r"9\.81 m/s2 is expected") as refused:
        analyze(worn(clock(4.0), gravity=gravity).samples)
    assert refused.value.reason == Reason.UNITS


def test_a_wrong_unit_is_noticed_live_within_a_second():
    samples = worn(clock(4.0), gravity=1.0).samples
    pipeline = Pipeline()
    pipeline.process(samples[:90])
    with pytest.raises(InputError, match="in g"):
        pipeline.process(samples[90:110])


def test_a_short_recording_in_the_wrong_unit_is_refused_too():
    with pytest.raises(InputError, match="in g"):
        analyze(worn(clock(0.1), gravity=1.0).samples)


@pytest.mark.parametrize(
    ("by_deg", "lasts_s"), [(3.0, 1.5), (4.0, 2.0), (10.0, 5.0)], ids=["3 in 1.5 s", "4 in 2 s", "10 in 5 s"]
)
@pytest.mark.parametrize("plane", ["obliquity", "tilt"])
def test_who_is_still_settling_is_not_taken_for_a_biased_gyroscope(plane, by_deg, lasts_s):
    """The pelvis turns at a few degrees/s until it stands: that is its own turn, and no bias."""
    time_s = clock(30.0)
    settles, sway = path(time_s, [(lasts_s, 0.0)], begin=by_deg), sine(time_s, 0.25, 0.35)
    curve = (settles[0] + sway[0], settles[1] + sway[1])
    true = worn(time_s, **{plane: curve}, bias_deg_s=(0.8, -0.5, 0.3), noise=1.0)
    seen = analyze(true.samples)
    taken = next(e for e in seen.events if isinstance(e, Rezero))
    angle_deg = getattr(true, f"{plane}_deg")
    neutral_deg = angle_deg[(time_s >= taken.start_s) & (time_s <= taken.end_s)].mean()
    off_deg = getattr(seen, f"{plane}_deg") - (np.interp(seen.time_s, time_s, angle_deg) - neutral_deg)
    within = np.abs(off_deg) <= 2.0 * getattr(seen, f"{plane}_sigma_deg")
    assert within[seen.time_s > 1.5].mean() > 0.95
    assert np.abs(off_deg[seen.time_s > 5.0]).max() < 1.5
