"""What is heard while training in the terminal: a tone for the side that drops, a tick a repetition."""

from collections.abc import Iterator
from contextlib import contextmanager

from hiplevel.cli.common import say
from hiplevel.cues.policy import Policy
from hiplevel.cues.speaker import open_speaker
from hiplevel.cues.view import CueView
from hiplevel.model.exercise import Exercise
from hiplevel.model.prescription import Prescription


@contextmanager
def heard(exercise: Exercise | None, asked: Prescription | None, mute: bool) -> Iterator[list[CueView]]:
    """The view that is heard, as prescribed, or none; without a loudspeaker that is said, and everything else works."""
    if mute:
        yield []
        return
    output = open_speaker()
    if output.problem:
        say(f"Note: {output.problem}")
    at_turn = exercise is not None and exercise.counting.count_at == "turn"
    feedback = "every" if asked is None else asked.feedback
    view = CueView(output, Policy(feedback, counts_at_turn=at_turn))
    try:
        yield [view]
    finally:
        view.end()
        output.close()
