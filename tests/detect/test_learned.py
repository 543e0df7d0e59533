"""Movements that nobody described, on any limb and put on anyhow: counted from the first, once three are seen."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import ArrayLike
from scipy.spatial.transform import Rotation

from hiplevel import Analysis, DropRule, Pipeline, Rezero, Samples, analyze
from hiplevel.simulate import ImuErrors, Placement, Rest, Still, Stroll, session, volunteer

G = 9.80665


def phases(
    reps: int, tempo_s: float, *, pause_s: float = 0.4, still_s: float = 4.0, rate_hz: float = 100.0
) -> np.ndarray:
    """(n,) from 0 at home to 1 at the turn and back, so often; standing still before, between and after."""
    time_s = np.arange(round((2 * still_s + reps * (tempo_s + pause_s)) * rate_hz)) / rate_hz
    within = np.mod(time_s - still_s, tempo_s + pause_s)
    moving = (time_s >= still_s) & (time_s < still_s + reps * (tempo_s + pause_s)) & (within < tempo_s)
    return np.where(moving, 0.5 - 0.5 * np.cos(2 * np.pi * within / tempo_s), 0.0)


def limb(
    turns: list[tuple[ArrayLike, np.ndarray]],
    lift_m: np.ndarray | None = None,
    *,
    rate_hz: float = 100.0,
    mounting: ArrayLike = (0.0, 0.0, 0.0),
    seed: int = 0,
) -> Samples:
    """A limb that turns about its own axes, (axis, angle (n,) in degrees) each, and is lifted; a good real sensor."""
    n = len(turns[0][1]) if turns else len(lift_m if lift_m is not None else [])
    attitude = Rotation.from_rotvec(np.zeros((n, 3)))
    for axis, angle_deg in turns:
        unit = np.asarray(axis, dtype=float) / np.linalg.norm(axis)
        attitude = attitude * Rotation.from_rotvec(np.radians(angle_deg)[:, None] * unit)
    up = np.zeros((n, 3))
    up[:, 2] = G if lift_m is None else G + np.gradient(np.gradient(lift_m)) * rate_hz**2
    gyr = np.zeros((n, 3))
    gyr[1:] = (attitude[:-1].inv() * attitude[1:]).as_rotvec() * rate_hz
    worn = Rotation.from_euler("xyz", mounting, degrees=True)
    rng = np.random.default_rng(seed)
    acc, gyr = worn.apply(attitude.inv().apply(up)), worn.apply(gyr)
    return Samples(np.arange(n) / rate_hz, acc + rng.normal(0.0, 0.03, (n, 3)), gyr + rng.normal(0.0, 0.003, (n, 3)))


def counted(samples: Samples) -> Analysis:
    return analyze(samples, exercise="generic")


@settings(max_examples=25, deadline=None, derandomize=True)
@given(
    reps=st.integers(4, 12),
    tempo_s=st.floats(1.8, 4.0),
    size_deg=st.floats(40.0, 90.0),
    axis=st.sampled_from([(1, 0, 0), (0, 1, 0), (1, 1, 0), (1, -2, 1), (0, 1, 3)]),
    mounting=st.tuples(*[st.floats(-180.0, 180.0)] * 3),
    rate_hz=st.sampled_from([52.0, 100.0, 200.0]),
)
def test_turning_to_and_fro_is_counted_whatever_the_axis_the_mounting_and_the_rate(
    reps: int, tempo_s: float, size_deg: float, axis: ArrayLike, mounting: ArrayLike, rate_hz: float
) -> None:
    phase = phases(reps, tempo_s, rate_hz=rate_hz)
    found = counted(limb([(axis, size_deg * phase)], rate_hz=rate_hz, mounting=mounting))
    assert len(found.reps) == reps


@pytest.mark.parametrize("depth_m", [0.25, 0.4])
def test_being_lifted_without_turning_is_counted(depth_m: float) -> None:
    assert len(counted(limb([], -depth_m * phases(8, 2.5))).reps) == 8


def test_two_dips_in_a_repetition_are_one_repetition() -> None:
    phase = phases(8, 4.0, pause_s=0.0)
    dips = np.sin(2 * np.pi * phase) ** 2  # out and back once more within each half
    found = counted(limb([((0, 1, 0), 30.0 * phase), ((1, 0, 0), 12.0 * dips)]))
    assert len(found.reps) == 8


def test_a_repetition_is_where_it_was() -> None:
    rep = counted(limb([((0, 1, 0), 60.0 * phases(6, 3.0))])).reps[2]
    assert (rep.start_s, rep.turn_s, rep.end_s) == pytest.approx((10.8, 12.3, 13.8), abs=0.35)
    assert rep.rom_deg == pytest.approx(60.0, abs=6.0)


def test_it_is_told_once_three_are_seen_and_then_each_when_it_is_back() -> None:
    reps = counted(limb([((0, 1, 0), 60.0 * phases(8, 3.0))])).reps
    assert len(reps) == 8
    third_s = 4.0 + 3 * 3.4
    assert all(third_s - 0.8 <= rep.known_s <= third_s + 1.7 for rep in reps[:3])
    assert all(rep.known_s - rep.end_s < 1.2 for rep in reps[4:])


def test_two_are_no_rhythm() -> None:
    assert counted(limb([((0, 1, 0), 60.0 * phases(2, 3.0))])).reps == ()


def test_standing_still_is_nothing() -> None:
    assert counted(limb([((0, 1, 0), np.zeros(4000))])).reps == ()


def test_a_walk_is_nothing() -> None:
    assert counted(session([Still(4.0), Stroll(40, 180.0), Rest(8.0)], seed=3).samples).reps == ()


def test_after_a_pause_the_set_goes_on() -> None:
    first, second = phases(5, 2.5, still_s=3.0), phases(3, 2.5, still_s=1.0)
    found = counted(limb([((1, 0, 0), 50.0 * np.concatenate([first, second]))]))
    assert [done.reps for done in found.sets] == [8]


@pytest.mark.parametrize(("before", "pause_s"), [(1, 3.0), (2, 2.0), (2, 5.0), (3, 4.0)])
def test_what_was_done_before_an_early_pause_counts_once_the_rhythm_is_sure(before: int, pause_s: float) -> None:
    first, second = phases(before, 2.5, still_s=0.5 * pause_s), phases(6, 2.5, still_s=0.5 * pause_s)
    still = np.zeros(300)
    found = counted(limb([((1, 0, 1), 50.0 * np.concatenate([still, first, second, still]))]))
    assert [done.reps for done in found.sets] == [before + 6]


def test_another_movement_before_a_pause_does_not_count() -> None:
    first, second = phases(2, 2.5, still_s=3.0), phases(6, 2.5, still_s=2.0)
    other, own = np.concatenate([first, np.zeros(len(second))]), np.concatenate([np.zeros(len(first)), second])
    assert len(counted(limb([((0, 0, 1), 50.0 * other), ((1, 0, 0), 50.0 * own)])).reps) == 6


@pytest.mark.parametrize("seed", [209, 231])
def test_sitting_down_after_the_set_is_no_repetition(seed: int) -> None:
    made = volunteer("generic", seed).made
    done = len(made.truth.reps)
    assert len(counted(made.samples).reps) == done


@pytest.mark.parametrize(("placement", "seed"), [("wrist", 226), ("shank", 205), ("pelvis", 220)])
def test_what_a_limb_does_while_resting_is_no_set(placement: Placement, seed: int) -> None:
    made = volunteer("generic", seed, placement).made
    assert len(counted(made.samples).reps) == len(made.truth.reps)


@pytest.mark.parametrize("mounting", [(0.0, 0.0, 0.0), (80.0, 20.0, -30.0), (170.0, -15.0, 60.0)])
def test_the_first_stand_of_a_recording_that_begins_moving_does_not_end_the_set(mounting: ArrayLike) -> None:
    first, second = phases(5, 2.5, pause_s=0.0, still_s=0.0), phases(4, 2.5, pause_s=0.0, still_s=3.0)
    found = counted(limb([((1, 0, 1), 50.0 * np.concatenate([first, second]))], mounting=mounting))
    assert [done.reps for done in found.sets] == [9]
    assert any(event.source == "still" for event in found.events if isinstance(event, Rezero))


def test_a_hold_at_the_turn_is_part_of_the_repetition() -> None:
    held = np.interp(np.arange(0.0, 30.0, 0.01), *_held(6, 3.0, 1.5))
    assert len(counted(limb([((0, 1, 0), 40.0 * held)])).reps) == 6


def _held(reps: int, tempo_s: float, hold_s: float) -> tuple[list[float], list[float]]:
    time_s, value = [0.0, 4.0], [0.0, 0.0]
    for _ in range(reps):
        for step_s, there in ((0.5 * tempo_s - 0.5, 1.0), (hold_s - 0.5, 1.0), (0.5 * tempo_s - 0.5, 0.0), (0.5, 0.0)):
            time_s.append(time_s[-1] + step_s)
            value.append(there)
    return time_s, value


def test_nothing_spans_a_gap_and_the_count_goes_on_after_it() -> None:
    made = limb([((0, 1, 0), 60.0 * phases(12, 3.0))])
    keep = (made.time_s < 24.0) | (made.time_s >= 24.6)
    found = counted(Samples(made.time_s[keep], made.acc_m_s2[keep], made.gyr_rad_s[keep]))
    assert len(found.gaps) == 1
    assert all(rep.end_s <= 24.01 or rep.start_s >= 24.59 for rep in found.reps)
    assert 10 <= len(found.reps) <= 11


def test_a_sensor_whose_gravity_reads_14_still_counts_and_that_is_said() -> None:
    made = limb([((0, 1, 0), 60.0 * phases(8, 2.5))])
    found = counted(Samples(made.time_s, 1.43 * made.acc_m_s2, made.gyr_rad_s))
    assert len(found.reps) == 8
    assert [note.text for note in found.notes if note.code == "gravity-off"] == [
        "Gravity reads 14.0 m/s2 where 9.8 is expected: this sensor's accelerometer is badly scaled. "
        "Repetitions are counted, but angles may be off by several degrees: have the sensor calibrated."
    ]
    assert not any(note.code == "gravity-off" for note in counted(made).notes)


@pytest.mark.parametrize("size", [1, 7, 10, 199])
def test_however_it_is_cut_the_events_are_the_same(size: int) -> None:
    made = session([Still(3.0), Stroll(8, 90.0), Rest(3.0)], seed=5, imu=ImuErrors(jitter_s=0.002)).samples
    turned = limb([((1, 1, 0), 50.0 * phases(5, 2.4, pause_s=0.2))])
    shifted = turned.time_s + made.time_s[-1] + 0.01
    both = Samples(
        np.concatenate([made.time_s, shifted]),
        np.concatenate([made.acc_m_s2, turned.acc_m_s2]),
        np.concatenate([made.gyr_rad_s, turned.gyr_rad_s]),
    )
    whole = analyze(both, exercise="generic")
    pipeline = Pipeline(exercise="generic")
    outs = [pipeline.process(both[at : at + size]) for at in range(0, len(both), size)]
    assert len(whole.reps) >= 5
    assert tuple(e for out in [*outs, pipeline.finish()] for e in out.events) == whole.events


def test_a_limb_has_no_drops_unless_a_limit_is_given() -> None:
    made = limb([((1, 0, 0), 60.0 * phases(5, 3.0))])
    assert counted(made).drops == ()
    assert analyze(made, exercise="generic", rule=DropRule(20.0)).drops != ()


@pytest.mark.parametrize(("into_s", "reps"), [(0.6, 7), (2.2, 8)])
def test_a_repetition_that_the_end_of_the_recording_cuts_off_counts_when_most_of_it_was_done(
    into_s: float, reps: int
) -> None:
    made = limb([((0, 1, 0), 60.0 * phases(8, 3.0))])
    end = int(np.searchsorted(made.time_s, 4.0 + 7 * 3.4 + into_s))
    assert len(counted(made[:end]).reps) == reps


@pytest.mark.parametrize("lost_s", [0.25, 0.35])
@pytest.mark.parametrize("at_s", [4.8, 18.0, 24.5, 29.0])
def test_a_gap_too_short_to_hide_a_repetition_costs_none(lost_s: float, at_s: float) -> None:
    made = limb([((0, 1, 0), 60.0 * phases(8, 3.0))])
    keep = (made.time_s < at_s) | (made.time_s >= at_s + lost_s)
    found = counted(Samples(made.time_s[keep], made.acc_m_s2[keep], made.gyr_rad_s[keep]))
    assert len(found.gaps) == 1
    assert len(found.reps) == 8


@pytest.mark.parametrize("turned_deg", [45.0, 90.0])
def test_getting_into_position_hides_no_small_repetition_after_it(turned_deg: float) -> None:
    time_s = np.arange(2500) / 100.0
    into = turned_deg * np.clip((time_s[:400] - 2.0) / 1.0, 0.0, 1.0)
    small = phases(6, 2.5, still_s=0.3)
    angle = np.concatenate([into, np.full(len(small), turned_deg)])
    made = limb([((1, 0, 0), angle), ((0, 1, 0), 12.0 * np.concatenate([np.zeros(400), small]))])
    assert len(counted(made).reps) == 6


def unlike(tempos_s: list[float], *, still_s: float = 4.0) -> np.ndarray:
    """(n,) at 100 Hz, from 0 at home to 1 at the turn and back, once in each of these times; still around."""
    still = np.zeros(round(100.0 * still_s))
    ways = [0.5 - 0.5 * np.cos(2.0 * np.pi * np.arange(0.0, 1.0, 0.01 / tempo_s)) for tempo_s in tempos_s]
    return np.concatenate([still, *ways, still])


@pytest.mark.parametrize("tempos_s", [[1.0, 0.75, 0.9, 0.75, 1.0, 0.75, 0.9, 1.0] * 2, [11.0, 11.5, 12.4, 11.3, 12.5]])
def test_one_repetition_may_be_quicker_or_slower_than_any_rhythm(tempos_s: list[float]) -> None:
    assert len(counted(limb([((0, 1, 0), 90.0 * unlike(tempos_s))])).reps) == len(tempos_s)


@pytest.mark.parametrize("tempos_s", [[1.5, 1.5, 2.5], [1.8, 1.85, 2.7], [2.5, 2.6, 4.0]])
def test_a_third_repetition_slower_than_the_two_before_it_makes_three(tempos_s: list[float]) -> None:
    assert len(counted(limb([((1, 1, 0), 60.0 * unlike(tempos_s))])).reps) == 3


def test_a_large_movement_after_a_small_one_is_a_set_of_its_own() -> None:
    small, large = 14.0 * phases(4, 6.0, pause_s=0.0), 80.0 * phases(8, 2.2, still_s=2.0)
    first, second = np.pad(small, (0, len(large))), np.pad(large, (len(small), 0))
    found = counted(limb([((1, 0, 0), first), ((0, 1, 0), second)]))
    assert [done.reps for done in found.sets] == [4, 8]


def test_a_set_is_not_over_while_a_repetition_is_under_way() -> None:
    tempo_s, pause_s = 5.0, 6.5  # together longer than a rest
    phase = np.concatenate([unlike([tempo_s] * 6, still_s=pause_s), unlike([tempo_s], still_s=0.0), np.zeros(300)])
    found = counted(limb([((1, 0, 0), 60.0 * phase)]))
    assert [done.reps for done in found.sets] == [7]
