"""A new neutral that a person asks for: taken when they stand still, refused in words when they do not."""

import numpy as np
import pytest

from hiplevel import Calibration, Drop, Mark, Note, Pipeline, Rezero, Samples, analyze
from hiplevel.model.events import Event
from motion.analytic import clock, path, sine, worn

ASKED_S = 12.0


def slipped(until_s: float = 30.0) -> Samples:
    """Still; a minute's work; then the clip has slipped by 7 degrees and the wearer stands still; a fall of 6 more."""
    time_s = clock(until_s)
    lean = path(time_s, [(4.0, 0.0), (1.0, 5.0), (1.0, 0.0), (1.0, 5.0), (1.0, 7.0), (12.0, 7.0), (1.0, 13.0)])
    return worn(time_s, obliquity=lean, noise=1.0, bias_deg_s=(0.3, -0.2, 0.1)).samples


def asked(samples: Samples, size: int, at_s: float = ASKED_S, **how: object) -> tuple[list[Event], Pipeline]:
    """Live: asked after the block in which at_s lies."""
    pipeline, events, waiting = Pipeline(stance="left", **how), list[Event](), True
    for at in range(0, len(samples), size):
        block = samples[at : at + size]
        events += pipeline.process(block).events
        if waiting and block.time_s[-1] >= at_s - 1e-9:
            pipeline.rezero()
            waiting = False
    return [*events, *pipeline.finish().events], pipeline


def of(kind: type, events: list[Event]) -> list:
    return [event for event in events if isinstance(event, kind)]


@pytest.mark.parametrize("exact", [False, True])
def test_the_next_still_second_becomes_the_neutral(exact):
    how = {"calibration": Calibration.from_matrix(np.eye(3))} if exact else {}
    events, _ = asked(slipped(), 1, **how)
    assert [(mark.what, mark.time_s) for mark in of(Mark, events)] == [("rezero", ASKED_S)]
    taken = of(Rezero, events)[-1]
    assert taken.source == "asked"
    assert ASKED_S <= taken.start_s < taken.known_s < ASKED_S + 1.5
    assert taken.obliquity_offset_deg == pytest.approx(7.0, abs=0.3)
    # Before, standing there was a drop by 7 degrees; afterwards the fall of 6 is one of 6.
    assert [drop.peak_deg for drop in of(Drop, events)] == pytest.approx([7.0, 6.0], abs=0.5)


@pytest.mark.parametrize("size", [3, 100])
def test_a_replay_hears_the_request_where_it_was_made(size):
    """The recorded Mark carries the time of the sample after which it was asked: the same events, however cut."""
    samples = slipped()
    events, _ = asked(samples, size)
    whole = analyze(samples, stance="left", marks=events)
    assert list(whole.events) == events
    pipeline = Pipeline(stance="left")
    pipeline.hear(events)
    outs = [pipeline.process(samples[at : at + 33]) for at in range(0, len(samples), 33)]
    assert [event for out in [*outs, pipeline.finish()] for event in out.events] == events


@pytest.mark.parametrize("size", [3, 1000])
def test_it_is_refused_when_nobody_stands_still(size):
    time_s = clock(30.0)
    sway = sine(time_s, 8.0, 0.7, 4.0)
    samples = worn(time_s, obliquity=sway, tilt=sine(time_s, 15.0, 1.1, 4.0), noise=1.0).samples
    mark = Mark(ASKED_S, "rezero", known_s=ASKED_S)
    pipeline = Pipeline(stance="left")
    pipeline.hear([mark])
    outs = [pipeline.process(samples[at : at + size]) for at in range(0, len(samples), size)]
    events = [event for out in [*outs, pipeline.finish()] for event in out.events]
    refused = [event for event in of(Note, events) if event.code == "rezero-refused"]
    assert [note.known_s for note in refused] == [pytest.approx(ASKED_S + 10.0, abs=0.011)]
    assert "Stand still" in refused[0].text
    assert [event.source for event in of(Rezero, events)] == ["still"]


def test_lying_on_the_side_the_neutral_of_that_posture_is_taken_anew():
    time_s = clock(40.0)
    # Upright, over to the left side, still; then 4 degrees further, and asked for.
    over = path(time_s, [(4.0, 0.0), (3.0, -90.0), (10.0, -90.0), (1.0, -94.0), (20.0, -94.0)])
    samples = worn(time_s, obliquity=over, noise=1.0).samples
    seen = analyze(samples, marks=[Mark(25.0, "rezero", known_s=25.0)])
    taken = [event for event in seen.events if isinstance(event, Rezero)]
    assert [event.source for event in taken] == ["still", "side-lying-left", "side-lying-left"]
    assert taken[2].known_s > 25.0
    assert np.abs(seen.obliquity_deg[seen.time_s > 30.0]).max() < 0.5


def test_asked_for_while_the_start_is_awaited_it_is_the_start_that_is_taken_and_then_once_more():
    samples = worn(clock(8.0), noise=1.0).samples
    events, _ = asked(samples, 10, at_s=0.1)
    assert [event.source for event in of(Rezero, events)] == ["still", "asked"]
