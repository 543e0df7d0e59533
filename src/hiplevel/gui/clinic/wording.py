"""Doses, limits, actions of the trail and courses in the window's language, as the terminal has them in English."""

from collections.abc import Mapping

from hiplevel.clinic.course import Course
from hiplevel.clinic.suggestion import SMALLEST_CHANGE_DEG
from hiplevel.gui.spoken import known, lies, name_of
from hiplevel.gui.words import all_words, count, tr, written
from hiplevel.model.prescription import Prescription


def limits_words(limits: Mapping[str, float | None]) -> str:
    """Limits in a few words: 8°, or each side's own."""
    sides = [(tr(f"sides.{side}"), limits[f"{side}_deg"]) for side in ("left", "right")]
    words = [_degrees(limits["threshold_deg"])]
    words += [f"{side} {_degrees(own)}" for side, own in sides if own is not None]
    if (warn := limits["warn_deg"]) is not None:
        words.append(tr("dose.warning", deg=_degrees(warn)))
    return ", ".join(words)


def dose_words(asked: Prescription) -> str:
    """Such as `3 × 8, hold 2 s, rest 60 s, 3 a week, red band`."""
    words = []
    if asked.reps and asked.sets:
        words.append(tr("dose.sets_of", sets=asked.sets, reps=asked.reps))
    elif asked.reps or asked.sets:
        words.append(count("dose.reps", asked.reps) if asked.reps else count("dose.sets", asked.sets))
    parts = [(name, getattr(asked, name)) for name in ("hold_s", "tempo_s", "rest_s", "load_kg", "per_week")]
    words += [tr(f"dose.{name}", n=written(value, "g")) for name, value in parts if value]
    words += [asked.band] if asked.band else []
    words += [tr(f"dose.feedback_{asked.feedback}")] if asked.feedback != "every" else []
    return ", ".join(words) or tr("dose.none")


def stance_words(stance: str, exercise_id: str) -> str:
    """The leg that stands, or the side one lies on; as it is kept when a later hiplevel wrote it."""
    if lies(stance, known(exercise_id)):
        return tr(f"clinic.lies_{stance}")
    key = f"clinic.stance_{stance}"
    return tr(key) if key in all_words("en") else stance


def action_words(action: str) -> str:
    """What a line of the trail tells of; as it stands there when a later hiplevel wrote it."""
    key = f"did.{action.replace('-', '_')}"
    return tr(key) if key in all_words("en") else action


def course_title(course: Course) -> str:
    """The exercise by its name, and the leg."""
    name = name_of(course.exercise) if course.exercise else tr("clinic.no_exercise")
    if course.stance not in ("left", "right"):
        return name
    lying = lies(course.stance, known(course.exercise))
    on = tr(f"clinic.on_side_{course.stance}") if lying else tr(f"clinic.on_leg_{course.stance}")
    return f"{name}, {on}"


def course_sentences(course: Course) -> list[str]:
    """What was done, and whether anything may be called a change."""
    told = count("clinic.sessions_of", len(course.points))
    if course.adherence is not None:
        told += tr("clinic.adherence", percent=f"{100.0 * course.adherence:.0f}")
    out = [f"{told}."]
    for trend in course.trends:
        key = "clinic.no_change" if not trend.real else "clinic.less" if trend.change_deg < 0 else "clinic.more"
        out.append(
            tr(
                key,
                side=tr(f"clinic.side_{trend.side}"),
                change=f"{abs(trend.change_deg):.0f}",
                first=f"{trend.first_deg:.0f}",
                last=f"{trend.last_deg:.0f}",
                least=written(SMALLEST_CHANGE_DEG, "g"),
            )
        )
    return out


def _degrees(value: float | None) -> str:
    return "-" if value is None else f"{written(value, 'g')}°"
