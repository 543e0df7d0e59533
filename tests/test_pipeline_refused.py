"""What the public pipeline refuses, and in which words."""

import numpy as np
import pytest

from hiplevel import (
    DropRule,
    InputError,
    Pipeline,
    Samples,
    SetEnded,
    UsageError,
    analyze,
)
from hiplevel.model.errors import Reason
from motion.analytic import clock, worn
from one_set import ASKED, SET, changed


def test_an_unknown_exercise_names_the_nearest():
    with pytest.raises(UsageError, match="Did you mean 'pelvic-drop'") as refused:
        analyze(SET.samples, exercise="pelvic-dorp")
    assert refused.value.reason == Reason.UNKNOWN_EXERCISE
    assert refused.value.exit_code == 2


@pytest.mark.parametrize("stance", ["LEFT", "one leg", "", None, []])
def test_an_unknown_stance_lists_the_known_ones(stance):
    with pytest.raises(UsageError, match="choose left, right, both, auto") as refused:
        Pipeline(stance=stance)
    assert refused.value.reason == Reason.USAGE


@pytest.mark.parametrize(
    ("name", "value"),
    [("rule", 5.0), ("rule", "5"), ("calibration", np.eye(3)), ("hold_s", -3.0), ("hold_s", np.nan), ("hold_s", "30")],
)
def test_what_is_not_what_it_should_be_is_named(name, value):
    with pytest.raises(UsageError, match=name) as refused:
        Pipeline(exercise="single-leg-stand", **{name: value})
    assert refused.value.reason == Reason.USAGE


@pytest.mark.parametrize("samples", [np.zeros((200, 7)), None, [1.0, 2.0]])
def test_anything_but_samples_is_refused_as_such(samples):
    for put in (analyze, Pipeline().process):
        with pytest.raises(UsageError, match="samples must be a Samples") as refused:
            put(samples)
        assert refused.value.reason == Reason.USAGE


@pytest.mark.parametrize("limit", ["5", [5.0], 5.0 + 0j])
def test_a_limit_that_is_no_number_is_refused(limit):
    for name in ("threshold_deg", "left_deg", "warn_deg", "min_duration_s"):
        with pytest.raises(UsageError, match=name) as refused:
            DropRule(**{name: limit})
        assert refused.value.reason == Reason.RULE
    assert DropRule(threshold_deg=np.float32(6)).limit_deg("left") == 6.0


def test_masked_readings_are_no_readings_and_complex_ones_are_refused():
    mask = np.zeros_like(SET.samples.acc_m_s2, dtype=bool)
    mask[700:900] = True
    masked = analyze(changed(acc=np.ma.masked_array(np.where(mask, 50.0, SET.samples.acc_m_s2), mask)), **ASKED)
    blank = analyze(changed(acc=np.where(mask, np.nan, SET.samples.acc_m_s2)), **ASKED)
    assert masked.events == blank.events
    with pytest.raises(InputError, match="complex") as refused:
        changed(acc=SET.samples.acc_m_s2 + 0j)
    assert refused.value.reason == Reason.SHAPE


def test_no_samples_are_refused():
    with pytest.raises(InputError, match="no samples") as refused:
        analyze(Samples.empty())
    assert refused.value.reason == Reason.EMPTY


def test_a_single_sample_is_refused():
    with pytest.raises(InputError, match="only one sample") as refused:
        analyze(SET.samples[:1])
    assert refused.value.reason == Reason.EMPTY


@pytest.mark.parametrize("which", ["acc", "gyr"])
@pytest.mark.parametrize("value", [np.nan, np.inf, 1e300])
def test_samples_without_a_single_number_are_refused_as_such(which, value):
    with pytest.raises(InputError, match="None of the samples") as refused:
        analyze(changed(**{which: np.full((len(SET.samples), 3), value)}))
    assert refused.value.reason == Reason.NOT_FINITE


@pytest.mark.parametrize("rate_hz", [0.1, 1.0, 5.0])
def test_samples_too_far_apart_say_how_many_are_needed(rate_hz):
    with pytest.raises(InputError, match="at least 20 a second") as refused:
        analyze(worn(clock(60.0, rate_hz)).samples)
    assert refused.value.reason == Reason.RATE


@pytest.mark.parametrize("factor", [1e3, 1e6, 1e9])
def test_time_in_another_unit_is_noticed(factor):
    with pytest.raises(InputError) as refused:
        analyze(changed(time_s=SET.samples.time_s * factor))
    assert refused.value.reason == Reason.RATE
    assert f"{0.01 * factor:.4g} s apart" in str(refused.value)


@pytest.mark.parametrize(
    ("row", "value", "reason"),
    [
        (700, 6.5, Reason.TIME_BACKWARDS),
        (700, 6.99, Reason.TIME_REPEATED),
        (700, np.nan, Reason.NOT_FINITE),
        (700, np.inf, Reason.NOT_FINITE),
    ],
)
def test_a_broken_clock_is_refused_naming_the_sample(row, value, reason):
    time_s = SET.samples.time_s.copy()
    time_s[row] = value
    with pytest.raises(InputError, match=str(row)) as refused:
        analyze(changed(time_s=time_s), **ASKED)
    assert refused.value.reason == reason


def test_a_block_that_overlaps_the_one_before_is_refused_and_the_rest_goes_on():
    """A sender that repeats itself loses the repeated block, not the session."""
    pipeline = Pipeline(**ASKED)
    pipeline.process(SET.samples[:1000])
    with pytest.raises(InputError, match="sample 1000"):
        pipeline.process(SET.samples[990:1100])
    told = pipeline.process(SET.samples[1000:])
    assert told.motion.time_s[-1] == pytest.approx(SET.samples.time_s[-1], abs=0.011)


def test_what_is_finished_takes_no_more():
    pipeline = Pipeline(**ASKED)
    pipeline.process(SET.samples)
    pipeline.finish()
    with pytest.raises(UsageError, match="make a new one") as refused:
        pipeline.process(SET.samples)
    assert refused.value.reason == Reason.USAGE


def test_finishing_twice_adds_nothing():
    pipeline = Pipeline(**ASKED)
    pipeline.process(SET.samples)
    assert any(isinstance(e, SetEnded) for e in pipeline.finish().events)
    again = pipeline.finish()
    assert again.events == ()
    assert len(again.motion.time_s) == 0


def test_finishing_what_never_began_is_no_failure():
    told = Pipeline(**ASKED).finish()
    assert told.events == ()
    assert len(told.motion.obliquity_deg) == 0


def test_an_empty_block_is_nothing():
    pipeline = Pipeline(**ASKED)
    assert pipeline.process(Samples.empty()).events == ()
    pipeline.process(SET.samples[:500])
    assert pipeline.process(Samples.empty()).events == ()
    assert not pipeline.waiting
