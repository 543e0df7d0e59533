"""The option --calibration: how the clip sits, from a file, as kept, or on trust."""

import json
from collections.abc import Callable
from typing import Any, TypeVar

import click

from hiplevel.cli.common import find_file
from hiplevel.model.calibration import Calibration, Place
from hiplevel.model.errors import InputError, Reason, UsageError

F = TypeVar("F", bound=Callable[..., Any])
PLACES: dict[str, Place] = {"back": "back", "left-side": "left side", "right-side": "right side"}


def calibration_option(command: F) -> F:
    """Add --calibration."""
    return click.option(
        "--calibration",
        "calibrated",
        metavar="FILE|saved|PLACE",
        help="How the clip sits: a file of `calibrate --out`, what `calibrate` kept, or back, left-side, right-side.",
    )(command)


def told_calibration(told: str, sensor_id: str, client: str, started_ns: int) -> Calibration:
    """The calibration that --calibration names.

    Raises
    ------
    HiplevelError
        when there is none, it has expired, or the file is none.
    """
    if told in PLACES:
        return Calibration.assumed(PLACES[told])
    if told == "saved":
        if not sensor_id:
            raise UsageError(
                "The file does not say which sensor it is, so no kept calibration can be looked up.",
                Reason.USAGE,
                "Write the calibration to a file with `calibrate --out`, and name that.",
            )
        from hiplevel.recording.calibrations import Calibrations

        return Calibrations().find(sensor_id, client, started_ns)
    path = find_file(told)
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise InputError(
            f"{path.name} is no calibration: it is not JSON.",
            Reason.CALIBRATION,
            "`hiplevel calibrate FILE --out cal.json` makes one of the movements.",
        ) from error
    return Calibration.from_json(data if isinstance(data, dict) else {})
