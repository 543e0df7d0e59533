"""Everything that a session's report shows, computed once: text, drawings, JSON and CSV come from the same figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from hiplevel.clinic.analyzed import AnalyzedRecording, analyze_recording
from hiplevel.clinic.pipeline_version import pipeline_version
from hiplevel.detect.corrections import standing
from hiplevel.detect.falls import below_deg
from hiplevel.detect.hold_params import hold_params
from hiplevel.detect.metronome import MetronomeCount, metronome_count
from hiplevel.detect.session_summary import SessionSummary, session_summary
from hiplevel.detect.set_summary import SetSummary
from hiplevel.model.calibration import Calibration
from hiplevel.model.events import Drop, LinkLost, Note, Rep, said_by_person
from hiplevel.model.exercise import Exercise
from hiplevel.model.limit_change import LimitChanged, rule_at_end
from hiplevel.model.prescription import Prescription
from hiplevel.model.rules import DropRule, Side
from hiplevel.model.samples import Floats
from hiplevel.model.sides import watched
from hiplevel.pipeline.beats import beats_checked
from hiplevel.pipeline.trusted import trusted_reps
from hiplevel.report.form_data import SetForm, form_of

UNCALIBRATED = "none: neutral from keeping still at the start, clip taken to sit upright at the back"


@dataclass(frozen=True)
class Quality:
    """How far to trust the figures. sigma_deg: the median one-sigma of the angle; lost: samples, None when unknown."""

    calibration: str
    calibration_quality: float | None
    calibration_reasons: tuple[str, ...]
    sigma_deg: float
    lost_samples: int | None
    clipped_samples: int
    links_lost: int
    notices: tuple[str, ...]


@dataclass(frozen=True)
class RepDrawn:
    """A repetition to be drawn: which one, how far `side` fell in it at most, and when that was, s in the session."""

    kind: str
    rep: Rep
    shown_set: int
    shown_number: int
    side: Side
    peak_deg: float
    peak_s: float


@dataclass(frozen=True, eq=False)
class SessionReport:
    """One session. angles: on the 100 Hz grid; drops: beyond the limit in force, outside of bad spans.

    rule: the limits at its beginning, `changes` those set meanwhile; remarks: what people wrote and did not take back.
    """

    name: str
    client: str
    started_ns: int
    utc_offset_min: int | None
    simulated: bool
    sensor: str
    exercise: Exercise | None
    stance: str
    rule: DropRule
    prescription: Prescription | None
    summary: SessionSummary
    form: tuple[SetForm, ...]
    quality: Quality
    drops: tuple[Drop, ...]
    changes: tuple[LimitChanged, ...]
    remarks: tuple[Note, ...]
    metronome: MetronomeCount | None
    drawn: tuple[RepDrawn, ...]
    time_s: Floats
    obliquity_deg: Floats
    versions: dict[str, str]
    pipeline: str

    @property
    def sides(self) -> tuple[Side, ...]:
        """The sides that may fall."""
        return watched(self.stance)

    @property
    def prescribed(self) -> bool:
        """A clinician prescribed it: it has a number of the clinic's store. What was told at the start has none."""
        return self.prescription is not None and bool(self.prescription.id)

    @property
    def lying(self) -> bool:
        """Whether `stance` is the side that somebody lies on."""
        return self.exercise is not None and self.exercise.posture == "side-lying" and self.stance in ("left", "right")

    @property
    def counts_reps(self) -> bool:
        """Whether repetitions are what is counted: not where holds or steps are."""
        if self.summary.done or self.exercise is None:
            return True
        return hold_params(self.exercise) is None and self.exercise.counting.signal != "none"

    def rule_at(self, at_s: float) -> DropRule:
        """The limits in force at this moment."""
        return rule_at_end(self.rule, [change for change in self.changes if change.time_s < at_s])

    def drops_of(self, side: Side, during: SetSummary | None = None) -> list[Drop]:
        """The drops of one side, all of them or those during a set.

        By time: the first drops of a set end before anybody knows that it is one, so the event cannot name it.
        """
        found = [drop for drop in self.drops if drop.side == side]
        if during is None:
            return found
        return [drop for drop in found if drop.start_s < during.end_s and drop.end_s > during.start_s]


def session_report(path: Path) -> SessionReport:
    """Look at a recording for its report. Raises as `open_recording` and `analyze` do."""
    return from_analyzed(analyze_recording(path), path.stem)


def from_analyzed(analyzed: AnalyzedRecording, name: str) -> SessionReport:
    """The report of a recording that was analyzed already."""
    info, analysis = analyzed.info, analyzed.analysis
    summary = session_summary(
        analyzed.events,
        duration_s=analyzed.duration_s,
        stance=info.stance,  # type: ignore[arg-type] # the pipeline has judged it
        rule=info.rule,
        angles=analysis,
        prescription=info.prescription,
    )
    said = [event for event in analyzed.events if said_by_person(event)]
    beats = beats_checked(analysis, said, analyzed.recording.exercise)
    return SessionReport(
        name=name,
        client=info.client,
        started_ns=info.started_ns,
        utc_offset_min=info.utc_offset_min,
        simulated=info.simulated,
        sensor=" ".join(part for part in (info.sensor_name, info.sensor_id, info.firmware) if part),
        exercise=analyzed.recording.exercise,
        stance=info.stance,
        rule=info.rule,
        prescription=info.prescription,
        summary=summary,
        form=form_of(analyzed),
        quality=_quality(analyzed),
        drops=analyzed.drops,
        changes=tuple(event for event in analyzed.events if isinstance(event, LimitChanged)),
        remarks=tuple(event for _, event in standing(analyzed.events) if isinstance(event, Note)),
        metronome=metronome_count([*analyzed.events, *beats]),
        drawn=_drawn(analyzed, summary.graded),
        time_s=analysis.time_s,
        obliquity_deg=analysis.obliquity_deg,
        versions=dict(info.versions),
        pipeline=pipeline_version(),
    )


def _quality(analyzed: AnalyzedRecording) -> Quality:
    calibration: Calibration | None = analyzed.info.calibration
    health = analyzed.recording.health
    notes = [event.text for event in analyzed.events if isinstance(event, Note) and event.author == "machine"]
    return Quality(
        calibration=UNCALIBRATED if calibration is None else calibration.source,
        calibration_quality=None if calibration is None else calibration.quality,
        calibration_reasons=() if calibration is None else tuple(calibration.reasons),
        sigma_deg=float(np.median(analyzed.analysis.obliquity_sigma_deg)),
        lost_samples=None if health is None else health.lost,
        clipped_samples=0 if health is None else health.clipped,
        links_lost=sum(isinstance(event, LinkLost) for event in analyzed.recording.events),
        notices=tuple(dict.fromkeys([*analyzed.recording.notices, *notes])),
    )


def _drawn(analyzed: AnalyzedRecording, graded: bool) -> tuple[RepDrawn, ...]:
    """The repetitions in which a side that may fall fell most, and least, of those that can be trusted."""
    if not graded:
        return ()
    found = []
    trusted = trusted_reps(analyzed.counted)
    for one in analyzed.counted.reps:
        if one.rep is None or one.rep not in trusted:
            continue
        peaks = [_peak(analyzed, side, one.rep) for side in analyzed.judged.sides]
        known = [peak for peak in peaks if peak is not None]
        if known:
            peak_deg, peak_s, side = max(known)
            found.append((peak_deg, peak_s, side, one))
    if len(found) < 2:
        return ()
    picked = [("worst", max(found, key=lambda item: item[0])), ("best", min(found, key=lambda item: item[0]))]
    return tuple(
        RepDrawn(kind, one.rep, one.set_number, one.number, side, peak_deg, peak_s)
        for kind, (peak_deg, peak_s, side, one) in picked
        if one.rep is not None
    )


def _peak(analyzed: AnalyzedRecording, side: Side, rep: Rep) -> tuple[float, float, Side] | None:
    time_s = analyzed.analysis.time_s
    first, last = np.searchsorted(time_s, (rep.start_s, rep.end_s))
    if first == last:
        return None
    fall_deg: Sequence[float] = below_deg(analyzed.analysis, side)[first:last].tolist()
    at = int(np.argmax(fall_deg))
    return fall_deg[at], float(time_s[first + at]), side
