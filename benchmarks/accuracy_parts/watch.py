"""Sets of 20 repetitions of seven shoulder exercises, from a watch on the wrist: real, and counted by `generic`.

The file is `watch_dataset.npy` of the Python package `seglearn` (Burns et al. 2018, arXiv 1802.01489): people with odd
numbers were looked at while the counter was adjusted, those with even ones were not.
"""

import pickle
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

import hiplevel
from accuracy_parts.lead import GRAVITY_M_S2, led_in
from accuracy_parts.sets import Floats
from hiplevel import Samples

RATE_HZ, REPS = 50.0, 20
# What arrays, and the lists and dictionaries that hold them, are made of: no other name is looked up.
_ALLOWED = {
    ("numpy", "dtype"),
    ("numpy", "ndarray"),
    ("numpy.core.multiarray", "_reconstruct"),
    ("numpy._core.multiarray", "_reconstruct"),
    ("_codecs", "encode"),
}


@dataclass(frozen=True, eq=False)
class WatchSet:
    """One set of 20 repetitions: exercise, person, and what the watch read."""

    exercise: str
    person: int
    samples: Samples


class _Arrays(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _ALLOWED:
            raise pickle.UnpicklingError(f"{module}.{name} is nothing that a file of arrays needs.")
        return super().find_class(module, name)


def watch_sets(file: Path) -> list[WatchSet]:
    """The sets of this file; pickle.UnpicklingError for one that holds anything but arrays, ValueError for another."""
    with file.open("rb") as stream:
        stored = _stored(stream)
    names = [str(name) for name in stored["y_labels"]]
    people, exercises = np.asarray(stored["subject"]), np.asarray(stored["y"])
    return [
        WatchSet(names[int(exercise)], int(person), _samples(np.asarray(read, dtype=np.float64)))
        for read, person, exercise in zip(stored["X"], people, exercises, strict=True)
    ]


def shoulder(file: Path) -> dict[str, Any]:
    """All sets as they are, cut close to the first and last repetition; and led in by three still seconds."""
    sets = watch_sets(file)
    off = np.array([_off(one.samples) for one in sets])
    led = np.array([_off(led_in(one.samples, one.samples.acc_m_s2[0])[0]) for one in sets])
    even = np.array([one.person % 2 == 0 for one in sets])
    out: dict[str, Any] = {"sets": len(sets)}
    for who, chosen in (("everyone", even | True), ("even people", even), ("odd people", ~even)):
        out |= {f"{who}: {key}": value for key, value in _shares(off[chosen]).items()}
    out |= {f"even people, led in: {key}": value for key, value in _shares(led[even]).items()}
    for exercise in dict.fromkeys(one.exercise for one in sets):
        found = [REPS + int(off[k]) for k, one in enumerate(sets) if one.exercise == exercise]
        out[f"{exercise}: counted"] = " ".join(map(str, sorted(found)))
    return out


def _stored(stream: BinaryIO) -> dict[str, Any]:
    version = np.lib.format.read_magic(stream)
    shape, _, kind = np.lib.format.read_array_header_1_0(stream)
    if version != (1, 0) or shape != () or not kind.hasobject:
        raise ValueError("This is not the file of the package: one dictionary as an array without dimensions.")
    stored: dict[str, Any] = _Arrays(stream, encoding="latin1").load().item()
    return stored


def _samples(read: Floats) -> Samples:
    return Samples(np.arange(len(read)) / RATE_HZ, GRAVITY_M_S2 * read[:, :3], np.ascontiguousarray(read[:, 3:6]))


def _off(samples: Samples) -> int:
    return len(hiplevel.analyze(samples, exercise="generic").reps) - REPS


def _shares(off: np.ndarray) -> dict[str, float]:
    """Per cent."""
    return {
        "exact_percent": round(100.0 * float(np.mean(off == 0)), 1),
        "within_one_percent": round(100.0 * float(np.mean(np.abs(off) <= 1)), 1),
        "mean_error_reps": round(float(np.mean(off)), 2),
    }
