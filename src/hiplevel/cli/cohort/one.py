"""One recording of a cohort, wherever it is computed: what `analyze` says of it, as plain values."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hiplevel.cli.cohort.figures import figures
from hiplevel.cli.common import plain
from hiplevel.cli.loaded import load
from hiplevel.cli.summarized import Asked, summarized
from hiplevel.clinic.analyzed import judged_of
from hiplevel.clinic.pipeline_version import pipeline_version
from hiplevel.detect.drop_trace import DropTrace
from hiplevel.model.errors import HiplevelError
from hiplevel.model.rules import Stance

ROOMS = ("recording", "sensors", "clinic", "cohort", "cli")  # shape a row besides the pipeline
Outcome = dict[str, Any]


def version() -> str:
    """Of all code that shapes a row."""
    return pipeline_version(*ROOMS)


@dataclass(frozen=True)
class Task:
    """A file, how it is to be read and judged, limits to try besides, and the code of whoever asks."""

    path: str
    asked: Asked
    version: str
    columns: dict[str, Any] = field(default_factory=dict)
    what_if_deg: tuple[float, ...] = ()


def look_at(task: Task) -> Outcome:
    """Its figures; why there are none, under `error`. Nothing that a file does stops the others."""
    outcome: Outcome = {}
    try:
        if version() != task.version:
            return failed("usage", f"The worker has hiplevel {version()}, not {task.version}: install the same there.")
        loaded, trace = load([Path(task.path)], task.columns), DropTrace()
        outcome = {
            "client": loaded.client,
            "started_ns": loaded.started_ns,
            "utc_offset_min": loaded.utc_offset_min,
            "simulated": loaded.simulated,
        }
        summary, analysis = summarized(loaded, task.asked, trace)
        stance: Stance = summary.stance  # type: ignore[assignment] # the pipeline judged it
        judged = judged_of(analysis, trace, stance, summary.counted_reps)
        found = figures(summary, analysis, judged, task.what_if_deg)
        return {**outcome, **plain(found), "error": None}
    except HiplevelError as error:
        return {**outcome, **failed(error.reason.value, str(error))}
    except OSError as error:
        return {**outcome, **failed("disk", f"It cannot be read: {(error.strerror or str(error)).lower()}.")}
    except Exception as error:
        return {**outcome, **failed("unknown", f"An error nobody expected: {error!r}.")}


def failed(reason: str, message: str) -> Outcome:
    """No figures, and why."""
    return {"error": {"reason": reason, "message": message}}
