"""Dates with a time of day, as text."""

import re
from collections.abc import Sequence

import numpy as np

from hiplevel.model.errors import InputError, Reason
from hiplevel.recording.csv_values import Ints

_ZONE = re.compile(r"\s*(?:Z|([+-])(\d\d):?(\d\d)?)$")


def since_1970_ns(texts: Sequence[str], line: Ints, file: str) -> Ints:
    """(n,) nanoseconds of UTC; a date without a zone is taken for UTC. line: where each stands.

    Raises
    ------
    InputError
        NOT_A_NUMBER for what is no date and time.
    """
    out = np.empty(len(texts), dtype=np.int64)
    for row, text in enumerate(texts):
        bare = text.strip().strip("\"'").replace(",", ".")
        bare = f"{bare[:10]}T{bare[11:]}"
        zone = _ZONE.search(bare, len("2026-11-22T10:11"))
        offset_s = 0
        if zone is not None:
            bare = bare[: zone.start()]
            if zone[1]:
                offset_s = int(f"{zone[1]}1") * (int(zone[2]) * 3600 + int(zone[3] or 0) * 60)
        try:
            out[row] = np.datetime64(bare, "ns").astype(np.int64) - offset_s * 1_000_000_000
        except ValueError as error:
            raise InputError(
                f"Line {line[row]} of {file}: {text.strip()!r} is not a date and time.",
                Reason.NOT_A_NUMBER,
                "Write it as 2026-11-22T10:11:05.123Z.",
            ) from error
    return out
