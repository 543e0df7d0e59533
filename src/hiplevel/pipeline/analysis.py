"""The pipeline fed whole."""

from collections.abc import Iterable
from dataclasses import fields

import numpy as np

from hiplevel.detect.drop_trace import DropTrace
from hiplevel.model.calibration import Calibration
from hiplevel.model.errors import InputError, Reason
from hiplevel.model.events import Event
from hiplevel.model.exercise import Exercise
from hiplevel.model.expected import expect
from hiplevel.model.outputs import Analysis, MotionOutput
from hiplevel.model.rules import DropRule, Stance
from hiplevel.model.samples import Samples
from hiplevel.motion.grid import GridState, dead
from hiplevel.pipeline.pipeline import Pipeline

# Four minutes: what is done once a block no longer shows, and it still fits the processor's cache. Results do not
# depend on it.
BLOCK = 24000
# Bytes, several times what an array of a block takes. Once one of that size was given back, glibc keeps up to twice as
# much of what is freed; otherwise a block's memory goes back to the system, and is taken anew page by page.
ROOM_BYTES = 1 << 24


def analyze(
    samples: Samples,
    *,
    exercise: str | Exercise | None = None,
    stance: Stance = "both",
    rule: DropRule | None = None,
    calibration: Calibration | None = None,
    marks: Iterable[Event] = (),
    trace: DropTrace | None = None,
    hold_s: float | None = None,
) -> Analysis:
    """The pipeline fed whole; parameters as there. marks: what was said meanwhile, among the events of a recording.

    Raises
    ------
    InputError
        EMPTY for no samples, NOT_FINITE when none is a number, and what `Pipeline.process` raises.
    UsageError
        for an unknown exercise or stance.
    """
    pipeline = Pipeline(
        exercise=exercise, stance=stance, rule=rule, calibration=calibration, trace=trace, hold_s=hold_s
    )
    expect(samples, Samples, "samples", "write Samples(time_s, acc_m_s2, gyr_rad_s)")
    if len(samples) == 0:
        raise InputError("There are no samples to analyse.", Reason.EMPTY)
    np.empty(ROOM_BYTES, dtype=np.uint8)  # given back at once, never written to
    pipeline.hear(marks)
    outs = [pipeline.process(samples[at : at + BLOCK]) for at in range(0, len(samples), BLOCK)]
    outs.append(pipeline.finish())
    motion = [out.motion for out in outs]
    if sum(len(m.time_s) for m in motion) == 0:
        raise _nothing_known(pipeline.taken)
    return Analysis(
        tuple(event for out in outs for event in out.events),
        *(np.concatenate([getattr(m, f.name) for m in motion]) for f in fields(MotionOutput)),
    )


def _nothing_known(taken: GridState) -> InputError:
    if taken.not_finite == taken.samples:
        return InputError("None of the samples is made of numbers that a sensor can read.", Reason.NOT_FINITE)
    if taken.silent and taken.silent + taken.not_finite == taken.samples:
        return dead()
    if taken.samples == 1:
        return InputError("There is only one sample: nothing can be followed.", Reason.EMPTY)
    apart_s = (taken.last_s - taken.first_s) / (taken.samples - 1)
    return InputError(
        "The samples are too far apart to follow the pelvis: hiplevel needs at least 20 a second, better 100.",
        Reason.RATE,
        f"By time_s, which is in seconds, they are {apart_s:.4g} s apart: is the time in ms, us or ns?",
    )
