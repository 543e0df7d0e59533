"""How the pipeline takes abuse: an answer or a sentence, never a traceback, a warning or a wrong number."""

import dataclasses
import warnings

import numpy as np
import pytest

from hiplevel import (
    Calibration,
    Drop,
    DropRule,
    HiplevelError,
    Pipeline,
    Rep,
    Samples,
    SetEnded,
    analyze,
)
from hiplevel.model.errors import Reason
from hiplevel.simulate import exercise
from motion.analytic import clock, path, sine, worn
from one_set import ASKED, SET, changed

ABUSE = {
    "zeros": (changed(acc=np.zeros((len(SET.samples), 3)), gyr=np.zeros((len(SET.samples), 3))), Reason.UNITS),
    "two samples": (SET.samples[:2], None),
    "three samples": (SET.samples[:3], None),
    "10 ms at 1000 Hz": (worn(clock(0.010, 1000.0)).samples, None),
    "gravity taken out": (changed(acc=SET.samples.acc_m_s2 - [0.0, 0.0, 9.81]), Reason.UNITS),
    "all in mg": (changed(acc=SET.samples.acc_m_s2 * 1000.0 / 9.80665), Reason.UNITS),
    "all enormous": (changed(acc=SET.samples.acc_m_s2 * 1e5), Reason.UNITS),
    "no gyroscope axis": (changed(gyr=SET.samples.gyr_rad_s * [1.0, np.nan, 1.0]), Reason.NOT_FINITE),
    "stamps in float32 epoch": (changed(time_s=(SET.samples.time_s + 1.7e9).astype(np.float32)), Reason.TIME_REPEATED),
    "a last stamp at the end of days": (changed(time_s=np.append(SET.samples.time_s[:-1], 1e300)), None),
    "gyroscope in degrees": (changed(gyr=np.degrees(SET.samples.gyr_rad_s)), Reason.UNITS),
    "accelerometer dies": (changed(acc=SET.samples.acc_m_s2 * (SET.samples.time_s < 8.0)[:, None]), None),
    "gyroscope dead": (changed(gyr=np.zeros((len(SET.samples), 3))), None),
}


@pytest.mark.parametrize("name", ABUSE)
def test_abuse_ends_in_an_answer_or_a_sentence(name):
    samples, reason = ABUSE[name]
    if reason is None:
        seen = analyze(samples, **ASKED)
        assert np.isfinite(seen.obliquity_deg).all()
        assert np.isfinite(seen.tilt_deg).all()
        return
    with pytest.raises(HiplevelError) as refused:
        analyze(samples, **ASKED)
    assert refused.value.reason == reason
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("which", ["acc", "gyr"])
@pytest.mark.parametrize("value", [1e7, 1e30, 1e200, 1.7e308, -1e300])
def test_one_absurd_reading_is_left_out_and_said(which, value):
    clean = analyze(SET.samples, **ASKED)
    array = (SET.samples.acc_m_s2 if which == "acc" else SET.samples.gyr_rad_s).copy()
    array[1500, 1] = value
    seen = analyze(changed(**{which: array}), **ASKED)
    assert [n.code for n in seen.notes] == ["not-finite"]
    assert f"1 of {len(SET.samples)} samples" in seen.notes[0].text
    np.testing.assert_allclose(seen.obliquity_deg, clean.obliquity_deg, atol=0.05)
    assert len(seen.reps) == len(clean.reps)


@pytest.mark.parametrize("start_s", [-5.0, 1.0e6, 1.7e9])
def test_any_zero_of_time_gives_the_same_session(start_s):
    clean = analyze(SET.samples, **ASKED)
    seen = analyze(changed(time_s=SET.samples.time_s + start_s), **ASKED)
    np.testing.assert_allclose(seen.time_s - start_s, clean.time_s, atol=1e-6)
    np.testing.assert_allclose(seen.obliquity_deg, clean.obliquity_deg, atol=0.01)
    assert [r.turn_s - start_s for r in seen.reps] == pytest.approx([r.turn_s for r in clean.reps], abs=0.011)


@pytest.mark.parametrize("rate_hz", [20.0, 25.0, 50.0, 200.0, 1000.0])
def test_slow_and_fast_sensors_see_the_same_set(rate_hz):
    made = exercise("pelvic-drop", reps=4, drops={2: 11.0}, rate_hz=rate_hz, seed=1)
    seen = analyze(made.samples, **ASKED, rule=DropRule(7.0))
    assert [s.reps for s in seen.sets] == [4]
    assert len(seen.drops) == 1
    truth = np.interp(seen.time_s, made.truth.time_s, made.truth.obliquity_deg)
    assert np.sqrt(np.mean((seen.obliquity_deg - truth) ** 2)) < 0.5


def test_single_precision_is_precise_enough():
    s = SET.samples
    single = Samples(s.time_s.astype(np.float32), s.acc_m_s2.astype(np.float32), s.gyr_rad_s.astype(np.float32))
    assert len(analyze(single, **ASKED).reps) == 4


def test_bad_samples_at_the_very_start_and_end_cost_only_themselves():
    acc = SET.samples.acc_m_s2.copy()
    acc[:100] = acc[-80:] = np.nan
    acc[0] = -np.inf
    seen = analyze(changed(acc=acc), **ASKED)
    assert len(seen.time_s) == len(SET.samples) - 180
    assert len(seen.reps) == 4
    assert "180 of" in seen.notes[0].text


def test_samples_are_not_changed_and_may_be_written_over_afterwards():
    buffer = np.empty((100, 7))
    pipeline, told = Pipeline(**ASKED), []
    whole = Pipeline(**ASKED)
    expected = whole.process(SET.samples)
    for first in range(0, len(SET.samples), 100):
        block = SET.samples[first : first + 100]
        view = buffer[: len(block)]
        view[:, 0], view[:, 1:4], view[:, 4:] = block.time_s, block.acc_m_s2, block.gyr_rad_s
        frozen = Samples(view[:, 0], view[:, 1:4], view[:, 4:])
        before = frozen.acc_m_s2.copy()
        told += pipeline.process(frozen).events
        np.testing.assert_array_equal(frozen.acc_m_s2, before)
        buffer[:] = 77.0
    assert tuple(told) == expected.events


def test_two_hours_are_no_harder_than_two_minutes():
    """No drift, no growth: the last set is counted and measured like the first."""
    one = exercise("pelvic-drop", reps=3, tempo_s=3.0, rate_hz=25.0, seed=6)
    length_s = round(one.samples.time_s[-1]) + 1.0
    times = round(7200.0 / length_s)
    k = round(length_s * 25)
    pad = k - len(one.samples)
    acc = np.concatenate([one.samples.acc_m_s2, np.repeat(one.samples.acc_m_s2[-1:], pad, axis=0)])
    gyr = np.concatenate([one.samples.gyr_rad_s, np.zeros((pad, 3))])
    samples = Samples(np.arange(k * times) / 25.0, np.tile(acc, (times, 1)), np.tile(gyr, (times, 1)))
    seen = analyze(samples, **ASKED)
    assert seen.time_s[-1] > 7000.0
    sets = [s.reps for s in seen.sets]
    assert len(seen.reps) == pytest.approx(3 * times, rel=0.01)
    assert max(sets) < 1000
    first, last = seen.reps[2], seen.reps[-1]
    assert last.rom_deg == pytest.approx(first.rom_deg, abs=0.3)
    assert last.known_s - last.end_s == pytest.approx(first.known_s - first.end_s, abs=0.3)


@pytest.mark.parametrize("depth_deg", [-12.0, 12.0])
def test_standing_crooked_during_the_still_start_is_the_neutral_and_is_told(depth_deg):
    """Neutral is how you stand when you stand still; how crooked that was is in the Rezero event."""
    time_s = clock(12.0)
    crooked = path(time_s, [(0.001, depth_deg), (6.0, depth_deg), (2.0, 0.0), (4.0, 0.0)], begin=depth_deg)
    seen = analyze(worn(time_s, obliquity=crooked).samples)
    assert abs(seen.obliquity_deg[100]) < 0.1
    assert seen.obliquity_deg[-1] == pytest.approx(-depth_deg, abs=0.4)
    assert seen.events[0].obliquity_offset_deg == pytest.approx(depth_deg, abs=0.1)


def test_the_last_repetition_says_nothing_of_drops_either_where_they_cannot_be_told():
    """The recording ends with the repetition: it is counted at the end, by the same rule as those before."""
    poor = dataclasses.replace(Calibration.from_matrix(np.eye(3)), source="movements", quality=0.1)
    end_s = SET.truth.reps[-1, 2]
    ended = SET.samples[: round(100.0 * end_s) - 20]
    seen = analyze(ended, **ASKED, calibration=poor)
    assert len(seen.reps) == 4
    assert {r.peak_drop_deg for r in seen.reps} == {0.0}


def test_an_absolute_calibration_shows_a_drop_during_the_start_as_a_drop():
    time_s = clock(8.0)
    low = path(time_s, [(0.001, 9.0), (8.0, 9.0)], begin=9.0)
    seen = analyze(
        worn(time_s, obliquity=low).samples,
        stance="left",
        rule=DropRule(5.0),
        calibration=Calibration.from_matrix(np.eye(3)),
    )
    assert [(d.side, d.complete) for d in seen.drops] == [("right", False)]
    assert seen.drops[0].start_s == pytest.approx(0.0, abs=0.02)
    assert seen.drops[0].peak_deg == pytest.approx(9.0, abs=0.1)
    assert all(e.known_s > 0.9 for e in seen.events)


def test_hanging_exactly_at_the_limit_is_no_alarm():
    time_s = clock(12.0)
    at_limit = path(time_s, [(3.0, 0.0), (1.0, 5.0), (4.0, 5.0), (1.0, 0.0)])
    seen = analyze(worn(time_s, obliquity=at_limit).samples, stance="left", rule=DropRule(5.05))
    assert seen.drops == ()
    seen = analyze(worn(time_s, obliquity=at_limit).samples, stance="left", rule=DropRule(4.8))
    assert len(seen.drops) == 1


def test_a_wild_ride_upside_down_stays_finite():
    time_s = clock(20.0)
    wild = worn(
        time_s,
        obliquity=sine(time_s, 170.0, 0.7, 2.0),
        tilt=sine(time_s, 400.0, 0.4, 2.0),
        rotation=sine(time_s, 900.0, 0.3, 2.0),
    )
    seen = analyze(wild.samples, exercise="generic")
    assert np.isfinite(seen.obliquity_deg).all()
    assert np.abs(seen.obliquity_deg).max() <= 90.0
    assert np.abs(seen.tilt_deg).max() <= 180.0


def test_nothing_is_printed_and_nothing_warned(capsys):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        analyze(SET.samples, **ASKED)
    assert caught == []
    assert capsys.readouterr() == ("", "")


def test_a_set_gives_repetitions_drops_and_its_end():
    kinds = {type(e) for e in analyze(SET.samples, **ASKED, rule=DropRule(7.0)).events}
    assert {Rep, Drop, SetEnded} <= kinds
