"""When a pelvic drop counts: the limit set by the clinician, per side, with hysteresis and a minimum duration."""

from dataclasses import dataclass, fields, replace
from numbers import Real
from typing import Literal, Self

from hiplevel.model.errors import Reason, UsageError

Side = Literal["left", "right"]
Stance = Literal["left", "right", "both", "auto"]
STANCES: tuple[Stance, ...] = ("left", "right", "both", "auto")
MAX_LIMIT_DEG = 45.0
LIMIT_OF = {"threshold_deg": "", "left_deg": " for the left side", "right_deg": " for the right side"}


@dataclass(frozen=True)
class DropRule:
    """A drop limit.

    Attributes
    ----------
    threshold_deg : alarm limit, degrees of fall of the non-stance side below neutral
    hysteresis_deg : the drop ends when it is this much below the limit again
    min_duration_s : the limit must be exceeded this long before the alarm; the drop still starts at the crossing
    warn_deg : level at which to take care, below every limit; None for no warning
    left_deg, right_deg : limit for the left or the right side falling; None means threshold_deg

    Raises
    ------
    UsageError
        with reason RULE for a limit that cannot be meant.
    """

    threshold_deg: float = 5.0
    hysteresis_deg: float = 1.0
    min_duration_s: float = 0.1
    left_deg: float | None = None
    right_deg: float | None = None
    warn_deg: float | None = None

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if value is not None and not isinstance(value, Real):
                raise UsageError(f"{field.name} is {value!r}; it must be a number.", Reason.RULE)
        for name in ("threshold_deg", "left_deg", "right_deg"):
            value = getattr(self, name)
            if value is None:
                continue
            if not 0.0 < value <= MAX_LIMIT_DEG:
                raise UsageError(
                    f"A drop limit of {value:g} degrees{LIMIT_OF[name]} cannot be meant: write a number above "
                    f"0 and up to {MAX_LIMIT_DEG:g}; positive always means the unsupported side is lower.",
                    Reason.RULE,
                )
        if not 0.0 <= self.hysteresis_deg < self.lowest_deg:
            raise UsageError(
                f"A hysteresis of {self.hysteresis_deg:g} degrees must be 0 or more and below the limit of "
                f"{self.lowest_deg:g} degrees.",
                Reason.RULE,
            )
        if self.warn_deg is not None and not self.hysteresis_deg < self.warn_deg < self.lowest_deg:
            raise UsageError(
                f"A warning at {self.warn_deg:g} degrees must lie above the hysteresis of {self.hysteresis_deg:g} and "
                f"below the limit of {self.lowest_deg:g} degrees.",
                Reason.RULE,
            )
        if not 0.0 <= self.min_duration_s <= 10.0:
            raise UsageError(
                f"A minimum duration of {self.min_duration_s:g} s must lie between 0 and 10 s.", Reason.RULE
            )

    def limit_deg(self, side: Side) -> float:
        """The limit for `side` falling, degrees."""
        own = self.left_deg if side == "left" else self.right_deg
        return self.threshold_deg if own is None else own

    def with_limits(self, threshold_deg: float, left_deg: float | None, right_deg: float | None) -> Self:
        """This rule with other limits; a warning that would not lie below them is left out."""
        lowest = min(threshold_deg if side is None else side for side in (left_deg, right_deg))
        warn_deg = None if self.warn_deg is None or self.warn_deg >= lowest else self.warn_deg
        return replace(self, threshold_deg=threshold_deg, left_deg=left_deg, right_deg=right_deg, warn_deg=warn_deg)

    @property
    def lowest_deg(self) -> float:
        """The lower of the two sides' limits, degrees."""
        return min(self.limit_deg("left"), self.limit_deg("right"))
