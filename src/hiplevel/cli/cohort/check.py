"""What was asked for, checked once: a wrong word is one error, and not one for each of hundreds of recordings."""

from dataclasses import replace
from typing import Any

from hiplevel.cli.common import find_file
from hiplevel.cli.loaded import csv_told
from hiplevel.cli.options.calibration import PLACES, told_calibration, worn
from hiplevel.cli.options.training import limits
from hiplevel.cli.summarized import Asked
from hiplevel.exercises import load_exercise
from hiplevel.model.errors import Reason, UsageError
from hiplevel.model.rules import DropRule


def checked(asked: Asked, columns: dict[str, Any]) -> Asked:
    """The same, with a calibration's file as any process finds it.

    Raises
    ------
    HiplevelError
        as each recording would.
    """
    if asked.exercise:
        load_exercise(asked.exercise)
    limits(DropRule(), asked.limit_deg, asked.left_deg, asked.right_deg)
    csv_told(columns)
    if worn(asked.left_axis, asked.up_axis) is not None and asked.calibrated is not None:
        raise UsageError("Say how the clip sits once: by --calibration or by its axes.", Reason.USAGE)
    if asked.calibrated is None or asked.calibrated == "saved" or asked.calibrated in PLACES:
        return asked
    file = str(find_file(asked.calibrated, recording=False).resolve())
    told_calibration(file, "", "", 0)
    return replace(asked, calibrated=file)
