"""Calibration from simulated movements: the axes found, and each poor performance named."""

from collections.abc import Sequence

import numpy as np
import pytest

from hiplevel import Calibration, InputError, Reason, Samples, analyze, simulate
from hiplevel.simulate import Hinges, ImuErrors, Rest, Segment, Simulated, Still, Stroll, mounting_from_euler
from motion.analytic import clock, lasting, path, worn

PLACES = {
    "back": mounting_from_euler(),
    "left side": mounting_from_euler(-90.0),
    "right side": mounting_from_euler(90.0),
    "upside down": mounting_from_euler(0.0, 0.0, 180.0),
}
LEFT = mounting_from_euler(-87.0, 5.0, 8.0)


def off_deg(found: Calibration, true: np.ndarray) -> float:
    """Between the left-right axis found and the true one."""
    return float(np.degrees(np.arccos(np.clip(found.matrix[1] @ true[1], -1.0, 1.0))))


def clumsy(place: str, seed: int) -> Simulated:
    """Three hinges of 35 to 55 degrees, each listing to a side by up to 2 degrees, the clip up to 12 degrees askew."""
    rng = np.random.default_rng(seed)
    askew = mounting_from_euler(*rng.uniform(-12.0, 12.0, 3))
    hinges = [Hinges(1, rng.uniform(35.0, 55.0), rng.uniform(-2.0, 2.0)) for _ in range(3)]
    return simulate.session([Still(4.0), *hinges, Still(1.0)], seed=seed, mounting=askew @ PLACES[place])


def performed(segments: Sequence[Segment], **how: object) -> Samples:
    return simulate.session(segments, seed=1, mounting=LEFT, **how).samples  # type: ignore[arg-type] # keywords


@pytest.mark.parametrize("place", PLACES)
def test_the_axis_is_found_within_three_degrees_wherever_the_clip_sits(place: str) -> None:
    off, beyond = [], 0
    for seed in range(10):
        made = clumsy(place, seed)
        found = Calibration.from_recording_part(made.samples)
        assert found.gradable
        assert len(found.hinges_deg) == 3
        assert found.axis_sd_deg is not None
        off.append(off_deg(found, made.calibration.matrix))
        beyond += off[-1] > 2.0 * found.axis_sd_deg
    assert max(off) < 3.0
    assert float(np.median(off)) < 1.5
    assert beyond <= 1  # of 10 beyond two sigma


@pytest.mark.parametrize("deep_deg", [18.0, 30.0, 50.0])
def test_the_less_deep_the_hinges_the_less_well_known_is_the_axis(deep_deg: float) -> None:
    for listed_deg in (-2.0, 1.0, 2.0):
        made = simulate.session([Still(4.0), Hinges(3, deep_deg, listed_deg), Still(1.0)], seed=3, mounting=LEFT)
        found = Calibration.from_recording_part(made.samples)
        assert found.axis_sd_deg is not None
        assert 0.5 * off_deg(found, LEFT) < found.axis_sd_deg < 100.0 / deep_deg


@pytest.mark.parametrize("place", PLACES)
def test_an_exercise_is_measured_as_well_as_with_the_true_mounting(place: str) -> None:
    for seed in (0, 4, 8):
        made = clumsy(place, seed)
        found = Calibration.from_recording_part(made.samples)
        true = made.calibration
        work = simulate.exercise("pelvic-drop", stance="left", reps=4, seed=seed, mounting=true)
        rms = [_rms_deg(work, mounting) for mounting in (true, found)]
        assert rms[1] < rms[0] + 0.3


def _rms_deg(made: Simulated, calibration: Calibration) -> float:
    analysis = analyze(made.samples, exercise="pelvic-drop", stance="left", calibration=calibration)
    error = analysis.obliquity_deg - np.interp(analysis.time_s, made.truth.time_s, made.truth.obliquity_deg)
    return float(np.sqrt(np.mean(error**2)))


def test_parts_given_apart_and_one_stretch_come_to_the_same() -> None:
    made = performed([Still(4.0), Hinges()])
    apart = Calibration.from_movements(still=made[:400], hinges=made[400:])
    whole = Calibration.from_recording_part(made)
    assert apart.quality == whole.quality == 1.0
    assert apart.reasons == whole.reasons == ()
    assert off_deg(apart, whole.matrix) < 0.5


@pytest.mark.parametrize("rate_hz", [26.0, 52.0, 208.0, 416.0])
def test_the_rate_does_not_matter(rate_hz: float) -> None:
    assert off_deg(Calibration.from_recording_part(performed([Still(4.0), Hinges()], rate_hz=rate_hz)), LEFT) < 1.0


def test_a_large_gyroscope_bias_does_not_matter() -> None:
    biased = performed([Still(4.0), Hinges()], imu=ImuErrors(gyr_bias_deg_s=3.0))
    assert off_deg(Calibration.from_recording_part(biased), LEFT) < 1.0


@pytest.mark.parametrize(
    "segments",
    [
        [Rest(8.0), Still(4.0), Hinges(), Rest(8.0)],
        [Still(4.0), Hinges(1), Stroll(6, 90.0), Hinges(1), Stroll(4, -90.0), Hinges(1)],
    ],
    ids=["fidgeting before and after", "walking about between hinges"],
)
def test_what_lies_between_is_looked_past(segments: list[Segment]) -> None:
    found = Calibration.from_recording_part(performed(segments))
    assert off_deg(found, LEFT) < 1.5
    assert len(found.hinges_deg) == 3
    assert found.reasons == ()


def test_a_sensor_that_lay_on_the_table_first_stood_not_still() -> None:
    rng = np.random.default_rng(0)
    table = Samples(np.arange(600) / 100.0, [9.8, 0.0, 0.0] + 0.01 * rng.standard_normal((600, 3)), np.zeros((600, 3)))
    worn_then = performed([Rest(5.0), Still(4.0), Hinges(), Still(4.0)])
    later = Samples(worn_then.time_s + 6.01, worn_then.acc_m_s2, worn_then.gyr_rad_s)
    assert off_deg(Calibration.from_recording_part(table.joined(later)), LEFT) < 1.5


def test_a_hinge_with_samples_missing_is_left_out() -> None:
    simulated = simulate.session([Still(4.0), Hinges(4)], seed=1, mounting=LEFT)
    made, bent = simulated.samples, simulated.truth.tilt_deg > 30.0
    second_s = made.time_s[bent][made.time_s[bent] > made.time_s[bent][0] + 3.0][0]
    kept = (made.time_s < second_s) | (made.time_s > second_s + 0.6)
    torn = Samples(made.time_s[kept], made.acc_m_s2[kept], made.gyr_rad_s[kept])
    found = Calibration.from_recording_part(torn)
    assert len(found.hinges_deg) == 3
    assert off_deg(found, LEFT) < 1.0


def test_a_bend_to_the_side_does_not_count() -> None:
    found = Calibration.from_recording_part(performed([Still(4.0), Hinges(), Hinges(1, 3.0, 30.0)]))
    assert off_deg(found, LEFT) < 1.0
    assert "went another way" in found.reasons[0]


def test_a_restless_stand_is_named_with_what_moved_and_not_graded() -> None:
    made = performed([Still(4.0), Hinges()])
    time_s = made.time_s[:400]
    acc, gyr = made.acc_m_s2.copy(), made.gyr_rad_s.copy()
    gyr[:400, 2] += np.radians(14.0) * np.sin(2.0 * np.pi * 1.5 * time_s)
    acc[:400, 1] += 0.6 * np.sin(2.0 * np.pi * 2.0 * time_s)
    found = Calibration.from_movements(still=Samples(time_s, acc[:400], gyr[:400]), hinges=made[400:])
    assert not found.gradable
    assert "You moved while standing still" in found.reasons[0]
    assert "turned at 10 degrees/s and shook by 0.4 m/s2" in found.reasons[0]
    assert "Stand on both feet" in found.refusal


def test_a_short_stand_is_used_and_mentioned() -> None:
    made = performed([Still(4.0), Hinges()])
    found = Calibration.from_movements(still=made[:210], hinges=made[400:])
    assert found.gradable
    assert "You stood still for 2.1 s" in found.reasons[0]


@pytest.mark.parametrize(("hinges", "gradable"), [(2, True), (1, False)])
def test_too_few_hinges_are_counted(hinges: int, gradable: bool) -> None:
    found = Calibration.from_recording_part(performed([Still(4.0), Hinges(hinges)]))
    assert len(found.hinges_deg) == hinges
    assert found.gradable is gradable
    assert "seen; do three" in found.reasons[0]


def test_tiny_hinges_are_refused_and_small_ones_not_graded() -> None:
    with pytest.raises(InputError, match="hinges reached 7 degrees") as caught:
        Calibration.from_recording_part(performed([Still(4.0), Hinges(3, 7.0)]))
    assert caught.value.reason is Reason.CALIBRATION
    assert "about 45 degrees" in caught.value.hint
    small = Calibration.from_recording_part(performed([Still(4.0), Hinges(3, 18.0)]))
    assert not small.gradable
    assert "The hinges reached 18 degrees" in small.reasons[0]


def test_twisting_instead_of_hinging_is_refused_as_turning() -> None:
    turns = [(4.0, 0.0), (1.5, 60.0), (1.5, -60.0), (1.5, 60.0), (1.5, 0.0)]
    time_s = clock(lasting(turns))
    twisted = worn(time_s, rotation=path(time_s, turns), mounting=LEFT, noise=1.0).samples
    with pytest.raises(InputError, match="You turned left and right by 120 degrees"):
        Calibration.from_recording_part(twisted)


def test_twisting_while_hinging_leaves_the_axis_but_not_the_trust() -> None:
    hinges = [(4.0, 0.0), *[(1.5, 45.0), (1.5, 0.0)] * 3, (1.0, 0.0)]
    turns = [(4.0, 0.0), *[(1.5, 40.0), (1.5, 0.0), (1.5, -40.0), (1.5, 0.0)], (1.5, 40.0), (1.5, 0.0), (1.0, 0.0)]
    time_s = clock(lasting(hinges))
    made = worn(time_s, tilt=path(time_s, hinges), rotation=path(time_s, turns), mounting=LEFT, noise=1.0).samples
    found = Calibration.from_recording_part(made)
    assert off_deg(found, LEFT) < 1.0
    assert not found.gradable
    assert "67 % of the movement was one hinge axis (85 % are needed)" in found.reasons[0]


def test_hinges_in_different_directions_are_named() -> None:
    made = performed([Still(4.0), Hinges(1, 40.0, 9.0), Hinges(1, 40.0, -9.0), Hinges(1, 40.0, 0.0)])
    found = Calibration.from_recording_part(made)
    assert not found.gradable
    assert "The hinges differ in direction" in found.reasons[0]


def test_arching_backward_between_hinges_does_not_turn_the_axis() -> None:
    arched = [Still(4.0), Hinges(1), Hinges(1, -22.0), Hinges(1), Hinges(1, -22.0), Hinges(1)]
    found = Calibration.from_recording_part(performed(arched))
    assert off_deg(found, LEFT) < 1.0
    assert found.gradable
    assert "You also leaned backward" in found.reasons[0]


def test_arching_as_far_back_as_forward_leaves_the_side_unknown() -> None:
    arched = [Still(4.0), Hinges(1), Hinges(1, -40.0), Hinges(1), Hinges(1, -40.0)]
    found = Calibration.from_recording_part(performed(arched))
    assert not found.gradable
    assert any("forward and backward cannot be told apart" in reason for reason in found.reasons)


def test_arching_backward_only_is_suspected_and_left_to_the_check() -> None:
    found = Calibration.from_recording_part(performed([Still(4.0), Hinges(3, -20.0)]))
    assert not found.gradable
    assert any("may have been backward" in reason for reason in found.reasons)
    assert "Raise the left hip" in found.refusal


@pytest.mark.parametrize(
    ("samples", "said"),
    [
        (performed([Still(4.0), Hinges()])[:350], "hinges after standing still"),
        (performed([Still(4.0), Stroll(12)]), "too little to find"),
        (Samples.empty(), "too few samples"),
    ],
    ids=["no hinges", "walking only", "nothing"],
)
def test_what_holds_no_calibration_is_refused_with_what_to_do(samples: Samples, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        Calibration.from_recording_part(samples)
    assert caught.value.hint


def test_wrong_units_a_dead_gyroscope_and_time_backwards_are_named() -> None:
    made = performed([Still(4.0), Hinges()])
    in_g = Samples(made.time_s, made.acc_m_s2 / 9.80665, made.gyr_rad_s)
    dead = Samples(made.time_s, made.acc_m_s2, np.zeros_like(made.gyr_rad_s))
    back = Samples(made.time_s[::-1], made.acc_m_s2, made.gyr_rad_s)
    for wrong, reason in ((in_g, Reason.UNITS), (dead, Reason.CALIBRATION), (back, Reason.TIME_BACKWARDS)):
        with pytest.raises(InputError) as caught:
            Calibration.from_recording_part(wrong)
        assert caught.value.reason is reason
