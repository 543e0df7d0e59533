"""A recording that begins in movement takes its neutral at the first still second."""

import numpy as np
import pytest

from hiplevel import Pipeline, Rezero, Samples, analyze
from motion.analytic import clock, path, worn

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


@pytest.mark.parametrize("size", [1, 10, 199])
def test_it_does_not_depend_on_the_cut(samples, size):
    whole = analyze(samples, stance="left")
    pipeline = Pipeline(stance="left")
    outs = [pipeline.process(samples[at : at + size]) for at in range(0, len(samples), size)]
    outs.append(pipeline.finish())
    assert tuple(event for out in outs for event in out.events) == whole.events
    assert np.array_equal(np.concatenate([out.motion.obliquity_deg for out in outs]), whole.obliquity_deg)
    assert np.array_equal(np.concatenate([out.motion.obliquity_sigma_deg for out in outs]), whole.obliquity_sigma_deg)
