"""Taking recordings into the store: found by what their sensor sent, analysed once, never counted twice."""

import hashlib
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from hiplevel.clinic import angle_cache, audit
from hiplevel.clinic.analyzed import AnalyzedRecording, analyze_recording, cache_key, setup_of
from hiplevel.clinic.audit import TRAINEE, Actor
from hiplevel.clinic.clients import find_client
from hiplevel.clinic.database import Store
from hiplevel.clinic.pipeline_version import pipeline_version
from hiplevel.clinic.sessions import Session, find_session
from hiplevel.clinic.side_figures import side_figures
from hiplevel.model.errors import ClinicError, HiplevelError, Reason, UsageError


@dataclass(frozen=True)
class Added:
    """What became of one file: the session, or why it was not taken."""

    path: Path
    session: Session | None
    new: bool = False
    error: str = ""


def add_session(store: Store, path: Path, *, client: str | None = None, by: Actor = TRAINEE) -> tuple[Session, bool]:
    """Take a recording into the store, or look at it anew when it was corrected; whether it is new.

    Raises
    ------
    ClinicError
        OTHER_CLIENT when the recording is of somebody else than `client`, or is in the store as somebody else's.
    UsageError
        NOT_FOUND when its client is not in the store, USAGE when it names none and none is told.
    RecordingError, InputError
        when it cannot be read or analysed.
    """
    path = path.resolve()
    analyzed = analyze_recording(path)
    code = _whose(analyzed, path, client)
    owner = find_client(store, code)
    key = cache_key(analyzed.content_hash, setup_of(analyzed.recording))
    angle_cache.save(angle_cache.cache_folder(store.path), key, analyzed.judged)
    with store.transaction():
        before = store.row(
            "SELECT c.code, s.file_hash, s.pipeline FROM session s JOIN client c ON c.id = s.client_id "
            "WHERE s.content_hash = ?",
            analyzed.content_hash,
        )
        if before is not None and before[0] != owner.code:
            raise ClinicError(
                f"{path.name} is in the store already, as a session of {before[0]}; it was not given to {owner.code}.",
                Reason.OTHER_CLIENT,
            )
        file_hash = hashlib.sha256(path.read_bytes()).hexdigest()
        if before is None or before[1:] != (file_hash, pipeline_version()):
            _write(store, analyzed, owner.id, path, file_hash)
            audit.append(
                store,
                by,
                "session-added" if before is None else "session-looked-at-anew",
                {
                    "client": owner.code,
                    "session": analyzed.content_hash,
                    "file": file_hash,
                    "pipeline": pipeline_version(),
                },
            )
    return find_session(store, analyzed.content_hash), before is None


def add_sessions(store: Store, paths: Iterable[Path], *, client: str | None = None) -> list[Added]:
    """Each file on its own: what is wrong with one costs only that one."""
    out = []
    for path in paths:
        try:
            session, new = add_session(store, path, client=client)
            out.append(Added(path, session, new))
        except HiplevelError as error:
            if error.reason in (Reason.IN_USE, Reason.DISK):
                raise
            out.append(Added(path, None, error=str(error)))
    return out


def _whose(analyzed: AnalyzedRecording, path: Path, told: str | None) -> str:
    own = analyzed.info.client
    if told is not None and own and own.lower() != told.lower():
        raise ClinicError(
            f"{path.name} is a session of {own}, not of {told}; it was not taken.",
            Reason.OTHER_CLIENT,
            f"Leave the client out to add it to {own}.",
        )
    if not (told or own):
        raise UsageError(f"{path.name} does not say whose session it is.", Reason.USAGE, "Add --client CODE.")
    return told or own


def _write(store: Store, analyzed: AnalyzedRecording, client_id: int, path: Path, file_hash: str) -> None:
    info = analyzed.info
    asked = info.prescription
    measures = {
        "rule": asdict(analyzed.rule),
        "prescribed": None if asked is None else {"sets": asked.sets, "reps": asked.reps},
        "machine_reps": analyzed.counted.machine_reps,
        "sets": [
            {"number": one.number, "start_s": one.start_s, "end_s": one.end_s, "reps": one.done}
            for one in analyzed.counted.sets
            if one.reps
        ],
        "graded": analyzed.judged.graded,
        "calibration": None if info.calibration is None else info.calibration.quality,
    }
    store.run("DELETE FROM session WHERE content_hash = ?", analyzed.content_hash)
    store.run(
        "INSERT INTO session VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        analyzed.content_hash,
        client_id,
        str(path),
        file_hash,
        info.started_ns,
        analyzed.duration_s,
        info.exercise,
        info.stance,
        info.sensor_id,
        "" if asked is None else asked.id,
        int(info.simulated),
        pipeline_version(),
        time.time_ns(),
        sum(1 for one in analyzed.counted.sets if one.done),
        analyzed.counted.done,
        audit.canonical(measures),
        setup_of(analyzed.recording),
        info.utc_offset_min,
    )
    for side in side_figures(analyzed):
        store.run(
            "INSERT INTO session_side (content_hash, side, limit_deg, drops, over_s, judged_s, peak_deg, median_deg, "
            "p90_deg, sigma_deg) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            analyzed.content_hash,
            *asdict(side).values(),
        )
