"""Reads the catalogue and says what is wrong with an entry."""

import tomllib
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any, get_args

from hiplevel.model.errors import Reason, SpecError, UsageError
from hiplevel.model.exercise import Angle, Counting, Exercise, Gait, Posture, Signal
from hiplevel.model.rules import MAX_LIMIT_DEG

_TEXTS = ("name", "summary", "setup", "cannot_see", "source")
_NUMBERS = ("warn_deg", "alarm_deg")
_GATES = ("min_swing", "max_acc_m_s2", "max_tilt_deg", "max_rise_cm", "max_turn_deg", "min_angle_deg")
_NOT_COUNTED = Counting("none", "obliquity", 0, 0.0, (0.0, 0.0), 0.0, 0.0, 0.0, 0.0, 0.0)


def load_exercise(exercise_id: str) -> Exercise:
    """One exercise of the catalogue.

    Raises
    ------
    UsageError
        UNKNOWN_EXERCISE, naming the nearest id.
    """
    catalogue = _catalogue()
    if not isinstance(exercise_id, str) or exercise_id not in catalogue:
        near = get_close_matches(str(exercise_id), catalogue, n=1, cutoff=0.4)
        hint = f"Did you mean {near[0]!r}?" if near else ""
        raise UsageError(
            f"There is no exercise {exercise_id!r}. {hint}".strip(),
            Reason.UNKNOWN_EXERCISE,
            f"Known: {', '.join(catalogue)}.",
        )
    return catalogue[exercise_id]


def list_exercises() -> list[Exercise]:
    """Every exercise, in the catalogue's order."""
    return list(_catalogue().values())


def parse_exercises(text: str, origin: str) -> dict[str, Exercise]:
    """Exercises of a TOML text, by id.

    Raises
    ------
    SpecError
        naming file, entry and key, and what to write instead.
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SpecError(f"{origin}: this is not TOML: {error}.", Reason.SPEC_SYNTAX) from error
    return {key: _exercise(key, table, f"{origin}: [{key}]") for key, table in tables.items()}


@cache
def _catalogue() -> dict[str, Exercise]:
    return parse_exercises(
        files("hiplevel.exercises").joinpath("catalogue.toml").read_text(encoding="utf-8"), "catalogue.toml"
    )


def _exercise(key: str, table: Any, where: str) -> Exercise:
    _require(isinstance(table, dict), where, "must be a table with name, posture, counting and so on")
    known = {*_TEXTS, *_NUMBERS, "posture", "typical_deg", "cues", "discouraged", "counting", "steps"}
    _check_keys(table, known, known - {"discouraged", "steps"}, where)
    for name in _TEXTS:
        _require(isinstance(table[name], str) and table[name], f"{where} {name}", "must be a sentence in quotes")
    for name in _NUMBERS:
        _require(_number(table[name]) and table[name] > 0, f"{where} {name}", "must be degrees above 0")
    _require(table["alarm_deg"] <= MAX_LIMIT_DEG, f"{where} alarm_deg", f"must not exceed {MAX_LIMIT_DEG:g}")
    _require(table["warn_deg"] <= table["alarm_deg"], f"{where} warn_deg", "must not exceed alarm_deg")
    _require(table["posture"] in get_args(Posture), f"{where} posture", f"must be one of {get_args(Posture)}")
    _require(_pair(table["typical_deg"]), f"{where} typical_deg", "must be [least, most] degrees")
    cues = table["cues"]
    _require(isinstance(cues, list) and all(isinstance(c, str) for c in cues), f"{where} cues", "must be sentences")
    steps = table.get("steps", "none")
    _require(steps in get_args(Gait), f"{where} steps", f"must be one of {get_args(Gait)}")
    return Exercise(
        id=key,
        steps=steps,
        posture=table["posture"],
        counting=_counting(table["counting"], f"{where} counting"),
        typical_deg=(float(table["typical_deg"][0]), float(table["typical_deg"][1])),
        cues=tuple(cues),
        discouraged=str(table.get("discouraged", "")),
        warn_deg=float(table["warn_deg"]),
        alarm_deg=float(table["alarm_deg"]),
        **{name: table[name] for name in _TEXTS},
    )


def _counting(table: Any, where: str) -> Counting:
    if table == "none":
        return _NOT_COUNTED
    _require(isinstance(table, dict), where, 'must be a table, or "none" when nothing can be counted')
    known = {*_GATES, "signal", "angle", "direction", "rep_s"}
    _check_keys(table, known, known, where)
    signals = [s for s in get_args(Signal) if s != "none"]
    _require(table["signal"] in signals, f"{where}.signal", f"must be one of {signals}")
    _require(table["angle"] in get_args(Angle), f"{where}.angle", f"must be one of {list(get_args(Angle))}")
    _require(table["direction"] in (-1, 0, 1), f"{where}.direction", "must be 1, -1 or 0 for either")
    _require(_pair(table["rep_s"]), f"{where}.rep_s", "must be [shortest, longest] in seconds")
    _require(table["rep_s"][0] > 0, f"{where}.rep_s", "must begin above 0 seconds")
    for name in _GATES:
        _require(_number(table[name]) and table[name] >= 0, f"{where}.{name}", "must be a number, 0 or more")
    _require(table["min_swing"] > 0, f"{where}.min_swing", "must be above 0")
    return Counting(
        signal=table["signal"],
        angle=table["angle"],
        direction=table["direction"],
        rep_s=(float(table["rep_s"][0]), float(table["rep_s"][1])),
        **{name: float(table[name]) for name in _GATES},
    )


def _check_keys(table: dict[str, Any], known: set[str], required: set[str], where: str) -> None:
    for key in table:
        if key not in known:
            near = get_close_matches(key, known, n=1)
            raise SpecError(
                f"{where} has an unknown key {key!r}.",
                Reason.SPEC_INVALID,
                f"Did you mean {near[0]!r}?" if near else f"Known keys: {', '.join(sorted(known))}.",
            )
    missing = sorted(required - set(table))
    _require(not missing, where, f"lacks {', '.join(missing)}")


def _require(holds: object, where: str, what: str) -> None:
    if not holds:
        raise SpecError(f"{where} {what}.", Reason.SPEC_INVALID)


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _pair(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(_number(v) for v in value) and value[0] <= value[1]
