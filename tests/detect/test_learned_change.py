"""A movement that nobody described, and that changes within the set: begun carefully, done otherwise, given up."""

import numpy as np
import pytest
from numpy.typing import ArrayLike

from detect.test_learned import counted, limb, phases
from hiplevel import Pipeline, Samples

X, Y, Z = (1, 0, 0), (0, 1, 0), (0, 0, 1)
Part = tuple[int, float, float]  # repetitions, s each, degrees


def one_after_another(first: Part, second: Part, axis: ArrayLike, pause_s: float = 0.0) -> Samples:
    """About X, then about another axis; still for 4 s before and after."""
    a, b = (phases(reps, tempo_s, pause_s=0.0) for reps, tempo_s, _ in (first, second))
    a, b = a[: len(a) - 400], b[400 - round(100.0 * pause_s) :]
    before, after = np.zeros(len(a)), np.zeros(len(b))
    return limb([(X, first[2] * np.concatenate([a, after])), (axis, second[2] * np.concatenate([before, b]))])


@pytest.mark.parametrize("axis", [X, Y, Z])
@pytest.mark.parametrize(
    ("first", "second"),
    [((4, 1.8, 9.0), (6, 1.8, 18.0)), ((3, 1.8, 10.0), (6, 1.8, 16.0)), ((4, 1.6, 9.0), (6, 1.6, 19.0))],
)
def test_careful_ones_at_the_beginning_count_once_the_set_is_sure(first: Part, second: Part, axis: ArrayLike) -> None:
    reps = counted(one_after_another(first, second, axis)).reps
    assert len(reps) == first[0] + second[0]
    assert reps[0].start_s == pytest.approx(4.0, abs=0.3)


@pytest.mark.parametrize("axis", [X, Y])
@pytest.mark.parametrize(
    ("first", "second", "pause_s"),
    [
        pytest.param((4, 1.8, 9.0), (6, 1.8, 18.0), 2.0, id="a pause between"),
        pytest.param((4, 1.8, 6.0), (6, 1.8, 40.0), 0.0, id="far smaller"),
        pytest.param((4, 1.3, 9.0), (6, 2.4, 40.0), 0.0, id="at another pace"),
    ],
)
def test_what_is_not_the_set_does_not_lead_up_to_it(first: Part, second: Part, pause_s: float, axis: ArrayLike) -> None:
    assert len(counted(one_after_another(first, second, axis, pause_s)).reps) == second[0]


def test_many_small_ones_were_no_careful_beginning() -> None:
    assert len(counted(one_after_another((9, 1.8, 9.0), (6, 1.8, 18.0), Y)).reps) == 6


def test_small_ones_alone_are_no_set() -> None:
    assert counted(limb([(X, 9.0 * phases(6, 1.8, pause_s=0.0))])).reps == ()


@pytest.mark.parametrize("axis", [Y, Z])
def test_another_movement_within_the_set_is_learned_anew(axis: ArrayLike) -> None:
    found = counted(one_after_another((6, 2.4, 50.0), (6, 2.4, 50.0), axis))
    assert [one.reps for one in found.sets] == [12]


def test_a_repetition_that_nothing_followed_is_over_when_it_was_back() -> None:
    """After it the limb goes slowly on to where it is put down, is moved about otherwise, and comes to no rest."""
    reps, tempo_s, after_s = 6, 2.4, np.arange(1000) / 100.0
    first = 50.0 * phases(reps, tempo_s, pause_s=0.0, still_s=4.0)[:-400]
    creeping, about = -12.0 * after_s, 20.0 * np.sin(2.0 * np.pi * 0.9 * after_s) * np.sin(2.0 * np.pi * 0.21 * after_s)
    turns = [(X, np.concatenate([first, creeping])), (Z, np.concatenate([np.zeros(len(first)), about]))]
    found = counted(limb(turns)).reps
    assert len(found) == reps
    assert found[-1].end_s < 4.0 + (reps + 0.5) * tempo_s


@pytest.mark.parametrize("size", [1, 33])
def test_however_it_is_cut_the_careful_ones_are_the_same(size: int) -> None:
    samples = one_after_another((3, 1.8, 9.0), (4, 1.8, 18.0), Y)
    pipeline = Pipeline(exercise="generic")
    told = [e for at in range(0, len(samples), size) for e in pipeline.process(samples[at : at + size]).events]
    assert (*told, *pipeline.finish().events) == counted(samples).events
