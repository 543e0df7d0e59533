"""What the pipeline gives: angles in degrees of what was newly known, and at the end what was left out."""

from collections.abc import Sequence
from dataclasses import fields

import numpy as np

from hiplevel.model.events import Event, Note
from hiplevel.model.outputs import MotionOutput, Output
from hiplevel.model.samples import Floats
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
    angles = ("obliquity_rad", "tilt_rad", "obliquity_sigma_rad", "tilt_sigma_rad")
    return Output(
        tuple(events),
        MotionOutput(
            np.concatenate([b.time_s for b in blocks]),
            *(_joined([getattr(b, name) for b in blocks]) * DEG for name in angles),
        ),
    )


def _joined(parts: list[Floats]) -> Floats:
    return parts[0] if len(parts) == 1 else np.concatenate(parts)
