"""Recordings to export: shipped ones, and imports of samples with a clock of their own."""

from pathlib import Path

from hiplevel.model.samples import Samples
from hiplevel.recording.csv_export import write_csv
from hiplevel.recording.csv_import import import_csv
from hiplevel.recording.info import RecordingInfo
from hiplevel.recording.reader import Recording, open_recording
from hiplevel.resources import folder

WHOLE = "pelvic-drop-bad-left"
BROKEN = "lost-packets-and-broken-link"  # eight repetitions; 29.94 to 34.00 s and some packets are missing


def shipped(name: str) -> Recording:
    return open_recording(folder("recordings") / f"{name}.mcap")


def imported(samples: Samples, where: Path, client: str = "c-017") -> Recording:
    write_csv(samples, where / "given.csv")
    head = RecordingInfo(client=client, exercise="pelvic-drop", stance="left")
    return open_recording(import_csv(where / "given.csv", where / "given.mcap", info=head, remember=False).path)


def with_nan(recording: Recording) -> Recording:
    """The same, with five readings of one axis, from row 700 on, that are no numbers."""
    acc = recording.samples.acc_m_s2.copy()
    acc[700:705, 1] = float("nan")
    vars(recording)["samples"] = Samples(recording.samples.time_s, acc, recording.samples.gyr_rad_s)
    return recording
