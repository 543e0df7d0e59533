"""Days, limits, doses and angles in a few words: the same in the terminal and in the window."""

from collections.abc import Mapping
from datetime import UTC, datetime

from hiplevel.language.local_time import local_time
from hiplevel.model.prescription import Prescription

HEARD = {
    "half": "drops heard in every second repetition",
    "set-end": "drops told after the set",
    "fading": "drops heard less from set to set",
}


def day(ns: int | None, utc_offset_min: int | None = None) -> str:
    """A date for people, where it was."""
    return "-" if ns is None else f"{local_time(ns, utc_offset_min):%Y-%m-%d}"


def moment(ns: int) -> str:
    """A date and time in UTC, as the trail has it."""
    return f"{datetime.fromtimestamp(ns / 1e9, UTC):%Y-%m-%d %H:%M:%S}Z"


def limits_words(limits: Mapping[str, float | None]) -> str:
    """Limits in a few words: 8°, or each side's own."""
    both = limits["threshold_deg"]
    words = [f"{both:g}°"]
    for side in ("left", "right"):
        own = limits[f"{side}_deg"]
        if own is not None:
            words.append(f"{side} {own:g}°")
    if limits["warn_deg"] is not None:
        words.append(f"warning {limits['warn_deg']:g}°")
    return ", ".join(words)


def degrees(value: float | None) -> str:
    """One decimal: more would pretend."""
    return "-" if value is None else f"{value:.1f}°"


def dose_words(asked: Prescription) -> str:
    """Such as `3 x 8, hold 2 s, rest 60 s, red band, 3 a week`."""
    words = []
    if asked.reps:
        words.append(f"{asked.sets} x {asked.reps}" if asked.sets else f"{asked.reps} repetitions")
    elif asked.sets:
        words.append(f"{asked.sets} sets")
    for value, text in (
        (asked.hold_s, f"hold {asked.hold_s:g} s"),
        (asked.tempo_s, f"{asked.tempo_s:g} s a repetition"),
        (asked.rest_s, f"rest {asked.rest_s:g} s"),
        (asked.load_kg, f"{asked.load_kg:g} kg"),
        (asked.band, asked.band),
        (asked.per_week, f"{asked.per_week} a week"),
        (asked.feedback in HEARD, HEARD.get(asked.feedback, "")),
    ):
        if value:
            words.append(text)
    return ", ".join(words) or "no dose"
