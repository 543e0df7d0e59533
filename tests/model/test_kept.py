"""Withdrawn repetitions do not stand, whatever came before or after with the same number."""

from hiplevel import Rep, RepRevised, RepTurned, SetStarted
from hiplevel.model.kept import kept_reps


def rep(number: int, turn_s: float, set_number: int = 1) -> Rep:
    return Rep(turn_s - 1.0, turn_s, turn_s + 1.0, 8.0, number=number, set_number=set_number)


def test_a_withdrawn_repetition_is_left_out_and_its_number_is_given_again():
    events = [SetStarted(0.0, 1), rep(1, 1.0), RepRevised(1, 1, False, "small"), rep(1, 4.0), rep(2, 7.0)]
    assert [r.turn_s for r in kept_reps(events)] == [4.0, 7.0]


def test_a_confirmed_one_stays_and_a_turn_that_never_came_back_takes_none_away():
    events = [rep(1, 1.0), RepRevised(1, 1, True), RepTurned(4.0, 2, 1), RepRevised(1, 2, False, "no way back")]
    assert [r.turn_s for r in kept_reps(events)] == [1.0]


def test_numbers_of_another_set_are_another_repetition():
    events = [rep(1, 1.0, 1), rep(1, 30.0, 2), RepRevised(2, 1, False)]
    assert [r.turn_s for r in kept_reps(events)] == [1.0]


def test_the_ways_out_and_back_leave_the_hold_at_the_turn_out():
    held = Rep(0.0, 3.0, 5.0, 8.0, hold_turn_s=2.0)
    assert (held.out_s, held.back_s) == (2.0, 1.0)
