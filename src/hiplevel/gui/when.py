"""Days and times as this language writes them, by the clock of the place where it was."""

from hiplevel.gui.words import tr
from hiplevel.language.local_time import local_time


def day(ns: int | None, utc_offset_min: int | None = None) -> str:
    """Of nanoseconds since 1970; a dash where there is none."""
    return "–" if ns is None else local_time(ns, utc_offset_min).strftime(tr("common.day"))


def moment(ns: int, utc_offset_min: int | None = None) -> str:
    """Day and time, to the minute."""
    return local_time(ns, utc_offset_min).strftime(f"{tr('common.day')} %H:%M")
