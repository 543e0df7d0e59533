"""Days and times as this language writes them, by the clock of whoever looks."""

from datetime import datetime

from hiplevel.gui.words import tr


def day(ns: int | None) -> str:
    """Of nanoseconds since 1970; a dash where there is none."""
    return "–" if ns is None else _here(ns).strftime(tr("common.day"))


def moment(ns: int) -> str:
    """Day and time, to the minute."""
    return _here(ns).strftime(f"{tr('common.day')} %H:%M")


def _here(ns: int) -> datetime:
    return datetime.fromtimestamp(ns / 1e9).astimezone()
