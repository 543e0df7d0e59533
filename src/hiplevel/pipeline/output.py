"""What the pipeline gives: angles in degrees of what was newly known, and at the end what was left out."""

from collections.abc import Sequence
from dataclasses import fields

import numpy as np

from hiplevel.model.events import Event, Note
from hiplevel.model.outputs import MotionOutput, Output
from hiplevel.motion.block import MotionBlock
from hiplevel.motion.grid import GridState
from hiplevel.pipeline.drop_watch import DEG


def left_out(taken: GridState, last_s: float) -> list[Note]:
    """How many samples could not be used, said at the end."""
    notes = []
    if taken.not_finite:
        text = f"{taken.not_finite} of {taken.samples} samples were not numbers and were left out."
        notes.append(Note(last_s, text, "not-finite", "warning", known_s=last_s))
    if taken.silent:
        text = f"In {taken.silent} of {taken.samples} samples the accelerometer read exactly zero: they were left out."
        notes.append(Note(last_s, text, "silent", "warning", known_s=last_s))
    return notes


def output(events: Sequence[Event], blocks: Sequence[MotionBlock]) -> Output:
    """The events with the angles of these blocks, joined."""
    if not blocks:
        return Output(tuple(events), MotionOutput(*(np.empty(0) for _ in fields(MotionOutput))))
    series = [(b.time_s, b.obliquity_rad, b.tilt_rad, b.obliquity_sigma_rad, b.tilt_sigma_rad) for b in blocks]
    time_s, *angles = series[0] if len(blocks) == 1 else map(np.concatenate, zip(*series, strict=True))
    return Output(tuple(events), MotionOutput(time_s.copy(), *(angle * DEG for angle in angles)))
