"""Corrections: what counts is what people said, the machine's own count stays, and everything can be taken back."""

from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiplevel.detect.correct import Corrector
from hiplevel.detect.corrections import CountedSet, Tally, corrected, standing
from hiplevel.model.edits import BadSpan, Correction
from hiplevel.model.errors import Reason, UsageError
from hiplevel.model.events import Event, Note, Rep, RepRevised, RepTurned, SetEnded, SetStarted


def machine(*reps: int, over: bool = True) -> list[Event]:
    """Sets of so many repetitions of 2 s each, 10 s between sets."""
    events: list[Event] = []
    at_s = 5.0
    for number, count in enumerate(reps, 1):
        events.append(SetStarted(at_s, number, known_s=at_s + 2.0))
        for i in range(count):
            rep = Rep(at_s + 2.0 * i, at_s + 2.0 * i + 1.0, at_s + 2.0 * i + 2.0, 9.0, number=i + 1, set_number=number)
            events.append(rep)
        end_s = at_s + 2.0 * count
        if over or number < len(reps):
            events.append(SetEnded(at_s, end_s, number, count, known_s=end_s + 8.0))
        at_s = end_s + 10.0
    return events


def done(events: list[Event]) -> list[int]:
    return [one.done for one in corrected(events).sets]


def asked(events: list[Event], action: str, *args: Any, **keys: Any) -> list[Event]:
    """The events with one more correction."""
    return [*events, getattr(Corrector(events), action)(*args, **keys)]


def test_without_corrections_the_machine_counts() -> None:
    counted = corrected(machine(3, 2))
    assert [(one.number, one.done, one.machine_reps, one.over) for one in counted.sets] == [
        (1, 3, 3, True),
        (2, 2, 2, True),
    ]
    assert [rep.number for rep in counted.reps] == [1, 2, 3, 1, 2]


def test_undo_takes_the_last_one_then_the_one_before() -> None:
    events = machine(3, over=False)
    for left in (2, 1, 0):
        events = asked(events, "undo", 30.0)
        assert done(events) == [left]
    with pytest.raises(UsageError, match="no repetition to take back") as refused:
        Corrector(events).undo(30.0)
    assert refused.value.reason is Reason.NOT_FOUND
    assert corrected(events).machine_reps == 3


def test_an_undone_repetition_leaves_no_hole_in_the_numbers() -> None:
    events = asked(machine(4), "undo", 20.0, 1, 2)
    (one,) = corrected(events).sets
    assert [(rep.number, rep.rep_number) for rep in one.reps] == [(1, 1), (2, 3), (3, 4)]
    again = asked(events, "undo", 20.0, 1, 2)  # what people see as the second is the machine's third
    assert [rep.rep_number for rep in corrected(again).reps] == [1, 4]


def test_an_undone_repetition_that_the_machine_withdraws_takes_no_other_with_it() -> None:
    events = asked(machine(3, over=False), "undo", 11.0)  # the third turned at 10 s
    events.append(RepRevised(1, 3, kept=False, known_s=12.0))
    assert done(events) == [2]
    again = [*events, Rep(13.0, 14.0, 15.0, 9.0, number=3, set_number=1)]
    assert done(again) == [3]
    assert corrected(again).machine_reps == 3


def test_counted_at_its_turn_or_when_it_is_back() -> None:
    events = [*machine(3, over=False), RepTurned(12.0, 4, 1, known_s=12.3)]
    assert done(events) == [3]
    turned = corrected(events, at_turn=True).sets[0]
    assert (turned.done, turned.reps[-1].rep) == (4, None)
    undone = [*events, Corrector(events, at_turn=True).undo(12.5)]
    assert corrected(undone, at_turn=True).done == 3
    back = [*undone, Rep(11.0, 12.0, 13.0, 9.0, number=4, set_number=1, known_s=13.2)]
    assert corrected(back, at_turn=True).done == corrected(back).done == 3
    never = [*events, RepRevised(1, 4, kept=False, reason="it did not come back", known_s=15.0)]
    assert corrected(never, at_turn=True).done == corrected(never).done == 3


def test_an_added_one_joins_the_set_under_way_or_the_nearest() -> None:
    assert done(asked(machine(3, 2, over=False), "add", 99.0)) == [3, 3]
    assert done(asked(machine(3, 2), "add", 6.5)) == [4, 2]
    later = Corrector(machine(3, 2, over=False), made_ns=1).add(6.5)
    assert later.set_number == 1
    assert done(asked([], "add", 4.0)) == [1]  # the machine saw nothing at all
    rep = corrected(asked(machine(3), "add", 6.5)).reps[1]
    assert (rep.rep, rep.time_s, rep.number) == (None, 6.5, 2)


def test_an_added_one_can_be_undone_and_a_set_made_by_hand_goes_with_it() -> None:
    events = asked(asked([], "add", 4.0), "add", 6.0)
    assert done(events) == [2]
    events = asked(events, "undo", 7.0)
    assert [rep.time_s for rep in corrected(events).reps] == [4.0]
    assert corrected(asked(events, "undo", 8.0)).sets == ()


def test_restart_takes_out_what_was_before_and_keeps_what_comes() -> None:
    events = machine(5, over=False)  # turns at 6, 8, 10, 12, 14
    assert done(asked(events, "restart", 9.0)) == [3]
    added = asked(asked(events, "add", 7.0), "restart", 9.0)
    assert done(added) == [3]
    assert done(asked(added, "add", 8.5)) == [4]  # said after the restart, so it is meant
    assert done(asked(added, "revoke", 16.0)) == [6]


def test_warm_up_counts_apart_and_can_be_work_again() -> None:
    events = asked(machine(4, 3), "warm_up", 50.0, 1)
    assert (done(events), corrected(events).sets[0].warm_up) == ([0, 3], True)
    some = asked(events, "warm_up", 50.0, 1, 2, on=False)
    assert done(some) == [1, 3]
    assert done(asked(some, "warm_up", 50.0, 1, on=False)) == [4, 3]
    assert done(asked(machine(4, 3), "warm_up", 50.0, 2, 1)) == [4, 2]
    assert len(corrected(events).reps) == 7


def test_a_repetition_added_to_a_warm_up_set_is_warm_up() -> None:
    events = asked(machine(4), "warm_up", 50.0, 1)
    assert done(asked(events, "add", 6.5)) == [0]


def test_taking_back_can_itself_be_taken_back() -> None:
    events = asked(machine(3), "undo", 20.0)
    events = asked(events, "revoke", 21.0)
    assert done(events) == [3]
    events.append(Correction(22.0, "revoke", edit=2))
    assert done(events) == [2]
    assert [number for number, _ in standing(events)] == [1]


def test_notes_and_bad_spans_can_be_taken_back_too() -> None:
    events = [*machine(3), BadSpan(5.0, 7.0), Note(1.0, "Machine's.", "x"), Note(1.0, "Mine.", author="c-017")]
    assert [number for number, _ in standing(events)] == [1, 2]
    assert corrected(events).bad == (BadSpan(5.0, 7.0),)
    assert corrected(asked(events, "revoke", 9.0, 1)).bad == ()
    with pytest.raises(UsageError, match="no correction to take back"):
        Corrector(events).revoke(9.0, 3)


@pytest.mark.parametrize(
    ("action", "args", "sentence"),
    [
        ("undo", (20.0, 3, 1), "There is no set 3 in this session. Its sets: 1, 2."),
        ("undo", (20.0, 2, 9), "Set 2 has no repetition 9: 2 count."),
        ("warm_up", (20.0, 7), "There is no set 7"),
        ("restart", (20.0, 7), "There is no set 7"),
    ],
)
def test_what_is_not_there_is_named(action: str, args: tuple[Any, ...], sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence):
        getattr(Corrector(machine(3, 2)), action)(*args)


def test_without_any_set_there_is_nothing_to_restart() -> None:
    with pytest.raises(UsageError, match="There is no set in this session"):
        Corrector([]).restart(3.0)


actions = st.builds(
    Correction,
    time_s=st.floats(0.0, 60.0),
    action=st.sampled_from(["undo", "add", "restart", "warm-up", "work", "revoke"]),
    set_number=st.integers(0, 3),
    rep_number=st.integers(-8, 5),
    edit=st.integers(0, 9),
)


@given(st.lists(st.integers(0, 4), max_size=3), st.lists(actions, max_size=8))
def test_whatever_is_said_the_machines_count_stays_and_numbers_run_from_one(
    sets: list[int], said: list[Correction]
) -> None:
    events = machine(*sets)
    counted = corrected([*events, *said])
    assert counted.machine_reps == sum(sets)
    for one in counted.sets:
        assert [rep.number for rep in one.reps] == list(range(1, len(one.reps) + 1))
        assert [rep.time_s for rep in one.reps] == sorted(rep.time_s for rep in one.reps)
        assert 0 <= one.done <= len(one.reps)


@given(st.lists(st.integers(0, 4), max_size=3), st.lists(actions, min_size=1, max_size=8))
def test_revoking_the_last_is_as_if_it_had_never_been_said(sets: list[int], said: list[Correction]) -> None:
    before = [*machine(*sets), *said[:-1]]
    back = Correction(60.0, "revoke", edit=len(said))
    assert corrected([*before, said[-1], back]) == corrected(before)
    assert corrected([*before, said[-1], back, Correction(61.0, "revoke", edit=len(said) + 1)]) == corrected(
        [*before, said[-1]]
    )


@given(st.lists(st.integers(0, 4), max_size=3), st.lists(actions, max_size=6), st.data())
def test_when_it_was_said_among_the_machines_events_does_not_matter(
    sets: list[int], said: list[Correction], data: st.DataObject
) -> None:
    """Live a correction stands in the middle of the file, later at its end."""
    events = machine(*sets)
    mixed: list[Event] = list(events)
    at = 0
    for one in said:
        at = data.draw(st.integers(at, len(mixed)))
        mixed.insert(at, one)
        at += 1
    assert corrected(mixed) == corrected([*events, *said])


@given(st.lists(st.integers(0, 4), max_size=3), st.lists(actions, max_size=6), st.randoms(use_true_random=False))
def test_event_by_event_it_is_what_the_events_so_far_say(
    sets: list[int], said: list[Correction], random: Random
) -> None:
    events = machine(*sets)
    for one in said:
        events.insert(random.randint(0, len(events)), one)
    tally = Tally()
    shown: dict[int, CountedSet | None] = {}
    for place, event in enumerate(events, 1):
        shown |= {number: tally.counted(number) for number in tally.take(event)}
        now = corrected(events[:place])
        assert tally.corrected() == now
        assert [one for _, one in sorted(shown.items()) if one is not None] == list(now.sets)
