"""All that the store has about a client in one ZIP file, for the client or for another program."""

import csv
import io
import json
import zipfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from hiplevel.clinic import audit
from hiplevel.clinic.audit import TRAINEE, Actor
from hiplevel.clinic.clients import clients, find_client
from hiplevel.clinic.clinicians import Clinician
from hiplevel.clinic.database import Store
from hiplevel.clinic.prescribed import history
from hiplevel.clinic.sessions import Session, sessions
from hiplevel.model.errors import ClinicError, Reason, RecordingError, UsageError
from hiplevel.recording.whole_file import whole_file

SCHEMA = 1
README = """What hiplevel has about one client.

client.json         the code, sensors, prescriptions in all versions, sessions with their figures
sessions.csv        one line a session and side, for a spreadsheet
trail.json          what the audit trail says about the client
recordings/         the recordings, where they could be read; hiplevel, Foxglove and PlotJuggler open them

Angles are degrees; positive is a fall of the named side below neutral. Training feedback, not a finding.
"""
SIDE_COLUMNS = ("side", "limit_deg", "drops", "over_s", "judged_s", "peak_deg", "median_deg", "p90_deg", "sigma_deg")
SESSION_COLUMNS = ("started_ns", "exercise", "stance", "sets", "reps", "duration_s", "simulated", "pipeline")


def export_client(store: Store, code: str, out: Path, *, recordings: bool = True, by: Actor = TRAINEE) -> list[str]:
    """Write the ZIP file; the names of what is in it. The client's name is in it only when a clinician exports.

    Raises
    ------
    UsageError
        NOT_FOUND, EXISTS.
    ClinicError
        DISK.
    """
    client = find_client(store, code)
    reader = by if isinstance(by, Clinician) else None
    about = next(one for one in clients(store, by=reader) if one.id == client.id)
    found = sessions(store, client.code)
    told = {
        "schema": SCHEMA,
        "client": {"code": about.code, "name": about.name, "added_ns": about.added_ns, "sensors": about.sensors},
        "prescriptions": [
            {**asked.prescription.to_json(), "made_ns": asked.made_ns, "stopped": asked.stopped}
            for asked in history(store, client.code)
        ],
        "sessions": [_session(session) for session in found],
    }
    trail = [
        {"number": x.number, "at_ns": x.at_ns, "who": x.who, "action": x.action, "detail": x.detail}
        for x in audit.lines(store, client=client.code)
    ]
    try:
        with whole_file(out) as part, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("README.txt", README)
            archive.writestr("client.json", json.dumps(told, indent=1, ensure_ascii=False))
            archive.writestr("sessions.csv", sessions_csv(found))
            archive.writestr("trail.json", json.dumps(trail, indent=1, ensure_ascii=False))
            for path in {session.path for session in found} if recordings else ():
                if path.is_file():
                    archive.write(path, f"recordings/{path.name}", zipfile.ZIP_STORED)
            names = sorted(archive.namelist())
    except RecordingError as error:
        kind = UsageError if error.reason is Reason.EXISTS else ClinicError
        raise kind(str(error), error.reason) from error
    with store.transaction():
        audit.append(store, by, "client-exported", {"client": client.code, "recordings": recordings})
    return names


def sessions_csv(found: list[Session]) -> str:
    """One line a session and side; a session without judged sides has one line with empty figures."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("session", *SESSION_COLUMNS, *SIDE_COLUMNS))
    for session in found:
        start = [session.content_hash[:12], *(getattr(session, name) for name in SESSION_COLUMNS)]
        for side in session.sides or (None,):
            writer.writerow([*start, *("" if side is None else getattr(side, name) for name in SIDE_COLUMNS)])
    return text.getvalue()


def _session(session: Session) -> dict[str, Any]:
    return {**asdict(session), "path": session.path.name}
