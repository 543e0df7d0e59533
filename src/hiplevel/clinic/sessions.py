"""The sessions in the store, as they were looked at when they were added."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hiplevel.clinic.clients import find_client
from hiplevel.clinic.database import Store
from hiplevel.clinic.side_figures import SideFigures
from hiplevel.model.errors import Reason, UsageError

COLUMNS = (
    "s.content_hash, c.code, s.path, s.started_ns, s.utc_offset_min, s.duration_s, s.exercise, s.stance, s.sensor_id, "
    "s.prescription_id, s.simulated, s.pipeline, s.sets, s.reps, s.setup, s.measures"
)


@dataclass(frozen=True)
class Session:
    """A session as the store has it. measures: the set-up it was judged by, and its sets."""

    content_hash: str
    client: str
    path: Path
    started_ns: int
    utc_offset_min: int | None
    duration_s: float
    exercise: str
    stance: str
    sensor_id: str
    prescription_id: str
    simulated: bool
    pipeline: str
    sets: int
    reps: int
    setup: str
    measures: dict[str, Any]
    sides: tuple[SideFigures, ...] = ()


def find_session(store: Store, content: str) -> Session:
    """The session whose hash begins with `content`.

    Raises
    ------
    UsageError
        NOT_FOUND when there is none or more than one.
    """
    found = _read(store, "WHERE s.content_hash >= ? AND s.content_hash < ?", content, f"{content}g")
    if len(found) != 1:
        what = "no session" if not found else f"{len(found)} sessions"
        raise UsageError(f"There is {what} whose hash begins with {content!r}.", Reason.NOT_FOUND)
    return found[0]


def sessions(
    store: Store, code: str | None = None, exercise: str | None = None, stance: str | None = None
) -> list[Session]:
    """Sessions in the order in which they were trained, of one client, exercise or stance where told."""
    client = None if code is None else find_client(store, code).code
    return _read(
        store,
        "WHERE c.code = coalesce(?, c.code) AND s.exercise = coalesce(?, s.exercise) "
        "AND s.stance = coalesce(?, s.stance)",
        client,
        exercise,
        stance,
    )


def _read(store: Store, where: str, *values: Any) -> list[Session]:
    rows = store.rows(
        f"SELECT {COLUMNS} FROM session s JOIN client c ON c.id = s.client_id {where} ORDER BY s.started_ns", *values
    )
    sides: dict[str, list[SideFigures]] = {}
    for row in store.rows(
        "SELECT d.content_hash, d.side, d.limit_deg, d.drops, d.over_s, d.judged_s, d.peak_deg, d.median_deg, "
        f"d.p90_deg, d.sigma_deg FROM session_side d JOIN session s USING (content_hash) "
        f"JOIN client c ON c.id = s.client_id {where} ORDER BY d.side",
        *values,
    ):
        sides.setdefault(row[0], []).append(SideFigures(*row[1:]))
    return [_session(row, sides) for row in rows]


def _session(row: tuple[Any, ...], sides: dict[str, list[SideFigures]]) -> Session:
    content, code, path, *plain, measures = row
    plain[7] = bool(plain[7])  # simulated
    known: list[Any] = [content, code, Path(path), *plain, json.loads(measures), tuple(sides.get(content, ()))]
    return Session(*known)
