"""Which sides may fall, which is low, and which way a fall is drawn: downwards, in every plot and report."""

from hiplevel.model.rules import Side

LEVEL_DEG = 1.0  # less is level


def watched(stance: str) -> tuple[Side, ...]:
    """The sides that may fall: the one opposite the leg that stands, or both."""
    return {"left": ("right",), "right": ("left",)}.get(stance, ("left", "right"))  # type: ignore[return-value]


def low_side(level_deg: float | None) -> Side | None:
    """The side that is low at this obliquity, + = left side up; None when level or unknown."""
    if level_deg is None or abs(level_deg) < LEVEL_DEG:
        return None
    return "right" if level_deg > 0.0 else "left"


def drawn_sign(sides: tuple[Side, ...]) -> float:
    """What obliquity is multiplied with to be drawn upwards.

    Where one side is watched, its height is drawn, so that low is low, whichever leg stands, as on the pelvis beside
    it. Where both are, one has to go up: then the left side's height is drawn, as obliquity is in files.
    """
    return -1.0 if sides == ("right",) else 1.0


def fall_sign(side: Side, sides: tuple[Side, ...]) -> float:
    """Which way a fall of `side` is drawn: -1.0 down, 1.0 up."""
    return drawn_sign(sides) * (1.0 if side == "right" else -1.0)


def edge_sides(sides: tuple[Side, ...]) -> dict[str, tuple[Side, str]]:
    """What is said at the 'top' and at the 'bottom' of a plot: a side, and whether it is 'low' or 'high' there."""
    if len(sides) == 1:
        return {"top": (sides[0], "high"), "bottom": (sides[0], "low")}
    return {"top": ("right", "low"), "bottom": ("left", "low")}
