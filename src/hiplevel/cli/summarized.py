"""A loaded session through the pipeline, as somebody asked for it: for `analyze`, and for each of a cohort."""

from dataclasses import dataclass

from hiplevel.cli.loaded import Loaded
from hiplevel.cli.options.calibration import told_calibration, worn
from hiplevel.cli.options.training import limits
from hiplevel.cli.summary.facts import Summary
from hiplevel.detect.drop_trace import DropTrace
from hiplevel.exercises import load_exercise
from hiplevel.model.errors import Reason, UsageError
from hiplevel.model.events import Event, LinkLost, LinkRestored, said_by_person
from hiplevel.model.limit_change import LimitChanged
from hiplevel.model.rules import Stance
from hiplevel.model.samples import Samples
from hiplevel.pipeline import Analysis, Pipeline
from hiplevel.pipeline import analyze as analyze_samples
from hiplevel.pipeline.beats import beats_checked


@dataclass(frozen=True)
class Asked:
    """What was said on the command line; None where the recording has the say."""

    exercise: str | None = None
    stance: Stance | None = None
    limit_deg: float | None = None
    left_deg: float | None = None
    right_deg: float | None = None
    left_axis: str | None = None
    up_axis: str | None = None
    calibrated: str | None = None

    @property
    def limits(self) -> bool:
        """Whether another limit is tried, be it the one of the recording's beginning."""
        return any(deg is not None for deg in (self.limit_deg, self.left_deg, self.right_deg))


def summarized(loaded: Loaded, asked: Asked, trace: DropTrace | None = None) -> tuple[Summary, Analysis]:
    """The figures and the angles. trace: told what drops are judged from.

    Raises
    ------
    HiplevelError
        as `analyze` does, and for what was asked that cannot be.
    """
    trained = load_exercise(asked.exercise) if asked.exercise else loaded.exercise
    stance = asked.stance or loaded.stance
    base = loaded.rule or Pipeline(exercise=trained).rule
    rule = limits(base, asked.limit_deg, asked.left_deg, asked.right_deg)
    calibration = worn(asked.left_axis, asked.up_axis) or loaded.calibration
    if asked.calibrated is not None:
        if asked.left_axis is not None:
            raise UsageError("Say how the clip sits once: by --calibration or by its axes.", Reason.USAGE)
        calibration = told_calibration(asked.calibrated, loaded.sensor_id, loaded.client, loaded.started_ns)
    analysis = analyze_samples(
        loaded.samples,
        exercise=trained,
        stance=stance,
        rule=rule,
        calibration=calibration,
        marks=unchanged(loaded.events) if asked.limits else loaded.events,
        trace=trace,
        hold_s=None if loaded.prescription is None else loaded.prescription.asked_hold_s,
    )
    said = [event for event in loaded.events if said_by_person(event)]
    link = [event for event in loaded.events if isinstance(event, (LinkLost, LinkRestored))]
    summary = Summary(
        events=(*analysis.events, *link, *said, *beats_checked(analysis, said, trained)),
        exercise=trained,
        stance=stance,
        rule=rule,
        duration_s=float(loaded.samples.time_s[-1] - loaded.samples.time_s[0]),
        rate_hz=loaded.rate_hz or _rate_hz(loaded.samples),
        simulated=loaded.simulated,
        lost_samples=loaded.lost,
        clipped_samples=loaded.clipped,
        notices=loaded.notices,
        angles=analysis,
        prescription=loaded.prescription,
        calibration=calibration,
    )
    return summary, analysis


def unchanged(events: tuple[Event, ...]) -> list[Event]:
    """Without what a clinician changed meanwhile: another limit is tried, from the beginning to the end."""
    return [event for event in events if not isinstance(event, LimitChanged)]


def _rate_hz(samples: Samples) -> float | None:
    """The median rate: gaps do not lower it."""
    import numpy as np

    steps_s = np.diff(samples.time_s)
    return float(1.0 / np.median(steps_s)) if steps_s.size else None
