"""The columns of a cohort's table."""

from collections.abc import Sequence

from hiplevel.cli.cohort.figures import COUNTS, DATA, FALLS, OF_DROP, OF_REP, tried_columns
from hiplevel.cli.summary.facts import SIDES

OF_SIDE = ("limit_deg", "drops", "beyond_limit_s", "rep_median_deg", "step_median_deg", *FALLS)


def columns_of(each: str, what_if_deg: Sequence[float]) -> list[str]:
    """Between the head and the reason of a failure: of a row for each of the `recordings`, `reps` or `drops`."""
    if each == "reps":
        return ["set", "rep", "warm_up", "by_hand", *OF_REP, "faults"]
    if each == "drops":
        return [*OF_DROP, "set", "rep"]
    return [
        *("duration_s", "rate_hz", *DATA, "calibration", "calibration_quality", "sigma_deg"),
        *("sets", "reps", "median_rom_deg", *COUNTS),
        *(f"{side}_{name}" for side in SIDES for name in OF_SIDE),
        *tried_columns(what_if_deg),
        "notices",
    ]
