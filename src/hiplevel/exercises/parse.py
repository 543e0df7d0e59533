"""An exercise from its TOML text. The meaning of every key: `hiplevel.model.exercise`."""

import math
import re
from dataclasses import replace
from typing import get_args

from hiplevel.exercises.toml_table import Table
from hiplevel.model.exercise import (
    Angle,
    CountAt,
    Counting,
    DropReference,
    Exercise,
    Gait,
    PelvisMoves,
    Posture,
    Sides,
    Signal,
)
from hiplevel.model.rules import MAX_LIMIT_DEG

_TEXTS = ("name", "summary", "setup", "stance", "cannot_see", "source")
REQUIRED = {
    *_TEXTS,
    "id",
    "posture",
    "sides",
    "cues",
    "pelvis_moves",
    "typical_deg",
    "warn_deg",
    "alarm_deg",
    "counting",
}
OPTIONAL = {"discouraged", "steps", "hold_s", "drop_reference"}
_GATES = ("max_acc_m_s2", "max_tilt_deg", "max_rise_cm", "max_turn_deg", "min_angle_deg")
COUNTED = {*_GATES, "min_swing", "signal", "angle", "direction", "rep_s", "tempo_s"}
# A learned movement has no gates but its own rhythm.
_UNLEARNED = {*_GATES, "direction"}
_OPEN = {name: 0.0 if name.startswith("min") else math.inf for name in _GATES}
_NOT_COUNTED = Counting("none", "obliquity", 0, 0.0, (0.0, 0.0), 0.0, 0.0, 0.0, 0.0, 0.0)
# A hop is found by its flight and landing: there is nothing to set.
_HOPS = replace(_NOT_COUNTED, signal="hops", rep_s=(0.6, 4.0), tempo_s=(0.6, 3.0), count_at="turn")
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
MAX_ID = 40


def parse_exercise(text: str, origin: str, *, own: bool = False) -> Exercise:
    """The exercise that a TOML text describes; `origin` names the text in what is said about it.

    Raises
    ------
    SpecError
        SPEC_SYNTAX or SPEC_INVALID, naming file, line and key, and what to write instead.
    """
    table = Table.parsed(text, origin)
    table.keys(REQUIRED, OPTIONAL)
    alarm_deg = table.number("alarm_deg", most=MAX_LIMIT_DEG, above=True)
    warn_deg = table.number("warn_deg", above=True)
    if warn_deg > alarm_deg:
        table.wrong("warn_deg", "must not exceed alarm_deg")
    given = table.values
    return Exercise(
        id=_id(table),
        posture=table.one_of("posture", get_args(Posture)),
        sides=table.one_of("sides", get_args(Sides)),
        counting=_counting(table),
        typical_deg=table.pair("typical_deg", "degrees"),
        hold_s=table.pair("hold_s", "seconds") if "hold_s" in given else (0.0, 0.0),
        cues=table.sentences("cues"),
        discouraged=table.sentence("discouraged") if "discouraged" in given else "",
        warn_deg=warn_deg,
        alarm_deg=alarm_deg,
        steps=table.one_of("steps", get_args(Gait)) if "steps" in given else "none",
        drop_reference=(
            table.one_of("drop_reference", get_args(DropReference)) if "drop_reference" in given else "neutral"
        ),
        pelvis_moves=table.one_of("pelvis_moves", get_args(PelvisMoves)),
        own=own,
        toml_text=text,
        **{name: table.sentence(name) for name in _TEXTS},
    )


def _id(table: Table) -> str:
    value = table.values["id"]
    if not isinstance(value, str) or _ID.fullmatch(value) is None or len(value) > MAX_ID:
        table.wrong("id", f"must be up to {MAX_ID} small letters, digits and single dashes, such as hip-circle")
    return value


def _counting(table: Table) -> Counting:
    if table.values["counting"] == "none":
        return _NOT_COUNTED
    if table.values["counting"] == "hops":
        return _HOPS
    if not isinstance(table.values["counting"], dict):
        table.wrong("counting", 'must be a table, "hops", or "none" when nothing can be counted')
    counting = table.below("counting")
    learned = counting.values.get("signal") == "learned"
    counting.keys(COUNTED - _UNLEARNED if learned else COUNTED, {"count_at"})
    rep_s, tempo_s = (counting.pair(key, "seconds", above=True) for key in ("rep_s", "tempo_s"))
    if not rep_s[0] <= tempo_s[0] <= tempo_s[1] <= rep_s[1]:
        counting.wrong("tempo_s", f"must lie within rep_s, {rep_s[0]:g} to {rep_s[1]:g} seconds")
    return Counting(
        signal=counting.one_of("signal", [s for s in get_args(Signal) if s not in ("none", "hops")]),
        angle=counting.one_of("angle", get_args(Angle)),
        direction=0 if learned else counting.one_of("direction", (1, -1, 0)),
        min_swing=counting.number("min_swing", above=True),
        rep_s=rep_s,
        tempo_s=tempo_s,
        count_at=counting.one_of("count_at", get_args(CountAt)) if "count_at" in counting.values else "end",
        **(_OPEN if learned else {name: counting.number(name) for name in _GATES}),
    )
