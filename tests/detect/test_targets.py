"""Targets: told when they are reached, once, after all corrections, and the same however the session is cut."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from hiplevel.detect.targets import Targets
from hiplevel.model.edits import Correction
from hiplevel.model.events import Event, Rep, RepRevised, SetEnded, SetStarted
from hiplevel.model.holding import Hold, HoldStarted, HoldUpdated
from hiplevel.model.prescription import Prescription
from hiplevel.model.targets import RestStarted, TargetReached


def a_set(number: int, start_s: float, reps: int, *, over: bool = True) -> list[Event]:
    """Repetitions of 2 s, each known as it ends; the set is known to be over 10 s later."""
    events: list[Event] = []
    for i in range(reps):
        end_s = start_s + 2.0 * (i + 1)
        if i == 0:
            events.append(SetStarted(start_s, number, known_s=end_s))
        events.append(Rep(end_s - 2.0, end_s - 1.0, end_s, 9.0, number=i + 1, set_number=number, known_s=end_s))
    end_s = start_s + 2.0 * reps
    return [*events, SetEnded(start_s, end_s, number, reps, known_s=end_s + 10.0)] if over else events


def follow(events: list[Event], until_s: float = 0.0, **asked: Any) -> list[tuple[str, float]]:
    """(what, known_s) of what was told beside the events; a rest that begins is 'resting'."""
    targets = Targets(Prescription("pelvic-drop", "left", **asked))
    out = [*targets.process(events), *targets.advance(until_s)]
    assert [event for event in out if not isinstance(event, (TargetReached, RestStarted))] == events
    return [
        ("resting" if isinstance(event, RestStarted) else event.what, event.known_s)
        for event in out
        if isinstance(event, (TargetReached, RestStarted))
    ]


def test_the_set_is_told_with_its_last_repetition_and_then_its_rest() -> None:
    assert follow(a_set(1, 10.0, 5), 100.0, reps=5, rest_s=30.0) == [("reps", 20.0), ("resting", 20.0), ("rest", 50.0)]


def test_one_more_than_asked_begins_the_rest_anew_but_is_not_told_again() -> None:
    assert follow(a_set(1, 10.0, 6), 100.0, reps=5, rest_s=30.0) == [
        ("reps", 20.0),
        ("resting", 20.0),
        ("resting", 22.0),
        ("rest", 52.0),
    ]


def test_a_set_given_up_early_has_its_rest_from_its_last_repetition() -> None:
    assert follow(a_set(1, 10.0, 3), 100.0, reps=5, rest_s=30.0) == [("resting", 26.0), ("rest", 46.0)]


def test_a_rest_shorter_than_what_it_takes_to_know_of_it_is_over_at_once() -> None:
    assert follow(a_set(1, 10.0, 3), 100.0, reps=5, rest_s=5.0) == [("resting", 26.0), ("rest", 26.0)]


def test_the_next_set_ends_the_rest_without_a_word() -> None:
    events = [*a_set(1, 10.0, 5), *a_set(2, 40.0, 5)]
    told = follow(events, 200.0, reps=5, rest_s=60.0, sets=3)
    assert told == [("reps", 20.0), ("resting", 20.0), ("reps", 50.0), ("resting", 50.0), ("rest", 110.0)]


def test_after_the_last_set_there_is_no_rest() -> None:
    events = [*a_set(1, 10.0, 5), *a_set(2, 40.0, 5)]
    told = follow(events, 200.0, reps=5, rest_s=15.0, sets=2)
    assert told == [("reps", 20.0), ("resting", 20.0), ("rest", 35.0), ("reps", 50.0), ("sets", 50.0)]


def test_sets_without_a_number_of_repetitions_count_when_they_are_over() -> None:
    assert follow([*a_set(1, 10.0, 5), *a_set(2, 40.0, 2)], sets=2) == [("sets", 54.0)]


def test_a_target_taken_back_is_told_again() -> None:
    events = [*a_set(1, 10.0, 5, over=False), Correction(21.0, "undo", 1, 5, known_s=21.0)]
    events.append(Rep(22.0, 23.0, 24.0, 9.0, number=6, set_number=1, known_s=24.0))
    assert follow(events, reps=5) == [("reps", 20.0), ("reps", 24.0)]


def test_a_repetition_added_by_hand_reaches_it_and_warm_up_does_not() -> None:
    events = a_set(1, 10.0, 4, over=False)
    assert follow([*events, Correction(19.0, "add", 1, known_s=19.0)], reps=5) == [("reps", 19.0)]
    first = a_set(1, 10.0, 5)
    warm = [first[0], Correction(12.0, "warm-up", 1, known_s=12.0), *first[1:]]
    assert follow([*warm, *a_set(2, 40.0, 5)], reps=5, sets=1) == [("reps", 50.0), ("sets", 50.0)]


def test_a_repetition_that_the_machine_withdraws_is_not_done() -> None:
    events = [*a_set(1, 10.0, 4, over=False), RepRevised(1, 4, kept=False, known_s=18.5)]
    assert follow([*events, *a_set(2, 40.0, 0, over=False)], reps=4) == [("reps", 18.0)]


def test_a_hold_is_told_while_it_lasts() -> None:
    events: list[Event] = [HoldStarted(5.0, 1, known_s=6.0)]
    events += [HoldUpdated(5.0 + s, 1, float(s), 4.0, 0.0, known_s=5.0 + s) for s in range(1, 12)]
    events.append(Hold(5.0, 16.5, number=1, held_s=11.5, known_s=17.0))
    assert follow(events, hold_s=10.0) == [("hold", 15.0)]
    assert follow([events[0], Hold(5.0, 15.0, number=1, held_s=10.0, known_s=15.5)], hold_s=10.0) == [("hold", 15.5)]
    assert follow([events[0], Hold(5.0, 14.0, number=1, held_s=9.0, known_s=15.5)], hold_s=10.0) == []


def test_resting_on_one_leg_reaches_nothing_until_it_is_meant() -> None:
    begun = HoldStarted(5.0, 1, known_s=6.0)

    def told(meant: bool, s: float) -> HoldUpdated:
        return HoldUpdated(5.0 + s, 1, s, 4.0, 0.0, meant, known_s=5.0 + s)

    resting = [told(False, 10.0), Hold(5.0, 20.0, number=1, held_s=15.0, meant=False, known_s=21.0)]
    assert follow([begun, *resting], hold_s=10.0) == []
    assert follow([begun, told(False, 10.0), told(True, 11.0), told(True, 12.0)], hold_s=10.0) == [("hold", 16.0)]


def test_so_many_holds_are_a_set() -> None:
    events: list[Event] = []
    for n in range(1, 5):
        events += [
            HoldStarted(20.0 * n, n, known_s=20.0 * n),
            Hold(20.0 * n, 20.0 * n + 10.0, number=n, known_s=20.0 * n + 11.0),
        ]
    told = follow(events, reps=2, sets=2, rest_s=5.0)
    assert told == [("reps", 51.0), ("resting", 51.0), ("rest", 56.0), ("reps", 91.0), ("sets", 91.0)]


def test_nothing_prescribed_is_nothing_told() -> None:
    assert follow(a_set(1, 10.0, 5), 100.0) == []


@given(
    st.lists(st.integers(1, 4), min_size=1, max_size=3),
    st.integers(0, 3),
    st.integers(0, 3),
    st.sampled_from([0.0, 3.0, 12.0, 40.0]),
    st.lists(st.floats(0.0, 150.0), max_size=8),
)
def test_however_the_session_is_cut_the_same_is_told(
    sets: list[int], reps: int, asked_sets: int, rest_s: float, cuts: list[float]
) -> None:
    events: list[Event] = []
    for number, count in enumerate(sets, 1):
        events += a_set(number, 40.0 * number, count)
    asked = Prescription("pelvic-drop", "left", reps=reps, sets=asked_sets, rest_s=rest_s)
    whole, cut = Targets(asked), Targets(asked)
    expected = [*whole.process(events), *whole.advance(150.0)]
    out: list[Event] = []
    done = 0
    for now_s in [*sorted(cuts), 150.0]:
        upto = sum(event.known_s <= now_s for event in events)
        out += cut.process(events[done:upto])
        out += cut.advance(now_s)
        done = upto
    assert out == expected
    assert [event.known_s for event in out] == sorted(event.known_s for event in out)
