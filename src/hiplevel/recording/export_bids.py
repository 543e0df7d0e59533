"""A recording as a BIDS-Motion dataset of one subject (BIDS 1.10, modality-specific files, motion)."""

import json
import shutil
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from hiplevel.model.errors import InputError, Reason
from hiplevel.recording.bids_words import CHANNEL_COLUMNS, EVENT_COLUMNS, PARTICIPANT_COLUMNS, README
from hiplevel.recording.export_events import first_sample_ns, happened
from hiplevel.recording.exported import Exported
from hiplevel.recording.fixed_rate import usual_rate_hz
from hiplevel.recording.reader import Recording
from hiplevel.recording.whole_file import whole_file
from hiplevel.version import __version__

BIDS_VERSION = "1.10.0"
TRACKSYS = "imu"
NOTHING = "n/a"
CHANNELS = (
    ("latency", NOTHING, "LATENCY", "s"),
    *((f"acc_{axis}", axis, "ACCEL", "m/s^2") for axis in "xyz"),
    *((f"gyro_{axis}", axis, "GYRO", "rad/s") for axis in "xyz"),
)


def export_bids(recording: Recording, out: Path) -> Exported:
    """Write the folder `out`, which must not be there: sub-<client>/ses-<start>/motion/ and what belongs to it.

    Labels of BIDS are letters and digits only: c-017 becomes sub-c017, and participants.tsv keeps the code.

    Raises
    ------
    InputError
        EMPTY, or what computing the events of an import raises.
    RecordingError
        EXISTS or DISK.
    """
    if len(recording.samples) == 0:
        raise InputError("There are no samples to export.", Reason.EMPTY)
    with whole_file(out) as part:
        try:
            notices = tuple(_write(recording, part))
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
    return Exported(out, len(recording.samples), notices)


def _write(recording: Recording, root: Path) -> Iterator[str]:
    info, samples = recording.info, recording.samples
    began = datetime.fromtimestamp(first_sample_ns(recording) / 1e9, UTC)
    subject = f"sub-{label(info.client) or 'unknown'}"
    dated = began.timestamp() > 0.0
    session = f"ses-{began:%Y%m%dT%H%M%S}" if dated else "ses-1"
    task = label(info.exercise) or "unnamed"
    motion = root / subject / session / "motion"
    motion.mkdir(parents=True)
    whole, tracked = (f"{subject}_{session}_task-{task}{tail}" for tail in ("", f"_tracksys-{TRACKSYS}"))

    _json(root / "dataset_description.json", _dataset(recording))
    _text(root / "README", README + ("\nSIMULATED: no person was measured.\n" if info.simulated else ""))
    _tsv(root / "participants.tsv", ("participant_id", "client_code"), [(subject, info.client or NOTHING)])
    _json(root / "participants.json", PARTICIPANT_COLUMNS)
    zero_s = float(samples.time_s[0])
    rows = np.column_stack([samples.time_s - zero_s, samples.acc_m_s2, samples.gyr_rad_s]).tolist()
    _tsv(motion / f"{tracked}_motion.tsv", None, rows)
    _json(motion / f"{tracked}_motion.json", _motion(recording, zero_s))
    channels = [
        (name, part, kind, "pelvis", unit, NOTHING if part == NOTHING else "sensor")
        for name, part, kind, unit in CHANNELS
    ]
    header = ("name", "component", "type", "tracked_point", "units", "reference_frame")
    _tsv(motion / f"{tracked}_channels.tsv", header, channels)
    _json(motion / f"{tracked}_channels.json", CHANNEL_COLUMNS)
    _tsv(motion / f"{whole}_events.tsv", tuple(EVENT_COLUMNS), _events(recording, zero_s))
    _json(motion / f"{whole}_events.json", EVENT_COLUMNS)
    known = began.strftime("%Y-%m-%dT%H:%M:%S.%fZ") if dated else NOTHING
    scan = (f"motion/{tracked}_motion.tsv", known)
    _tsv(root / subject / session / f"{subject}_{session}_scans.tsv", ("filename", "acq_time"), [scan])
    if subject != f"sub-{info.client}":
        yield f"The client {info.client or 'without a code'} is {subject}: BIDS knows letters and digits only."


def label(text: str) -> str:
    """What BIDS allows in a file name: ASCII letters and digits."""
    return "".join(char for char in text if char.isascii() and char.isalnum())


def _dataset(recording: Recording) -> dict[str, Any]:
    name = recording.info.exercise or "Motion of the pelvis"
    return {
        "Name": f"SIMULATED: {name}" if recording.info.simulated else name,
        "BIDSVersion": BIDS_VERSION,
        "DatasetType": "raw",
        "GeneratedBy": [{"Name": "hiplevel", "Version": __version__}],
    }


def _motion(recording: Recording, zero_s: float) -> dict[str, Any]:
    info, time_s = recording.info, recording.samples.time_s
    span_s = float(time_s[-1]) - zero_s
    return {
        "TaskName": info.exercise or "unnamed",
        "TaskDescription": f"Exercise {info.exercise or 'not named'}, stance {info.stance}",
        "SamplingFrequency": round(usual_rate_hz(time_s), 3) if span_s else NOTHING,
        "SamplingFrequencyEffective": (len(time_s) - 1) / span_s if span_s else NOTHING,
        "TrackingSystemName": TRACKSYS,
        "DeviceSerialNumber": info.sensor_id or NOTHING,
        "ManufacturersModelName": info.sensor_name or info.spec_id or NOTHING,
        "SoftwareVersions": info.firmware or NOTHING,
        "MotionChannelCount": len(CHANNELS),
        "ACCELChannelCount": 3,
        "GYROChannelCount": 3,
        "LATENCYChannelCount": 1,
        "TrackedPointsCount": 1,
        "MissingValues": NOTHING,
        "RecordingDuration": span_s,
        "SubjectArtefactDescription": NOTHING,
        "Simulated": info.simulated,
        "DropLimitDeg": {side: info.rule.limit_deg(side) for side in ("left", "right")},
        "Calibration": None if info.calibration is None else info.calibration.to_json(),
    }


def _events(recording: Recording, zero_s: float) -> list[tuple[object, ...]]:
    return [
        (
            round(one.start_s, 6),
            round(one.end_s - one.start_s, 6),
            one.kind,
            one.side or NOTHING,
            one.set_number or NOTHING,
            one.rep_number or NOTHING,
            NOTHING if one.value_deg is None else round(one.value_deg, 3),
            int(one.warm_up),
        )
        for one in happened(recording, zero_s)
    ]


def _tsv(path: Path, header: Sequence[str] | None, rows: Sequence[Sequence[object]]) -> None:
    lines = ["\t".join(header)] if header is not None else []
    lines += ["\t".join(NOTHING if cell != cell else str(cell) for cell in row) for row in rows]
    _text(path, "\n".join(lines) + "\n")


def _json(path: Path, content: dict[str, Any]) -> None:
    _text(path, json.dumps(content, indent=2, ensure_ascii=False) + "\n")


def _text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
