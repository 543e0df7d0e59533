"""The beats of a metronome checked afterwards: what a live session says of them while it runs."""

from collections.abc import Sequence

import numpy as np

from hiplevel.detect.metronome import Metronome
from hiplevel.model.events import Event
from hiplevel.model.exercise import Exercise
from hiplevel.model.metronome import BeatChecked, MetronomeStarted
from hiplevel.model.outputs import Analysis, MotionOutput

STEP_S = 60.0  # the metronome keeps five minutes of motion


def beats_checked(analysis: Analysis, said: Sequence[Event], exercise: Exercise | None) -> list[BeatChecked]:
    """What followed each beat of a recording; said: what people said in it, the metronome's switch among it."""
    if not any(isinstance(event, MetronomeStarted) for event in said) or not len(analysis.time_s):
        return []
    metronome = Metronome("clearly" if exercise is None else exercise.pelvis_moves)
    events = sorted([*analysis.events, *said], key=lambda event: event.known_s)
    known_s = np.array([event.known_s for event in events])
    end_s = max(float(analysis.time_s[-1]), float(known_s[-1]))
    stops = [*np.arange(float(analysis.time_s[0]), end_s, STEP_S)[1:].tolist(), end_s]
    out: list[Event] = []
    row = told = 0
    for stop_s in stops:
        upto = int(np.searchsorted(analysis.time_s, stop_s, side="right"))
        part = slice(row, upto)
        metronome.take(
            MotionOutput(
                analysis.time_s[part],
                analysis.obliquity_deg[part],
                analysis.tilt_deg[part],
                analysis.obliquity_sigma_deg[part],
                analysis.tilt_sigma_deg[part],
            )
        )
        next_ = int(np.searchsorted(known_s, stop_s, side="right"))
        out += metronome.process(events[told:next_])
        out += metronome.advance(stop_s)
        row, told = upto, next_
    out += metronome.finish(end_s)
    return [event for event in out if isinstance(event, BeatChecked)]
