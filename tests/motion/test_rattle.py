"""A clip that rattles is told from one that is fixed, and from a body that moves hard."""

from itertools import pairwise

import numpy as np
import pytest
from scipy.signal import cont2discrete, lfilter

from hiplevel import Note, Pipeline, Samples, analyze, simulate


def ringing(samples: Samples, hz: float, quality: float = 8.0) -> Samples:
    """What a clip reads that swings on its spring: its own swinging is added to what the pelvis does."""
    turn = 2.0 * np.pi * hz
    up, down, _ = cont2discrete(([-1.0, 0.0, 0.0], [1.0, turn / quality, turn**2]), 0.01, method="bilinear")
    still = samples.acc_m_s2[:100].mean(axis=0)
    swung = lfilter(up.ravel(), down, samples.acc_m_s2 - still, axis=0)
    return Samples(samples.time_s, samples.acc_m_s2 + swung, samples.gyr_rad_s)


def loose(samples: Samples) -> list[Note]:
    return [note for note in analyze(samples).notes if note.code == "clip-loose"]


@pytest.mark.parametrize("exercise", ["walking", "sideways-hop"])
def test_ringing_after_each_impact_is_noticed(exercise):
    notes = loose(ringing(simulate.exercise(exercise, seed=1).samples, 32.0))
    assert notes
    assert notes[0].level == "warning"
    assert "Fasten it" in notes[0].text


def test_it_is_said_once_a_minute_at_most():
    walked = simulate.exercise("walking", reps=150, seed=1).samples
    notes = loose(ringing(walked, 32.0))
    assert 2 <= len(notes) <= walked.time_s[-1] / 60.0 + 1.0
    assert all(b.time_s - a.time_s >= 60.0 for a, b in pairwise(notes))


@pytest.mark.parametrize("exercise", ["walking", "running", "sideways-hop", "squat", "single-leg-squat", "pelvic-drop"])
def test_a_clip_that_is_fixed_does_not_rattle_however_hard_the_body_moves(exercise):
    assert not loose(simulate.exercise(exercise, seed=2, imu=simulate.ImuErrors.poor()).samples)


@pytest.mark.parametrize("size", [3, 199])
def test_it_does_not_depend_on_the_cut(size):
    samples = ringing(simulate.exercise("walking", seed=1).samples, 32.0)
    whole = analyze(samples)
    pipeline = Pipeline()
    outs = [pipeline.process(samples[at : at + size]) for at in range(0, len(samples), size)]
    assert tuple(event for out in [*outs, pipeline.finish()] for event in out.events) == whole.events
