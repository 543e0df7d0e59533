"""A pause is recorded and not looked at; the next set begins when it is asked for. The same in replay, however cut."""

from itertools import pairwise

import numpy as np
import pytest

from hiplevel import Pipeline, Samples, analyze, simulate
from hiplevel.detect.pauses import Pauses
from hiplevel.model.events import Event, Gap, Mark, Rep, SetEnded

SIMULATED = simulate.exercise("pelvic-drop", stance="left", reps=8, seed=5)
SAMPLES = SIMULATED.samples
PLAN = {"exercise": "pelvic-drop", "stance": "left"}
REPS = analyze(SAMPLES, **PLAN).reps  # type: ignore[arg-type]
TURNS = [rep.turn_s for rep in REPS]


def live(said: dict[int, str], block: int = 5) -> list[Event]:
    """The events when that was said after so many samples."""
    pipeline = Pipeline(**PLAN)  # type: ignore[arg-type]
    events: list[Event] = []
    stops = sorted({*range(0, len(SAMPLES), block), *said, len(SAMPLES)})
    for start, stop in pairwise(stops):
        if start in said:
            pipeline.mark(said[start])  # type: ignore[arg-type]
        events += pipeline.process(SAMPLES[start:stop]).events
    return events + list(pipeline.finish().events)


def at(time_s: float) -> int:
    return int(np.searchsorted(SAMPLES.time_s, time_s))


def reps(events: list[Event]) -> list[Rep]:
    return [e for e in events if isinstance(e, Rep)]


def test_what_happens_in_a_pause_is_not_counted_and_the_gap_is_called_a_pause() -> None:
    begin_s, end_s = TURNS[2] - 1.0, TURNS[4] + 1.5
    events = live({at(begin_s): "pause", at(end_s): "resume"})
    assert len(TURNS) == 8
    turns = [rep.turn_s for rep in reps(events)]
    assert len(turns) == 5
    assert not [turn for turn in turns if begin_s < turn < end_s]
    gap = next(e for e in events if isinstance(e, Gap))
    assert gap.reason == "paused"
    assert (gap.start_s, gap.end_s) == pytest.approx((begin_s, end_s), abs=0.05)
    assert [e.what for e in events if isinstance(e, Mark)] == ["pause", "resume"]
    assert [e.number for e in reps(events)] == [1, 2, 3, 4, 5]


def test_the_next_set_begins_when_it_is_asked_for() -> None:
    events = live({at(REPS[3].known_s + 0.1): "next"})
    ended = [e for e in events if isinstance(e, SetEnded)]
    assert ended[0].reason == "said"
    assert [e.reps for e in ended] == [4, 4]
    assert [e.set_number for e in reps(events)] == [1] * 4 + [2] * 4


@pytest.mark.parametrize("said", [{700: "pause", 1400: "resume", 1900: "next"}, {900: "next", 2000: "pause"}])
def test_replay_hears_the_same_however_it_is_cut(said: dict[int, str]) -> None:
    events = live(said)
    assert live(said, 3) == live(said, 37) == live(said, 5000) == events
    assert list(analyze(SAMPLES, marks=events, **PLAN).events) == events  # type: ignore[arg-type]
    whole = Pipeline(**PLAN)  # type: ignore[arg-type]
    whole.hear(events)
    assert [*whole.process(SAMPLES).events, *whole.finish().events] == events


def test_a_pause_that_is_said_twice_is_one_and_an_open_one_lasts() -> None:
    pauses = Pauses()
    for what, time_s in (
        ("resume", 0.5),
        ("pause", 1.0),
        ("pause", 2.0),
        ("resume", 3.0),
        ("resume", 4.0),
        ("pause", 5.0),
    ):
        pauses.hear(what, time_s)
    time_s = np.arange(0.0, 8.0, 0.5)
    left = pauses.without(Samples(time_s, np.zeros((16, 3)), np.zeros((16, 3))))
    assert left.time_s.tolist() == [0.0, 0.5, 1.0, 3.5, 4.0, 4.5, 5.0]


def test_a_pause_that_nobody_ended_is_one_until_the_last_sample() -> None:
    begin_s = TURNS[4] + 1.5
    events = live({at(begin_s): "pause"})
    gap = next(e for e in events if isinstance(e, Gap))
    assert (gap.reason, gap.end_s) == ("paused", float(SAMPLES.time_s[-1]))
    assert gap.start_s == pytest.approx(begin_s, abs=0.05)
    assert [e.known_s for e in events] == sorted(e.known_s for e in events)
    assert live({at(begin_s): "pause"}, 1) == events
