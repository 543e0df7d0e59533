"""A recording that begins in movement takes its neutral at the first still second."""

import numpy as np
import pytest

from hiplevel import Calibration, Note, Pipeline, Rezero, Samples, analyze
from motion.analytic import Worn, clock, path, worn

LEAN_DEG = 9.0


@pytest.fixture(scope="module")
def samples() -> Samples:
    """Six restless seconds, then standing with the clip leaning, then a fall to the right by 6 degrees."""
    time_s = clock(24.0)
    restless = time_s < 6.0
    angle = np.where(restless, LEAN_DEG + 7.0 * np.sin(2.0 * np.pi * 0.75 * time_s), LEAN_DEG)
    rate = np.where(restless, 7.0 * 2.0 * np.pi * 0.75 * np.cos(2.0 * np.pi * 0.75 * time_s), 0.0)
    fall = path(time_s, [(14.0, 0.0), (2.0, 6.0), (8.0, 6.0)])
    return worn(time_s, obliquity=(angle + fall[0], rate + fall[1])).samples


def test_the_first_still_second_becomes_the_neutral(samples):
    seen = analyze(samples, stance="left")
    taken = [event for event in seen.events if isinstance(event, Rezero)]
    assert [event.source for event in taken] == ["assumed", "still"]
    assert 6.5 < taken[1].known_s < 8.0
    assert np.abs(seen.obliquity_deg[(seen.time_s > 9.0) & (seen.time_s < 13.5)]).max() < 0.5
    assert seen.obliquity_deg[-1] == pytest.approx(6.0, abs=0.5)
    assert [drop.side for drop in seen.drops if drop.start_s > 9.0] == ["right"]


@pytest.mark.parametrize("size", [3, 199])
def test_it_does_not_depend_on_the_cut(samples, size):
    whole = analyze(samples, stance="left")
    pipeline = Pipeline(stance="left")
    outs = [pipeline.process(samples[at : at + size]) for at in range(0, len(samples), size)]
    outs.append(pipeline.finish())
    assert tuple(event for out in outs for event in out.events) == whole.events
    assert np.array_equal(np.concatenate([out.motion.obliquity_deg for out in outs]), whole.obliquity_deg)
    assert np.array_equal(np.concatenate([out.motion.obliquity_sigma_deg for out in outs]), whole.obliquity_sigma_deg)


def restless_then_standing(bias_deg_s: float) -> Worn:
    """Six seconds of swaying that dies away, then standing; a sensor as badly adjusted as real ones are."""
    time_s = clock(40.0)
    size, growth = path(time_s, [(4.5, 7.0), (1.5, 0.0)], 7.0)
    phase = 2.0 * np.pi * 0.75 * time_s
    sway = size * np.sin(phase), growth * np.sin(phase) + size * 2.0 * np.pi * 0.75 * np.cos(phase)
    return worn(time_s, obliquity=sway, bias_deg_s=(bias_deg_s, 0.5 * bias_deg_s, -bias_deg_s), noise=1.0)


@pytest.mark.parametrize("exact", [True, False])
@pytest.mark.parametrize("bias_deg_s", [0.0, 1.0, 3.0])
def test_a_late_still_second_teaches_the_bias_too(bias_deg_s, exact):
    """Left alone, 3 degrees/s of bias would hold the angle off by 4 degrees, beyond what the filter can learn."""
    true = restless_then_standing(bias_deg_s)
    seen = analyze(true.samples, calibration=Calibration.from_matrix(np.eye(3)) if exact else None)
    error = np.abs(seen.obliquity_deg - np.interp(seen.time_s, true.samples.time_s, true.obliquity_deg))
    assert error[seen.time_s > 7.5].max() < 1.3
    assert error[seen.time_s > 30.0].max() < 0.6
    assert any(isinstance(event, Rezero) and event.source == "still" for event in seen.events) is not exact


def test_the_tail_of_a_movement_is_not_the_stand():
    """The second that is taken begins when the swaying has died away, at 6 s."""
    taken = [e for e in analyze(restless_then_standing(1.0).samples).events if isinstance(e, Rezero)]
    assert taken[1].start_s > 5.7


def test_known_exactly_a_calibration_is_followed_as_soon_as_movement_shows():
    """No neutral is wanted, so there is nothing to wait three seconds for; the bias is, and its lack is told."""
    true = restless_then_standing(0.5)
    exact = Calibration.from_matrix(np.eye(3))
    whole = analyze(true.samples, calibration=exact)
    told = [(e.code, e.known_s) for e in whole.events if isinstance(e, Note)]
    assert told == [("no-still-start", pytest.approx(0.24))]
    assert "neutral" not in whole.notes[0].text
    for size in (3, 199):
        pipeline = Pipeline(calibration=exact)
        outs = [pipeline.process(true.samples[at : at + size]) for at in range(0, len(true.samples), size)]
        assert tuple(event for out in [*outs, pipeline.finish()] for event in out.events) == whole.events
        assert np.array_equal(np.concatenate([out.motion.obliquity_deg for out in outs]), whole.obliquity_deg)


def bent_first(duration_s: float = 30.0) -> Samples:
    """Hinging at 50 to 70 degrees from the first sample; from 14 s on standing upright, still."""
    time_s = clock(duration_s)
    tilt = path(time_s, [*[(0.9, 70.0), (0.9, 50.0)] * 6, (2.0, 0.0)], begin=50.0)
    return worn(time_s, tilt=tilt, noise=1.0).samples


def test_still_far_from_an_assumed_level_the_level_is_doubted_and_the_sigma_says_so():
    """Nobody can tell which of the two is standing: a level from a bent pose was told with 1.7 degrees."""
    seen = analyze(bent_first())
    doubted = [e for e in seen.events if isinstance(e, Note) and e.code == "level-doubted"]
    assert len(doubted) == 1
    assert 13.0 < doubted[0].known_s < 17.0
    assert "take the level anew" in doubted[0].text
    late = seen.time_s > doubted[0].known_s + 0.1
    assert (np.abs(seen.tilt_deg[late]) < 2.2 * seen.tilt_sigma_deg[late]).all()
    assert seen.tilt_sigma_deg[seen.time_s < doubted[0].known_s].max() < 10.0


@pytest.mark.parametrize("size", [3, 500])
def test_when_a_level_is_doubted_does_not_depend_on_the_cut(size):
    samples = bent_first(20.0)
    pipeline = Pipeline()
    outs = [pipeline.process(samples[at : at + size]) for at in range(0, len(samples), size)]
    outs.append(pipeline.finish())
    whole = analyze(samples)
    assert tuple(e for out in outs for e in out.events) == whole.events
    assert np.array_equal(np.concatenate([out.motion.obliquity_sigma_deg for out in outs]), whole.obliquity_sigma_deg)
