"""Options about how the clip sits: --calibration from a file, as kept, or on trust; or the axes that were seen."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from hiplevel.cli.common import find_file
from hiplevel.model.errors import InputError, Reason, UsageError

if TYPE_CHECKING:
    from hiplevel.model.calibration import Calibration, Place

F = TypeVar("F", bound=Callable[..., Any])
AXES = ("x", "-x", "y", "-y", "z", "-z")
TOLD_QUALITY = 0.5  # as that of a clip taken to sit upright at the back
PLACES: "dict[str, Place]" = {"back": "back", "left-side": "left side", "right-side": "right side"}


def calibration_option(command: F) -> F:
    """Add --calibration."""
    return click.option(
        "--calibration",
        "calibrated",
        metavar="FILE|saved|PLACE",
        help="How the clip sits: a file of `calibrate --out`, what `calibrate` kept, or back, left-side, right-side.",
    )(command)


def told_calibration(told: str, sensor_id: str, client: str, started_ns: int) -> "Calibration":
    """The calibration that --calibration names.

    Raises
    ------
    HiplevelError
        when there is none, it has expired, or the file is none.
    """
    from hiplevel.model.calibration import Calibration

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
    path = find_file(told, recording=False)
    hint = "`hiplevel calibrate FILE --out cal.json` makes one of the movements."
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise InputError(f"{path.name} is no calibration: it is not JSON.", Reason.CALIBRATION, hint) from error
    try:
        return Calibration.from_json(data if isinstance(data, dict) else {})
    except InputError as error:
        raise InputError(
            f"{path.name} is no calibration: what `calibrate` writes is not in it.", Reason.CALIBRATION, hint
        ) from error


def worn_options(command: F) -> F:
    """Add --left-axis and --up-axis."""
    for name, way in (("up", "up"), ("left", "to the wearer's left")):
        option = click.option(
            f"--{name}-axis", type=click.Choice(AXES), help=f"The axis printed on the sensor that pointed {way}."
        )
        command = option(command)
    return command


def worn(left_axis: str | None, up_axis: str | None) -> "Calibration | None":
    """The calibration of a clip worn that way, taken on trust: a neutral is still subtracted; None when not told.

    Raises
    ------
    UsageError
        USAGE for one axis without the other, or two that are not at right angles.
    """
    if left_axis is None and up_axis is None:
        return None
    if left_axis is None or up_axis is None or left_axis[-1] == up_axis[-1]:
        raise UsageError(
            "How the clip was worn takes two different axes of the sensor.",
            Reason.USAGE,
            "Say which pointed left and which up, such as --left-axis y --up-axis x.",
        )
    import numpy as np

    from hiplevel.model.calibration import Calibration

    left, up = ((-1.0 if axis[0] == "-" else 1.0) * np.eye(3)["xyz".index(axis[-1])] for axis in (left_axis, up_axis))
    reason = f"As told: the sensor's {left_axis} axis pointed left and its {up_axis} axis up."
    return Calibration(np.array([np.cross(left, up), left, up]), "mounting", TOLD_QUALITY, (reason,))
