"""What a person says while it runs: dated by the samples, the same in replay and however the samples are cut."""

import pytest

from hiplevel import Mark, Pipeline, UsageError, analyze
from hiplevel.simulate import exercise

MADE = exercise("pelvic-drop", reps=2, seed=3)
SAID_AT = (5.0, 9.37, 12.004)


def live(block: int, said_s: tuple[float, ...] = SAID_AT) -> list:
    """Marks said once the sample at that time has been given, the samples cut into blocks that end there too."""
    samples, time_s = MADE.samples, MADE.samples.time_s
    pipeline, events, at = Pipeline(exercise="pelvic-drop", stance="left"), [], 0
    ends = sorted(
        {int(time_s.searchsorted(s, "right")) for s in said_s} | {*range(block, len(samples), block), len(samples)}
    )
    for end in ends:
        events += pipeline.process(samples[at:end]).events
        at = end
        for _ in [s for s in said_s if time_s.searchsorted(s, "right") == end]:
            pipeline.mark("start")
    return [*events, *pipeline.finish().events]


def test_a_mark_is_dated_by_the_last_sample_before_it():
    marks = [e for e in live(7) if isinstance(e, Mark)]
    assert [m.time_s for m in marks] == pytest.approx([5.0, 9.37, 12.0])
    assert [m.what for m in marks] == ["start"] * 3


@pytest.mark.parametrize("block", [1, 40, 5000])
def test_replay_hears_the_marks_and_comes_to_the_same_events(block):
    said = live(block)
    assert tuple(said) == analyze(MADE.samples, exercise="pelvic-drop", stance="left", marks=said).events
    known = [event.known_s for event in said]
    assert known == sorted(known)


def test_a_mark_in_a_gap_and_one_after_the_last_sample_are_kept():
    broken = MADE.without(8.0, 10.0)
    end_s = float(broken.samples.time_s[-1])
    marks = [Mark(9.0, "stop", known_s=9.0), Mark(end_s, "stop", known_s=end_s)]
    told = analyze(broken.samples, exercise="pelvic-drop", marks=marks).events
    assert [e for e in told if isinstance(e, Mark)] == marks
    known = [event.known_s for event in told]
    assert known == sorted(known)


def test_an_unknown_mark_is_refused():
    with pytest.raises(UsageError, match="start"):
        Pipeline().mark("somersault")
