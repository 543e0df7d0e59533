"""A recording analyzed for the clinic, as it was trained, with what people corrected; and whose bytes it is."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from hiplevel.clinic.audit import canonical
from hiplevel.clinic.pipeline_version import pipeline_version
from hiplevel.detect.corrections import Corrected, corrected
from hiplevel.detect.drop_trace import DropTrace, JudgedCells
from hiplevel.model.events import Drop, Event, is_edit, said_by_person
from hiplevel.model.limit_change import rule_at_end
from hiplevel.model.rules import DropRule, Side, Stance
from hiplevel.model.samples import Floats
from hiplevel.model.schema import event_to_json
from hiplevel.model.sides import watched
from hiplevel.pipeline import Analysis, analyze
from hiplevel.pipeline.trusted import bad_s, trusted_drops, trusted_reps
from hiplevel.recording.as_trained import as_trained
from hiplevel.recording.info import RecordingInfo
from hiplevel.recording.reader import Recording, open_recording


@dataclass(frozen=True, eq=False)
class Judged:
    """What any limit can be tried on. reps (k, 4): start_s, end_s, set and number of each repetition, by the machine.

    They are those of `trusted_reps`; bad_s (j, 2): the bad spans, from and to, in which no drop counts.
    stance: the leg that stood; sides that are not watched have no drops. graded: drops were looked for at all.
    """

    cells: JudgedCells
    reps: Floats
    stance: Stance
    graded: bool = True
    bad_s: Floats = field(default_factory=lambda: np.empty((0, 2)))

    @property
    def sides(self) -> tuple[Side, ...]:
        """The sides that may fall in this stance."""
        return watched(self.stance)

    @property
    def judged_s(self) -> float:
        """How long drops were looked for, s; without the bad spans, in which none counts."""
        from hiplevel.motion.grid import CELL_S

        time_s, seen = self.cells.time_s, np.ones(len(self.cells.time_s), dtype=np.bool_)
        for start_s, end_s in self.bad_s.tolist():
            seen[slice(*np.searchsorted(time_s, (start_s, end_s)))] = False
        return int(np.count_nonzero(seen)) * CELL_S


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

    @property
    def rule(self) -> DropRule:
        """The limits at the end: a clinician may have changed those of the beginning."""
        return rule_at_end(self.info.rule, self.events)

    @property
    def drops(self) -> tuple[Drop, ...]:
        """Drops beyond the limit in force, without those that touch a bad span."""
        return trusted_drops(self.analysis.drops, self.counted)

    @property
    def duration_s(self) -> float:
        """From the first to the last sample, by the sensor's clock."""
        time_s = self.recording.samples.time_s
        return float(time_s[-1] - time_s[0])


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
    counted = corrected([*analysis.events, *said])
    return AnalyzedRecording(
        recording,
        analysis,
        events,
        counted,
        judged_of(analysis, trace, trained["stance"], counted),
        content_hash(recording),
    )


def judged_of(analysis: Analysis, trace: DropTrace, stance: Stance, counted: Corrected) -> Judged:
    """What any limit can be tried on, of an analysis that `trace` followed; counted: after people's corrections."""
    graded = all(note.code != "drops-not-graded" for note in analysis.notes)
    reps = [(rep.start_s, rep.end_s, rep.set_number, rep.number) for rep in trusted_reps(counted)]
    return Judged(trace.cells(), np.array(reps, dtype=float).reshape(-1, 4), stance, graded, bad_s(counted))


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


def setup_of(recording: Recording) -> str:
    """A digest of what angles and repetitions are computed with: exercise, stance, calibration, and what people said.

    Not the limits.
    """
    info = recording.info
    calibration = None if info.calibration is None else info.calibration.to_json()
    told = [info.exercise, info.exercise_toml, info.stance, calibration]
    said = [event_to_json(event) for event in recording.events if is_edit(event)]
    return hashlib.sha256(canonical([*told, *([said] if said else [])]).encode()).hexdigest()


def cache_key(content: str, setup: str) -> str:
    """Of what the code of today computes from these bytes in this way: any change of either is another key."""
    return hashlib.sha256(canonical([content, setup, pipeline_version()]).encode()).hexdigest()
