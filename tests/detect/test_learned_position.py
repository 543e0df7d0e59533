"""Getting into position goes and stays, a repetition comes back: only what comes back is counted."""

import numpy as np
import pytest
from numpy.typing import ArrayLike
from scipy.spatial.transform import Rotation

from detect.test_learned import counted, limb, phases
from hiplevel.detect.learned_attitude import apart_rad, attitudes
from hiplevel.model.samples import Floats

RATE_HZ = 100.0


def gone(before_s: float, go_s: float, after_s: float) -> Floats:
    """(n,) 0, then within go_s to 1, then there."""
    going = 0.5 - 0.5 * np.cos(np.pi * np.arange(round(go_s * RATE_HZ)) / (go_s * RATE_HZ))
    return np.concatenate([np.zeros(round(before_s * RATE_HZ)), going, np.ones(round(after_s * RATE_HZ))])


WAYS = [((0, 1, 1), 40.0, 1.0), ((0, 1, 1), -40.0, 1.0), ((1, 1, 0), 30.0, 0.6), ((0, 1, 0), 25.0, 1.0)]


@pytest.mark.parametrize(("axis", "deg", "stand_s"), WAYS)
def test_getting_into_position_is_no_repetition(axis: ArrayLike, deg: float, stand_s: float) -> None:
    reps = phases(6, 2.6, still_s=3.0, pause_s=0.2)
    position = gone(3.0, 1.2, (len(reps) - 300) / RATE_HZ + stand_s)
    moved = np.concatenate([np.zeros(len(position) - len(reps)), reps])
    a = counted(limb([((0, 1, 0), 40.0 * moved), (axis, deg * position)]))
    assert len(a.reps) == 6
    assert a.reps[0].start_s == pytest.approx(4.2 + stand_s, abs=0.4)


@pytest.mark.parametrize(("axis", "deg"), [((0, 1, 1), 40.0), ((0, 1, 1), -40.0), ((1, 1, 0), 50.0)])
def test_leaving_the_place_is_no_repetition(axis: ArrayLike, deg: float) -> None:
    reps = phases(6, 2.6, still_s=4.0, pause_s=0.2)
    leaving = gone(4.0 + 6 * 2.8 + 0.6, 1.3, len(reps) / RATE_HZ)[: len(reps) + 600]
    moved = np.concatenate([reps, np.zeros(len(leaving) - len(reps))])
    a = counted(limb([((0, 1, 0), 40.0 * moved), (axis, deg * leaving)]))
    assert len(a.reps) == 6


def test_a_hold_at_the_first_turn_is_no_position() -> None:
    first = np.concatenate([gone(4.0, 1.3, 1.0), 1.0 - gone(0.0, 1.3, 0.1)])
    a = counted(limb([((0, 1, 0), 50.0 * np.concatenate([first, phases(5, 2.6, still_s=0.2, pause_s=0.2)]))]))
    assert len(a.reps) == 6


def test_a_limb_that_goes_round_comes_back() -> None:
    """Its rates do not add up to nothing, though it lies as it did."""
    angle = np.linspace(0.0, 2.0 * np.pi, 101)
    lay = Rotation.from_rotvec(np.stack([0.6 * (np.cos(angle) - 1.0), 0.6 * np.sin(angle), 0.0 * angle], axis=1))
    turned = (lay[:-1].inv() * lay[1:]).as_rotvec().T
    assert np.linalg.norm(turned.sum(axis=1)) > 0.3
    away = [apart_rad(alike) for alike in attitudes(turned)[0]]
    np.testing.assert_allclose(away, lay[1:].magnitude(), atol=1e-7)
    assert away[-1] < 1e-6


def test_an_attitude_depends_on_what_was_before_it_alone() -> None:
    turned = np.random.default_rng(0).normal(0.0, 0.2, (3, 90))
    for n in (1, 2, 7, 64, 89):
        np.testing.assert_array_equal(attitudes(turned[:, :n]), attitudes(turned)[:, :n])
