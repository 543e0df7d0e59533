from itertools import permutations
from pathlib import Path

import numpy as np
import pytest

from hiplevel.model.errors import InputError, Reason
from hiplevel.model.samples import ACC_UNITS_M_S2, GYR_UNITS_RAD_S, Samples
from hiplevel.recording.csv_turning import turning
from hiplevel.recording.csv_units import acc_unit, gyr_unit
from hiplevel.simulate import exercise

from .conftest import moving_samples

MOVING = moving_samples()
STILL = Samples(MOVING.time_s, np.tile([0.0, 0.0, 9.81], (len(MOVING), 1)), 0.01 * np.sin(MOVING.acc_m_s2))


@pytest.mark.parametrize("unit", ACC_UNITS_M_S2)
@pytest.mark.parametrize("told", [True, False])
def test_gravity_confirms_or_finds_the_unit(unit: str, told: bool) -> None:
    acc = MOVING.acc_m_s2 / ACC_UNITS_M_S2[unit]
    assert acc_unit(acc, unit if told else "", "a.csv") == (unit, ())


@pytest.mark.parametrize(("told", "unit"), [*permutations(ACC_UNITS_M_S2, 2)])
def test_a_wrong_unit_is_refused_and_the_right_one_offered(told: str, unit: str) -> None:
    with pytest.raises(InputError) as caught:
        acc_unit(MOVING.acc_m_s2 / ACC_UNITS_M_S2[unit], told, "a.csv")
    assert caught.value.reason is Reason.UNITS
    assert f"It reads as {unit}: use acc unit {unit}." in str(caught.value)


@pytest.mark.parametrize(("scale", "words"), [(1.43, "43% too high"), (0.8, "20% too low")])
def test_a_badly_scaled_sensor_is_accepted_with_a_warning(scale: float, words: str) -> None:
    unit, notices = acc_unit(MOVING.acc_m_s2 * scale, "m/s2", "a.csv")
    assert unit == "m/s2"
    assert words in notices[0]


def test_running_throughout_is_not_taken_for_a_bad_scale() -> None:
    time_s = np.arange(3000) / 100.0
    up = 9.81 * (1.0 + 0.2 + 0.9 * np.sin(2.0 * np.pi * 2.7 * time_s))  # the median is not gravity
    acc = np.column_stack([np.zeros_like(up), np.zeros_like(up), up])
    assert acc_unit(acc, "m/s2", "a.csv") == ("m/s2", ())
    rested = np.concatenate([np.tile([0.0, 0.0, 9.81], (300, 1)), acc])
    assert acc_unit(rested, "m/s2", "a.csv") == ("m/s2", ())
    assert "25% too high" in acc_unit(rested * 1.25, "m/s2", "a.csv")[1][0]


@pytest.mark.parametrize(("scale", "words"), [(0.02, "taken out"), (4.0, "gravity in no unit"), (0.4, "no unit")])
def test_what_is_no_gravity_is_refused(scale: float, words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        acc_unit(MOVING.acc_m_s2 * scale, "m/s2", "a.csv")
    assert caught.value.reason is Reason.UNITS


@pytest.mark.parametrize("unit", GYR_UNITS_RAD_S)
@pytest.mark.parametrize("told", [True, False])
def test_movement_confirms_or_finds_the_unit(unit: str, told: bool) -> None:
    gyr = MOVING.gyr_rad_s / GYR_UNITS_RAD_S[unit]
    assert gyr_unit(MOVING.time_s, MOVING.acc_m_s2, gyr, unit if told else "", "a.csv") == (unit, ())


@pytest.mark.parametrize(("told", "unit"), [*permutations(GYR_UNITS_RAD_S, 2)])
def test_a_wrong_gyroscope_unit_is_refused_and_the_right_one_offered(told: str, unit: str) -> None:
    with pytest.raises(InputError) as caught:
        gyr_unit(MOVING.time_s, MOVING.acc_m_s2, MOVING.gyr_rad_s / GYR_UNITS_RAD_S[unit], told, "a.csv")
    assert caught.value.reason is Reason.UNITS
    assert f"cannot be in {told}" in str(caught.value)
    assert f"It reads as {unit}: use gyr unit {unit}." in str(caught.value)


@pytest.mark.parametrize("told", GYR_UNITS_RAD_S)
def test_whoever_hardly_moves_is_believed(told: str) -> None:
    assert gyr_unit(STILL.time_s, STILL.acc_m_s2, STILL.gyr_rad_s, told, "a.csv") == (told, ())


def test_whoever_hardly_moves_must_tell_the_unit() -> None:
    with pytest.raises(InputError, match="does not show it") as caught:
        gyr_unit(STILL.time_s, STILL.acc_m_s2, STILL.gyr_rad_s, "", "a.csv")
    assert caught.value.reason is Reason.UNITS


def test_a_gyroscope_that_turns_the_other_way_is_mentioned() -> None:
    unit, notices = gyr_unit(MOVING.time_s, MOVING.acc_m_s2, -MOVING.gyr_rad_s, "rad/s", "a.csv")
    assert unit == "rad/s"
    assert "sign seems swapped" in notices[0]


def test_a_few_samples_are_no_evidence() -> None:
    assert turning(MOVING[:40]) is None
    assert turning(MOVING[:1]) is None


def test_gaps_are_not_taken_for_turning() -> None:
    cut = MOVING[:500].joined(Samples(MOVING.time_s[500:] + 3.1, MOVING.acc_m_s2[500:], MOVING.gyr_rad_s[500:]))
    seen = turning(cut)
    assert seen is not None
    assert seen.slope == pytest.approx(1.0, abs=0.05)


def test_a_set_with_long_rests_shows_its_unit() -> None:
    rare = exercise("pelvic-drop", reps=5, seed=3).samples
    for unit, scale in GYR_UNITS_RAD_S.items():
        assert gyr_unit(rare.time_s, rare.acc_m_s2, rare.gyr_rad_s / scale, "", "a.csv") == (unit, ())


@pytest.mark.parametrize("what", ["walking", "running", "sideways-hop", "standing-abduction"])
def test_a_gyroscope_that_turns_far_more_than_gravity_is_refused_though_neither_follows_the_other(what: str) -> None:
    shaken = exercise(what, seed=3).samples
    assert turning(shaken) is None
    for unit, scale in GYR_UNITS_RAD_S.items():
        assert gyr_unit(shaken.time_s, shaken.acc_m_s2, shaken.gyr_rad_s / scale, unit, "a.csv") == (unit, ())
    with pytest.raises(InputError, match=r"cannot be in rad/s.*Use gyr unit deg/s") as caught:
        gyr_unit(shaken.time_s, shaken.acc_m_s2, np.degrees(shaken.gyr_rad_s), "rad/s", "a.csv")
    assert caught.value.reason is Reason.UNITS


def _real(name: str) -> list[Samples]:
    import os

    folder = Path(os.environ.get("HIPLEVEL_DATA") or Path(__file__).parents[3] / "shared" / "data")
    if not (folder / name).exists():
        pytest.skip(f"needs {name} in the folder of real recordings")
    data = dict(np.load(folder / name))
    keys = sorted({key.rsplit("/", 1)[0] for key in data})
    sets = [Samples(data[f"{k}/t_s"], data[f"{k}/acc_m_s2"], data[f"{k}/gyr_rad_s"]) for k in keys]
    return [s for s in sets if np.isfinite(s.acc_m_s2).all() and np.isfinite(s.gyr_rad_s).all()]


@pytest.mark.realdata
@pytest.mark.parametrize("name", ["squat_waist.npz", "squat_thigh.npz", "sisfall_adl.npz", "ipol_walk.npz"])
def test_real_movement_never_refuses_the_right_unit_and_often_the_wrong_one(name: str) -> None:
    refused = 0
    for samples in _real(name):
        gyr_unit(samples.time_s, samples.acc_m_s2, samples.gyr_rad_s, "rad/s", name)
        try:
            gyr_unit(samples.time_s, samples.acc_m_s2, samples.gyr_rad_s * 180.0 / np.pi, "rad/s", name)
        except InputError:
            refused += 1
    assert refused >= {"squat_waist.npz": 33, "squat_thigh.npz": 33, "sisfall_adl.npz": 68, "ipol_walk.npz": 46}[name]


def pendulum(radius_m: float, period_s: float = 1.2, swing_deg: float = 25.0) -> Samples:
    """A sensor on a limb that swings about y, radius_m below the joint, z up along the limb; 20 s at 100 Hz."""
    time_s = np.arange(2000) / 100.0
    size, pace = np.radians(swing_deg), 2.0 * np.pi / period_s
    angle, rate = size * np.sin(pace * time_s), size * pace * np.cos(pace * time_s)
    change, zero = -(pace**2) * angle, np.zeros_like(time_s)
    acc = np.column_stack([-9.81 * np.sin(angle) - radius_m * change, zero, 9.81 * np.cos(angle) + radius_m * rate**2])
    return Samples(time_s, acc, np.column_stack([zero, rate, zero]))


def test_a_leg_that_swings_is_not_accused_of_a_swapped_sign() -> None:
    leg = pendulum(0.9)
    seen = turning(leg)
    assert seen is not None
    assert seen.slope < -0.5  # what it feels of its swing outweighs gravity
    assert gyr_unit(leg.time_s, leg.acc_m_s2, np.degrees(leg.gyr_rad_s), "deg/s", "a.csv") == ("deg/s", ())
    with pytest.raises(InputError, match="does not show it"):
        gyr_unit(leg.time_s, leg.acc_m_s2, leg.gyr_rad_s, "", "a.csv")


def test_a_slow_limb_with_a_swapped_sign_is_mentioned() -> None:
    leg = pendulum(0.4, period_s=4.0)
    assert gyr_unit(leg.time_s, leg.acc_m_s2, leg.gyr_rad_s, "rad/s", "a.csv") == ("rad/s", ())
    _, notices = gyr_unit(leg.time_s, leg.acc_m_s2, -leg.gyr_rad_s, "rad/s", "a.csv")
    assert "sign seems swapped" in notices[0]
