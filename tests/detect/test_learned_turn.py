"""What is a repetition by how a limb lies, where how far it travelled tells another tale."""

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from hiplevel.detect.learned_frames import FRAME_HZ, Frames
from hiplevel.detect.learned_rested import homes_within
from hiplevel.detect.learned_swing import LearnedSwing
from hiplevel.detect.learned_track import Track
from hiplevel.detect.learned_turn import Turns
from hiplevel.model.samples import Floats

EACH = 50  # frames


def track_of(vectors_rad: Floats) -> Track:
    """A limb that lies turned by these rotation vectors (n, 3) and travels nowhere."""
    lay = Rotation.from_rotvec(vectors_rad)
    turned = np.concatenate([np.zeros((1, 3)), (lay[:-1].inv() * lay[1:]).as_rotvec()]).T
    n = turned.shape[1]
    track = Track()
    frames = Frames(np.arange(n) / FRAME_HZ, np.zeros((6, n)), turned, [n], np.zeros(1), np.zeros(1))
    track.append(frames)
    track.end = track.ahead
    return track


def once(deg: float, axis: tuple[float, float, float] = (0.0, 1.0, 0.0)) -> Floats:
    """(EACH, 3): out about this axis and back."""
    phase = 0.5 - 0.5 * np.cos(2.0 * np.pi * np.arange(EACH) / EACH)
    unit = np.array(axis) / np.linalg.norm(axis)
    return np.asarray(np.radians(deg) * phase[:, None] * unit)


def swing(number: int) -> LearnedSwing:
    start = number * EACH
    return LearnedSwing(start, start + EACH // 2, start + EACH - 1, 0.3, sure=True)


@pytest.mark.parametrize("second_deg", [32.0, 40.0, 55.0])
def test_two_that_look_like_a_long_one_are_two(second_deg: float) -> None:
    track = track_of(np.concatenate([once(40.0), once(second_deg), once(0.0)]))
    (a, b, c), (d, e, f) = homes_within(track, 0, EACH // 2, 2 * EACH)
    assert (a, c, d, f) == (0, c, c, 2 * EACH)
    assert (b, c) == pytest.approx((0.5 * EACH, EACH), abs=3)
    assert e == pytest.approx(1.5 * EACH, abs=0.2 * EACH)


def test_a_long_hold_is_one() -> None:
    out, back = once(40.0)[: EACH // 2], once(40.0)[EACH // 2 :]
    held = np.repeat(out[-1:], 2 * EACH, axis=0)
    track = track_of(np.concatenate([out, held, back]))
    assert len(homes_within(track, 0, EACH, len(out) + len(held) + len(back) - 1)) == 1


def test_half_a_way_back_at_a_turn_is_one() -> None:
    dip = np.concatenate([once(40.0)[: EACH // 2], once(40.0)[EACH // 2 :] * 0.5 + 0.5 * once(40.0)[EACH // 2]])
    track = track_of(np.concatenate([dip, dip[::-1]]))
    assert len(homes_within(track, 0, EACH // 2, 2 * EACH - 1)) == 1


def test_a_limb_that_hardly_turns_says_nothing() -> None:
    track = track_of(np.concatenate([once(3.0), once(3.0), once(0.0)]))
    assert homes_within(track, 0, EACH // 2, 2 * EACH) == []


@pytest.mark.parametrize(
    ("deg", "axis", "alike"),
    [(42.0, (0, 1, 0), True), (30.0, (0.2, 1, 0), True), (10.0, (0, 1, 0), False), (40.0, (1, 0, 0), False)],
)
def test_what_turns_as_the_others_goes_as_they_do(deg: float, axis: tuple[float, float, float], *, alike: bool) -> None:
    track = track_of(np.concatenate([once(40.0), once(38.0), once(41.0), once(deg, axis), once(0.0)]))
    others = [swing(number) for number in range(3)]
    assert Turns(track).alike(swing(3), others) is alike
    assert Turns(track).astray(swing(3), others) is (axis == (1, 0, 0))


def test_two_others_do_not_tell() -> None:
    track = track_of(np.concatenate([once(40.0), once(38.0), once(40.0, (1, 0, 0)), once(0.0)]))
    others = [swing(number) for number in range(2)]
    assert not Turns(track).alike(swing(2), others)
    assert not Turns(track).astray(swing(2), others)


def test_small_turns_do_not_tell_however_different() -> None:
    track = track_of(np.concatenate([once(8.0), once(9.0), once(8.0), once(30.0, (1, 0, 0)), once(0.0)]))
    others = [swing(number) for number in range(3)]
    assert not Turns(track).alike(swing(3), others)
    assert not Turns(track).astray(swing(3), others)


def test_no_way_the_body_lies_is_further_than_all_that_it_turned() -> None:
    vectors_rad = np.cumsum(np.random.default_rng(0).normal(0.0, 0.02, (300, 3)), axis=0)
    track, lay = track_of(vectors_rad), Rotation.from_rotvec(vectors_rad)
    for first, end in ((0, 1), (0, 299), (40, 41), (120, 250)):
        apart_rad = float((lay[first].inv() * lay[end]).magnitude())
        assert apart_rad <= track.most_turned_rad(first, end) + 1e-9
    assert track.most_turned_rad(7, 8) == pytest.approx(float((lay[7].inv() * lay[8]).magnitude()))
