"""What is said of a repetition: range, phases, holds, quality and what was wrong with it, on motion that is known."""

import pytest

from hiplevel import Rep, analyze
from hiplevel.model.faults import FAULTS
from hiplevel.simulate import exercise
from motion.analytic import clock, lasting, path, worn

Moves = list[tuple[float, float]]


def route(out_s: float, back_s: float, turn_s: float, home_s: float, deg: float, reps: int = 5) -> Moves:
    one = [(out_s, deg), (turn_s, deg), (back_s, 0.0), (home_s, 0.0)]
    return [(3.0, 0.0), *[move for move in one if move[0] > 0.0] * reps, (3.0, 0.0)]


def drops(moves: Moves, tilt: Moves | None = None) -> tuple[Rep, ...]:
    """Pelvic drops on the left leg, + = the right side falls."""
    time_s = clock(lasting(moves))
    planes = {"obliquity": path(time_s, moves)}
    if tilt is not None:
        planes["tilt"] = path(time_s, tilt)
    return analyze(worn(time_s, noise=1.0, **planes).samples, exercise="pelvic-drop", stance="left").reps


@pytest.mark.parametrize(("out_s", "back_s"), [(2.0, 2.0), (3.0, 1.5), (1.5, 3.0)])
@pytest.mark.parametrize("turn_s", [0.0, 1.0, 2.0, 4.0])
@pytest.mark.parametrize("home_s", [0.0, 2.0])
def test_both_phases_and_both_holds_are_timed(out_s, back_s, turn_s, home_s):
    reps = drops(route(out_s, back_s, turn_s, home_s, 12.0))
    assert len(reps) == 5
    for k, rep in enumerate(reps):
        assert rep.hold_turn_s == pytest.approx(turn_s, abs=0.35)
        assert rep.out_s == pytest.approx(out_s, abs=0.7)  # a slow start is seen late
        assert rep.back_s == pytest.approx(back_s, abs=0.7)
        assert rep.hold_home_s == pytest.approx(home_s if k else 0.0, abs=0.8)
        assert rep.peak_deg == pytest.approx(12.0, abs=0.6)


def test_a_hike_peaks_the_other_way():
    reps = drops(route(2.0, 2.0, 0.5, 0.0, -10.0))
    assert len(reps) == 5
    for rep in reps:
        assert rep.peak_deg == pytest.approx(-10.0, abs=0.6)


def test_a_good_one_has_no_fault_and_full_confidence():
    reps = drops(route(2.0, 2.0, 0.5, 0.5, 12.0))
    assert len(reps) == 5
    for rep in reps[1:]:
        assert (rep.faults, rep.quality, rep.confidence, rep.provisional) == ((), 1.0, 1.0, False)


@pytest.mark.parametrize(
    ("moves", "fault"),
    [
        (route(2.0, 2.0, 0.5, 0.0, 5.0), "range-short"),
        (route(2.0, 2.0, 0.5, 0.0, 28.0), "range-long"),
        (route(0.9, 0.9, 0.3, 0.0, 12.0), "too-fast"),
        (route(5.0, 5.0, 0.5, 0.0, 12.0), "too-slow"),
    ],
)
def test_range_and_tempo_outside_the_catalogue_are_faults(moves, fault):
    reps = drops(moves)
    assert len(reps) == 5
    for rep in reps:
        assert fault in rep.faults
        assert rep.quality < 0.95


def test_tipping_forward_along_with_it_is_a_fault():
    moves = route(2.0, 2.0, 0.5, 0.0, 12.0)
    tipping = [(lasts_s, to * 1.2) for lasts_s, to in moves]
    reps = drops(moves, tipping)
    assert len(reps) == 5
    assert all(rep.faults == ("tilt",) for rep in reps)


def test_small_ones_are_less_sure_than_large_ones():
    sure = [drops(route(2.0, 2.0, 0.5, 0.0, deg))[-1].confidence for deg in (3.0, 4.0, 8.0)]
    assert sure == sorted(sure)
    assert sure[0] < 0.75 < sure[2] == 1.0


def test_lying_on_the_side_nothing_is_quite_sure_for_the_pelvis_hardly_moves():
    made = exercise("side-lying-abduction", reps=5, seed=2)
    reps = analyze(made.samples, exercise="side-lying-abduction", stance="left").reps
    assert len(reps) == 5
    assert max(rep.confidence for rep in reps) <= 0.7


@pytest.mark.parametrize("exercise_id", ["pelvic-drop", "squat", "single-leg-deadlift", "step-down"])
def test_whatever_is_said_has_words_and_lies_between_0_and_1(exercise_id):
    made = exercise(exercise_id, reps=6, cheating=1.0, variation=0.2, seed=5)
    stance = "both" if exercise_id == "squat" else "left"
    reps = analyze(made.samples, exercise=exercise_id, stance=stance).reps
    assert reps
    for rep in reps:
        assert set(rep.faults) <= set(FAULTS)
        assert 0.0 < rep.quality <= 1.0
        assert 0.0 < rep.confidence <= 1.0
        assert (rep.quality == 1.0) == (not rep.faults)
        assert min(rep.out_s, rep.back_s, rep.hold_turn_s, rep.hold_home_s, rep.shift_cm) >= 0.0
