"""What a session is about, and the session made of it: pipeline, recorder and views around one connected sensor."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from hiplevel.language.local_time import utc_offset_min
from hiplevel.model.calibration import Calibration
from hiplevel.model.exercise import CountAt, Exercise
from hiplevel.model.prescription import Prescription
from hiplevel.model.rules import DropRule, Stance
from hiplevel.model.tempo import Tempo
from hiplevel.pipeline import Pipeline
from hiplevel.recording.info import RecordingInfo
from hiplevel.recording.writer import RecordingWriter
from hiplevel.sensors.stream import SensorStream
from hiplevel.session.ble_source import BleSource
from hiplevel.session.coach import Coach
from hiplevel.session.metronome_start import StartsBeat
from hiplevel.session.session import Session
from hiplevel.session.view import View


@dataclass(frozen=True)
class Plan:
    """What is done, by whom, within which limits; None for the rule is the exercise's preset.

    tempo: of a metronome that leads from the moment the wearer is ready; None for none. count_at: when a repetition is
    told, at its turn or when it is back; None is as the catalogue says.
    """

    exercise: str | Exercise | None = None
    stance: Stance = "both"
    rule: DropRule | None = None
    calibration: Calibration | None = None
    client: str = ""
    prescription: Prescription | None = None
    note: str = ""
    seed: int | None = None
    tempo: Tempo | None = None
    count_at: CountAt | None = None

    @property
    def exercise_id(self) -> str:
        """The exercise's id, '' for none."""
        return self.exercise if isinstance(self.exercise, str) else "" if self.exercise is None else self.exercise.id

    def calibrated(self, calibration: Calibration | None) -> Self:
        """The same with a calibration."""
        return replace(self, calibration=calibration)

    def coach(self, pipeline: Pipeline) -> Coach:
        """What leads through it: the prescription and the metronome."""
        return Coach(pipeline.exercise, self.prescription, at_turn=self.at_turn(pipeline.exercise))

    def at_turn(self, exercise: Exercise | None) -> bool:
        """Whether a repetition counts when it turns."""
        count_at = self.count_at or ("end" if exercise is None else exercise.counting.count_at)
        return count_at == "turn"

    def pipeline(self) -> Pipeline:
        """A new pipeline for it. Raises UsageError for an unknown exercise or stance."""
        hold_s = None if self.prescription is None else self.prescription.asked_hold_s
        told = {"exercise": self.exercise, "stance": self.stance, "rule": self.rule, "calibration": self.calibration}
        return Pipeline(**told, hold_s=hold_s)  # type: ignore[arg-type] # each of its own type


def session_on(source: BleSource, plan: Plan, path: Path, views: Sequence[View] = ()) -> Session:
    """A session on a connected sensor, recorded from the first notification on.

    Raises
    ------
    RecordingError
        EXISTS or DISK.
    UsageError
        for an unknown exercise or stance.
    SpecError
        for a sensor that does not send accelerometer and gyroscope together.
    """
    pipeline, stream = plan.pipeline(), SensorStream(source.spec, **source.settings)
    recorder = RecordingWriter(path, _info(source, plan, pipeline))
    coach = plan.coach(pipeline)
    session = Session(stream, pipeline, recorder=recorder, views=views, clock=source.clock, coach=coach)
    if plan.tempo is not None:
        session.show(StartsBeat(session.said, plan.tempo))
    return session


def _info(source: BleSource, plan: Plan, pipeline: Pipeline) -> RecordingInfo:
    sensor, exercise, now_ns = source.identity, pipeline.exercise, source.clock.now_ns()
    return RecordingInfo(
        client=plan.client,
        sensor_name=sensor.name,
        sensor_id=sensor.address,
        firmware=sensor.firmware,
        spec_id=source.spec.id,
        spec_toml=source.spec.toml_text,
        spec_vars=source.settings,
        exercise="" if exercise is None else exercise.id,
        exercise_toml="" if exercise is None else exercise.toml_text,
        count_at=plan.count_at or "",
        stance=plan.stance,
        rule=pipeline.rule,
        calibration=plan.calibration,
        prescription=plan.prescription,
        started_ns=now_ns,
        utc_offset_min=utc_offset_min(now_ns),
        simulated=sensor.simulated,
        seed=plan.seed,
        note=plan.note,
        source="simulation" if sensor.simulated else "bluetooth",
    )
