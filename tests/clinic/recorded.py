"""Recordings of simulated sessions: rows as an import keeps them, so that they are made fast."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from hiplevel import DropRule, Prescription, Samples, simulate
from hiplevel.recording.info import RecordingInfo
from hiplevel.recording.writer import RecordingWriter

STARTED_NS = 1_790_000_000_000_000_000
DAY_NS = 86_400 * 10**9
INFO = RecordingInfo(
    client="c-017",
    sensor_id="AA:BB",
    exercise="pelvic-drop",
    stance="left",
    rule=DropRule(6.0),
    prescription=Prescription("pelvic-drop", "left", sets=1, reps=6, rule=DropRule(6.0)),
    started_ns=STARTED_NS,
    simulated=True,
    source="import",
)


def samples(drops: dict[int, float] | None = None, *, reps: int = 6, seed: int = 7, **how: Any) -> Samples:
    """A set of pelvic drops on the left leg, some of them too deep."""
    asked: dict[str, Any] = {"stance": "left", "reps": reps, "drops": drops or {}, "seed": seed, **how}
    return simulate.exercise(asked.pop("exercise", "pelvic-drop"), **asked).samples


def record(path: Path, what: Samples, *, day: float = 0, **head: Any) -> Path:
    """A closed recording of `what`, `day` days after the first."""
    info = replace(INFO, started_ns=STARTED_NS + round(day * DAY_NS), **head)
    with RecordingWriter(path, info) as writer:
        writer.samples(what)
    return path
