"""A recording analyzed for the clinic, as it was trained, with what people corrected; and whose bytes it is."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from hiplevel.clinic.audit import canonical
from hiplevel.clinic.pipeline_version import pipeline_version
from hiplevel.detect.corrections import Corrected, corrected
from hiplevel.detect.drop_trace import DropTrace, JudgedCells
from hiplevel.model.events import Event, said_by_person
from hiplevel.model.kept import kept_reps
from hiplevel.model.rules import Side, Stance
from hiplevel.model.samples import Floats
from hiplevel.model.sides import watched
from hiplevel.pipeline import Analysis, analyze
from hiplevel.recording.as_trained import as_trained
from hiplevel.recording.info import RecordingInfo
from hiplevel.recording.reader import Recording, open_recording


@dataclass(frozen=True, eq=False)
class Judged:
    """What any limit can be tried on. reps (k, 4): start_s, end_s, set and number of each repetition that stands.

    stance: the leg that stood; sides that are not watched have no drops. graded: drops were looked for at all.
    """

    cells: JudgedCells
    reps: Floats
    stance: Stance
    graded: bool = True

    @property
    def sides(self) -> tuple[Side, ...]:
        """The sides that may fall in this stance."""
        return watched(self.stance)

    @property
    def judged_s(self) -> float:
        """How long drops were looked for, s."""
        from hiplevel.motion.grid import CELL_S

        return len(self.cells.time_s) * CELL_S


@dataclass(frozen=True, eq=False)
class AnalyzedRecording:
    """A recording and what the pipeline of today says about it. events: with what people said, in order."""

    recording: Recording
    analysis: Analysis
    events: tuple[Event, ...]
    counted: Corrected
    judged: Judged
    content_hash: str

    @property
    def info(self) -> RecordingInfo:
        """The recording's head."""
        return self.recording.info


def analyze_recording(path: Path) -> AnalyzedRecording:
    """Open and analyse a recording with its own exercise, limits, calibration, marks and corrections.

    Raises
    ------
    RecordingError, InputError, UsageError
        as `open_recording` and `analyze` do.
    """
    recording = open_recording(path)
    trained, trace = as_trained(recording), DropTrace()
    analysis = analyze(recording.samples, **trained, marks=recording.events, trace=trace)
    said = [event for event in recording.events if said_by_person(event)]
    events = tuple(sorted([*analysis.events, *said], key=lambda event: event.known_s))
    return AnalyzedRecording(
        recording,
        analysis,
        events,
        corrected([*analysis.events, *said]),
        judged_of(analysis, trace, trained["stance"]),
        content_hash(recording),
    )


def judged_of(analysis: Analysis, trace: DropTrace, stance: Stance) -> Judged:
    """What any limit can be tried on, of an analysis that `trace` followed."""
    graded = all(note.code != "drops-not-graded" for note in analysis.notes)
    reps = [(rep.start_s, rep.end_s, rep.set_number, rep.number) for rep in kept_reps(analysis.events)]
    return Judged(trace.cells(), np.array(reps, dtype=float).reshape(-1, 4), stance, graded)


def content_hash(recording: Recording) -> str:
    """SHA-256 of what the sensor sent: a copy, a recovered or an amended file of the same session has the same."""
    digest, found = hashlib.sha256(), False
    for alias, payload, arrival_ns in recording.notifications():
        found = True
        digest.update(f"{alias} {arrival_ns} {len(payload)}\n".encode())
        digest.update(payload)
    if not found:
        samples = recording.samples
        for array in (samples.time_s, samples.acc_m_s2, samples.gyr_rad_s):
            digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()


def setup_of(info: RecordingInfo) -> str:
    """A digest of what angles and repetitions are computed with: exercise, stance and calibration, not the limits."""
    calibration = None if info.calibration is None else info.calibration.to_json()
    told = [info.exercise, info.exercise_toml, info.stance, calibration]
    return hashlib.sha256(canonical(told).encode()).hexdigest()


def cache_key(content: str, setup: str) -> str:
    """Of what the code of today computes from these bytes in this way: any change of either is another key."""
    return hashlib.sha256(canonical([content, setup, pipeline_version()]).encode()).hexdigest()
