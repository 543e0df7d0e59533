"""Moments by the clock of the place where they happened."""

from datetime import UTC, datetime, timedelta, timezone


def local_time(ns: float, utc_offset_min: int | None = None) -> datetime:
    """Of nanoseconds since 1970, in the zone that a recording kept, or in this computer's where none was kept."""
    kept = None if utc_offset_min is None else timezone(timedelta(minutes=utc_offset_min))
    return datetime.fromtimestamp(ns / 1e9, kept or UTC).astimezone(kept)


def utc_offset_min(ns: float) -> int:
    """This computer's at that moment, summer time included."""
    offset = local_time(ns).utcoffset()
    assert offset is not None
    return round(offset.total_seconds() / 60)
