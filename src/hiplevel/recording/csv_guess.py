"""Reading well-known headers: which column is what, and in which unit, where that is beyond doubt."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hiplevel.recording.csv_columns import ISO, SAMPLES, Columns
from hiplevel.recording.csv_counting import counts_by_name
from hiplevel.recording.csv_foreign_words import in_english

_SPELLINGS = {
    "time": {
        "s": "s sec secs second seconds sekunden sek secondes segundos seg",
        "ms": "ms msec millis milliseconds",
        "us": "us µs μs usec micros microseconds",
        "ns": "ns nsec nanos nanoseconds",
        ISO: "iso8601 iso",
    },
    "acc": {
        "m/s2": "m/s2 m/s^2 m/s² m/s/s ms-2 ms^-2 m_s2 m_s_2 ms2 mps2 m/s**2 m/(s^2)",
        "g": "g gs g0 gn",
        "mg": "mg",
    },
    "gyr": {
        "rad/s": "rad/s rad_s rads rps rad/sec radians/s",
        "deg/s": "deg/s deg_s degs dps °/s º/s deg/sec degrees/s degrees/second grad/s degrés/s grados/s",
        "mdeg/s": "mdeg/s mdeg_s mdps m°/s",
    },
}
_UNIT_OF = {
    kind: {spelling: unit for unit, spellings in units.items() for spelling in spellings.split()}
    for kind, units in _SPELLINGS.items()
}
_NAMES = {
    "acc": re.compile(
        r"(?:accelerometer|acceleration|accelero|accel(?:_ln|_wr)?|acc|a|g_?f(?:orce)?)_?([xyz])(?:_cal)?"
    ),
    "gyr": re.compile(
        r"(?:gyroscope|gyro|gyr|angular_velocity|angular_rate|angvel|rotation_rate|omega|as|w|g)_?([xyz])(?:_cal)?"
    ),
    "time": re.compile(
        r"(?:time|timestamp|time_stamp|t|ts|elapsed|elapsed_time|time_elapsed|seconds_elapsed|seconds|epoch|epoc|unix_time"
        r"|date_?time|sample_time|sample_time_fine|sensor_time|timestamp_unix_cal)()"
    ),
}
_AXIS_FIRST = re.compile(r"([xyz])_(.+)")


def guess_columns(header: Sequence[str]) -> dict[str, Any]:
    """What the header says by itself: of `time`, `acc`, `gyr` and their units those that are beyond doubt.

    One sensor's columns may share a beginning ('pelvis_acc_x'); with those of several, nobody knows which is meant.
    """
    told = _guess_columns(header, "")
    if "acc" in told or "gyr" in told:
        return told
    sensors = [_guess_columns(header, prefix) for prefix in sorted(_prefixes(header))]
    whole = [found for found in sensors if {"acc", "gyr"} <= set(found)]
    return whole[0] | told if len(whole) == 1 else told


def _prefixes(header: Sequence[str]) -> set[str]:
    """What stands before an accelerometer's x in the names."""
    parted = [_split_unit(name, "acc")[0].split("_") for name in header]
    return {
        "_".join(words[:at])
        for words in parted
        for at in range(1, len(words))
        if (match := _NAMES["acc"].fullmatch("_".join(words[at:]))) and match[1] == "x"
    }


def _guess_columns(header: Sequence[str], prefix: str) -> dict[str, Any]:
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for name in header:
        meaning = _meaning(name, prefix)
        if meaning is not None:
            kind, axis, unit = meaning
            found.setdefault((kind, axis), []).append((name, unit))
    told: dict[str, Any] = {}
    times = found.get(("time", ""), [])
    times = [found_time for found_time in times if found_time[1]] if len(times) > 1 else times
    if len(times) == 1:
        told["time"], told["time_unit"] = times[0]
    for kind in ("acc", "gyr"):
        axes = [found.get((kind, axis), []) for axis in "xyz"]
        if all(len(candidates) == 1 for candidates in axes):
            told[kind] = tuple(candidates[0][0] for candidates in axes)
            units = {candidates[0][1] for candidates in axes}
            told[f"{kind}_unit"] = units.pop() if len(units) == 1 else ""
    return told


def name_in_words(name: str) -> str:
    """A column's name in lower case with underscores, without the unit of an acceleration."""
    return _split_unit(_split_unit(name, "acc")[0], "gyr")[0]


def unit_in_name(name: str, kind: str) -> str:
    """The unit a column's name ends in, or ''."""
    return _split_unit(name, kind)[1]


def _meaning(name: str, prefix: str) -> tuple[str, str, str] | None:
    """('time' | 'acc' | 'gyr', axis, unit or '') of a column, None when its name says nothing behind the prefix."""
    for kind, pattern in _NAMES.items():
        words, unit = _split_unit(name, kind)
        if prefix and not words.startswith(f"{prefix}_"):
            continue
        rest = words.removeprefix(f"{prefix}_") if prefix else words
        swapped = _AXIS_FIRST.fullmatch(rest)
        for words in (rest, f"{swapped[2]}_{swapped[1]}" if swapped else ""):
            match = pattern.fullmatch(words)
            if match is not None:
                return kind, match[1], unit or _implied_unit(rest)
    return None


def _implied_unit(words: str) -> str:
    return {"sample_time_fine": "us", "seconds_elapsed": "s", "seconds": "s"}.get(words, "")


def _split_unit(name: str, kind: str) -> tuple[str, str]:
    """A column's name in lower case with underscores, and the unit that stood in brackets or at its end."""
    units = _UNIT_OF[kind]
    bracket = re.fullmatch(r"(.*?)\s*[(\[{](.*)[)\]}]\s*", name)
    if bracket is not None:
        unit = units.get(bracket[2].strip().lower().replace(" ", ""), "")
        return (_words(bracket[1]), unit) if unit else (_words(name), "")
    words = _words(name)
    for spelling in sorted(units, key=len, reverse=True):
        if words.endswith(f"_{spelling}") and words != spelling:
            return words.removesuffix(f"_{spelling}"), units[spelling]
    return words, ""


def _words(name: str) -> str:
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name)
    return in_english(re.sub(r"[\s.:\-_]+", "_", parted).strip("_").lower())


def fill(told: Mapping[str, Any], header: Sequence[str], *, dated_by_rate: bool) -> Columns | None:
    """The columns from what was told and, where nothing was, from the header; None when that is not enough."""
    values = guess_columns(header) | {name: value for name, value in told.items() if value}
    if "time" not in values and dated_by_rate:
        counters = [name for name in header if counts_by_name(_words(name))]
        values["time"] = counters[0] if len(counters) == 1 else None
    if not {"time", "acc", "gyr"} <= set(values):
        return None
    for kind in ("time", "acc", "gyr"):
        if not told.get(f"{kind}_unit"):
            names: Iterable[str] = [values["time"] or ""] if kind == "time" else values[kind]
            units = {_implied_unit(_words(name)) or unit_in_name(name, kind) for name in names}
            values[f"{kind}_unit"] = units.pop() if len(units) == 1 else ""
    if values["time"] is not None and not values["time_unit"] and counts_by_name(_words(values["time"])):
        values["time_unit"] = SAMPLES
    return Columns(**values)
