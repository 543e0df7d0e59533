"""What the rest of the error against optical markers is: undo one suspect after the other and look what is left."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from accuracy_parts.lead import rate_at_stamps
from accuracy_parts.pelvis import Compared, compare, compared
from accuracy_parts.score import median_p90
from accuracy_parts.sets import Floats, Recording, angles_of_up, up_of_angles

OURS, MAKER = "hiplevel led in", "sensor maker's filter"
# How far the streams of cameras and sensor may be apart, samples of 10 ms.
SHIFTS = np.arange(-8.0, 8.5, 0.5)


def rest_of_error(data: Path) -> dict[str, Any]:
    """Spread of the obliquity error, [median, p90] over recordings, with each suspect removed."""
    every = list(compared(data))
    tasks = by_task(every)
    turned = {name: _turn(ones) for name, ones in tasks.items()}
    shifted = {name: _best_shift(ones) for name, ones in tasks.items()}
    whole = _turn(every)
    dated = [
        compare(Recording(one.recording.name, rate_at_stamps(one.recording.samples), one.recording.truth))
        for one in every
    ]
    between = [one.obliquity_deg[OURS] - one.obliquity_deg[MAKER] for one in every]
    return {
        "as measured": _spread(every, [one.obliquity_deg[OURS] for one in every]),
        "the maker's filter": _spread(every, [one.obliquity_deg[MAKER] for one in every]),
        "the rate dated at its stamp": _spread(dated, [one.obliquity_deg[OURS] for one in dated]),
        "our filter from the maker's": median_p90(float(np.std(d)) for d in between),
        "one mounting for all fitted": _spread(every, [_obliquity(one, whole) for one in every]),
        "a mounting a task fitted": _spread(every, [_obliquity(one, turned[one.recording.task]) for one in every]),
        "a time shift a task fitted": _spread(
            every, [_shifted(one.obliquity_deg[OURS], shifted[one.recording.task]) for one in every]
        ),
        "absolute_rms_deg": {
            "as measured": _rms(every, [one.obliquity_deg[OURS] for one in every]),
            "one mounting for all fitted": _rms(every, [_obliquity(one, whole) for one in every]),
            "a mounting a task fitted": _rms(every, [_obliquity(one, turned[one.recording.task]) for one in every]),
        },
        "one mounting is turned by_deg (forward, left, up)": [round(float(a), 1) for a in _axis_deg(whole)],
        "shift_by_task_ms": {name: round(10.0 * shift) for name, shift in shifted.items()},
        "spread_by_task_deg (ours, maker's)": {name: task_spread(ones) for name, ones in tasks.items()},
    }


def by_task(every: Sequence[Compared]) -> dict[str, list[Compared]]:
    """Recordings by what was done."""
    tasks: dict[str, list[Compared]] = defaultdict(list)
    for one in every:
        tasks[one.recording.task].append(one)
    return dict(tasks)


def task_spread(ones: Sequence[Compared]) -> list[float]:
    """Median spread of the error by our filter and by the maker's, degrees."""
    return [_spread(ones, [one.obliquity_deg[how] for one in ones])[0] for how in (OURS, MAKER)]


def _spread(every: Sequence[Compared], angles_deg: Sequence[Floats]) -> list[float]:
    return median_p90(float(np.std(a - one.recording.obliquity_deg)) for one, a in zip(every, angles_deg, strict=True))


def _rms(every: Sequence[Compared], angles_deg: Sequence[Floats]) -> list[float]:
    squares = [np.mean((a - one.recording.obliquity_deg) ** 2) for one, a in zip(every, angles_deg, strict=True)]
    return median_p90(np.sqrt(squares))


def _up(one: Compared) -> Floats:
    return up_of_angles(one.obliquity_deg[OURS], one.tilt_deg[OURS])


def _turn(every: Sequence[Compared]) -> Floats:
    """The constant rotation (3, 3) that brings the measured vertical closest to the optical one (Wahba's problem)."""
    ours = np.concatenate([_up(one) for one in every])
    optical = np.concatenate([up_of_angles(one.recording.obliquity_deg, one.recording.tilt_deg) for one in every])
    u, _, vt = np.linalg.svd(optical.T @ ours)
    return np.asarray(u @ np.diag([1.0, 1.0, np.linalg.det(u @ vt)]) @ vt)


def _axis_deg(rotation: Floats) -> Floats:
    skew = rotation - rotation.T
    return np.asarray(np.degrees(0.5 * np.array([skew[2, 1], skew[0, 2], skew[1, 0]])))


def _obliquity(one: Compared, rotation: Floats) -> Floats:
    return angles_of_up(_up(one) @ rotation.T)[0]


def _shifted(x: Floats, samples: float) -> Floats:
    at = np.arange(len(x))
    return np.asarray(np.interp(at + samples, at, x))


def _best_shift(ones: Sequence[Compared]) -> float:
    """Samples by which the sensor's angles come late, by both angles of all recordings of a task."""

    def left(shift: float) -> float:
        return sum(
            float(np.var(_shifted(a, shift) - r)) * len(r)
            for one in ones
            for a, r in (
                (one.obliquity_deg[OURS], one.recording.obliquity_deg),
                (one.tilt_deg[OURS], one.recording.tilt_deg),
            )
        )

    return float(min(SHIFTS, key=left))
