"""The plot of drops found, missed and invented."""

from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from accuracy_parts import drops as events
from accuracy_parts import ideal
from accuracy_parts.score import EventScore
from hiplevel import DropRule

LIMIT_DEG = 4.0
FOUND, MISSED, INVENTED = "#2e8b57", "#c03030", "#e0a020"


def drops(data: Path) -> Figure:
    """Two cold recordings: one as most are, and the one with most mistakes."""
    rule = DropRule(LIMIT_DEG)
    scored = []
    for one in ideal.worn(data, ideal.SENSOR, lead=False):
        seen = ideal.followed(one, "own neutral", rule)["hiplevel"]
        true = events.true_drops(seen.time_s, seen.reference_deg, rule)
        pairs = events.add(EventScore(), seen.drops, true, rule)
        if len(true) >= 6:
            scored.append((len(seen.drops) + len(true) - 2 * len(pairs), one.recording.name, seen, true, pairs))
    scored.sort(key=lambda row: row[0])
    figure = Figure(figsize=(9.0, 5.0), layout="constrained")
    axes = figure.subplots(2, 1)
    for ax, (mistakes, name, seen, true, pairs) in zip(axes, (scored[len(scored) // 2], scored[-1]), strict=True):
        ax.plot(seen.time_s, seen.reference_deg, color="black", lw=1.8, alpha=0.6, label="optical")
        ax.plot(seen.time_s, seen.obliquity_deg, color="#0b6e8f", lw=1.0, label="hiplevel, cold")
        for side, level in (("right", LIMIT_DEG), ("left", -LIMIT_DEG)):
            ax.axhline(level, color="black", lw=0.7, ls=":")
            for index, drop in enumerate(true):
                if drop.side == side:
                    hit = any(j == index for _, j in pairs)
                    _shade(ax, drop, FOUND if hit else MISSED)
            for index, drop in enumerate(seen.drops):
                if drop.side == side and all(i != index for i, _ in pairs):
                    _shade(ax, drop, INVENTED)
        low, high = float(seen.reference_deg.min()), float(seen.reference_deg.max())
        mistaken = {0: "no mistake", 1: "1 mistake"}.get(mistakes, f"{mistakes} mistakes")
        ax.set(title=f"{name}: {len(true)} drops, {mistaken}", ylabel="obliquity, degrees (+ left side up)")
        ax.set_ylim(min(low, -LIMIT_DEG) - 2.0, max(high, LIMIT_DEG) + 2.0)
    axes[1].set_xlabel("time, s")
    for colour, label in ((FOUND, "found"), (MISSED, "missed"), (INVENTED, "invented")):
        axes[0].fill_between([], [], color=colour, alpha=0.35, label=label)
    figure.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=5)
    figure.suptitle("Drops beyond 4° on the right (above 0) and left (below 0), synthetic sensor, no still start")
    return figure


def _shade(ax: Axes, drop: events.Found, colour: str) -> None:
    """From level to far beyond the limit on the side that fell."""
    ax.fill_between(
        [drop.start_s, drop.end_s], 0.0, 60.0 if drop.side == "right" else -60.0, color=colour, alpha=0.3, lw=0
    )
