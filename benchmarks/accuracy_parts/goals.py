"""The figures that matter, each with what it should be."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import ge, le
from typing import Any

_OPTICAL, _IDEAL = "pelvis angles against optical", "obliquity, optical made inertial (synthetic)"
_MOVEMENTS = "movements, optical made inertial, generic (synthetic)"
_DROPS, _WEAR = "drops, optical made inertial (synthetic)", "ten minutes of wear with hops (simulated)"

_CATALOGUE = "simulated catalogue"
_COUNTED = ("pelvic-drop", "squat", "single-leg-squat", "step-down", "single-leg-deadlift", "sideways-hop", "generic")
_HARDLY = ("standing-abduction", "side-lying-abduction")


@dataclass(frozen=True)
class Goal:
    """A figure: which part, which key, which place in its list, and the bound."""

    what: str
    part: str
    key: str
    place: int | None
    better: Callable[[float, float], bool]
    bound: float


def _median_p90(what: str, part: str, key: str, median: float, p90: float) -> list[Goal]:
    names = ("median", "95th percentile" if "p95" in key else "90th percentile")
    return [Goal(f"{what}, {names[i]}", part, key, i, le, (median, p90)[i]) for i in (0, 1)]


def _of_drops(start: str, limit: int) -> list[Goal]:
    out = []
    for neutral in ("absolute", "own neutral"):
        what, key = f"{start}, {neutral}, {limit} degrees", f"hiplevel {start}, {neutral}, {limit} degrees: "
        out += [
            Goal(f"drops F1, {what}", _DROPS, key + "f1", None, ge, 0.985 if start == "led in" else 0.92),
            Goal(f"drops' side right, {what}", _DROPS, key + "side_right_share", None, ge, 1.0),
            *_median_p90(f"alarm delay, {what}, ms", _DROPS, key + "alarm_delay_ms_median_p95", 40, 90),
        ]
    return out


def _of_catalogue() -> list[Goal]:
    """Simulated people; where the pelvis hardly moves, a count that is wrong must not be sure of itself."""
    counted = [*_COUNTED, *(f"generic on the {limb}" for limb in ("thigh", "wrist", "shank"))]
    out = [
        Goal(f"simulated {name}, sets {what}, per cent", _CATALOGUE, f"{name}: {key}", None, ge, bound)
        for name in counted
        for what, key, bound in (("exact", "exact_percent", 95.0), ("within one", "within_one_percent", 99.0))
    ]
    return out + [
        Goal(
            f"simulated {name}, wrong yet sure, per cent",
            _CATALOGUE,
            f"{name}: not_exact_yet_sure_percent",
            None,
            le,
            5.0,
        )
        for name in _HARDLY
    ]


def _of_counting() -> list[Goal]:
    """Sets, and what is counted where nobody exercises."""
    squats, optical = "squat sets, waist sensor", "squats, optical made inertial (synthetic)"
    false = {"pelvic-drop": 0.2, "side-lying-abduction": 0.2, "single-leg-deadlift": 0.3, "generic": 1.0}
    return [
        Goal("squat sets exact of 33", squats, "exact", None, ge, 32),
        Goal("squat sets within one of 33", squats, "within_one", None, ge, 33),
        Goal("squats found, F1 at IoU 0.5", squats, "segment_f1_iou50", None, ge, 0.97),
        Goal("optical squat sets within one of 10", optical, "within_one", None, ge, 10),
        Goal(
            "turn told at 4 s, 95th percentile, s",
            "when a turn is told (simulated)",
            "turn_to_known_s_median_p95",
            1,
            le,
            0.5,
        ),
        Goal(
            "same count from another sensor, per cent",
            "the same count from another sensor",
            "same_percent",
            None,
            ge,
            100,
        ),
        *(
            Goal(f"false {name} a minute, {where}", "false repetitions", f"{where}_{name}_per_min", None, le, bound)
            for name, bound in false.items()
            for where in ("daily", "walking", "arms")
        ),
    ]


GOALS = (
    *(
        Goal(f"{file}, generic, sets {what} of 33", "any placement, generic", f"{file}_{key}", None, ge, bound)
        for file in ("squat_waist", "squat_thigh", "squat_shank")
        for what, key, bound in (("exact", "exact", 32), ("within one", "within_one", 33))
    ),
    *(
        Goal(f"movements m01-m06, sets {what}, per cent", _MOVEMENTS, key, None, ge, bound)
        for what, key, bound in (("exact", "exact_percent", 85), ("within one", "within_one_percent", 97))
    ),
    *_of_counting(),
    *_median_p90(
        "obliquity against optical, led in, deg",
        _OPTICAL,
        "hiplevel led in: obliquity_offset_removed_deg_median_p90",
        1.35,
        1.85,
    ),
    Goal(
        "range-of-motion error, led in, median, deg",
        _OPTICAL,
        "hiplevel led in: obliquity_range_error_deg_median_p90",
        0,
        le,
        2.5,
    ),
    *(
        goal
        for neutral in ("absolute", "own neutral")
        for goal in (
            Goal(
                f"synthetic, led in, {neutral}, median, deg",
                _IDEAL,
                f"hiplevel led in, {neutral}: rms_deg_median_p90",
                0,
                le,
                0.16,
            ),
            *_median_p90(
                f"synthetic, cold, {neutral}, deg", _IDEAL, f"hiplevel cold, {neutral}: rms_deg_median_p90", 0.5, 1.4
            ),
        )
    ),
    *(goal for start in ("led in", "cold") for limit in (4, 8) for goal in _of_drops(start, limit)),
    *_of_catalogue(),
    Goal("drift of neutral in ten minutes, deg", _WEAR, "hiplevel: neutral_drift_worst_deg", None, le, 0.5),
)


def judged(results: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each goal whose part was run: what, value, bound, met."""
    out = []
    for goal in GOALS:
        if goal.part in results:
            value = results[goal.part][goal.key]
            value = value if goal.place is None else value[goal.place]
            met = bool(goal.better(value, goal.bound))
            sign = "at least" if goal.better is ge else "at most"
            out.append({"what": goal.what, "value": value, "goal": f"{sign} {goal.bound:g}", "met": met})
    return out + [
        {"what": f"within two sigma, {part}, {key}", "value": value, "goal": "90 to 99", "met": 90.0 <= value <= 99.0}
        for part, figures in results.items()
        if isinstance(figures, Mapping)
        for key, value in figures.items()
        if "two_sigma" in key
    ]


def lines(goals: list[dict[str, Any]]) -> list[str]:
    """For the terminal."""
    return [f"{'met   ' if g['met'] else 'MISSED'}  {g['what']:64} {g['value']:>8g}   {g['goal']}" for g in goals]
