"""The plots of docs/accuracy.md: `draw` makes them all. Needs matplotlib (dependency group 'bench')."""

from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from accuracy_parts import ideal, plots_drops, wear, why
from accuracy_parts.pelvis import Compared, compared
from accuracy_parts.sets import Floats
from hiplevel import DropRule

OURS, COLD, MAKER = "hiplevel led in", "hiplevel cold", "sensor maker's filter"
COLOURS = {OURS: "#0b6e8f", MAKER: "#c8721a", COLD: "#7d3c98", "plain": "#8a8a8a"}
DPI = 90


def draw(data: Path, folder: Path) -> None:
    """Every plot as PNG into the folder."""
    mpl.rcParams.update({"font.size": 9, "axes.spines.top": False, "axes.spines.right": False, "axes.grid": True})
    mpl.rcParams.update({"grid.alpha": 0.25, "legend.frameon": False, "axes.titlesize": 10})
    folder.mkdir(parents=True, exist_ok=True)
    every = list(compared(data))
    figures = {
        "against-optical": _against_optical(every),
        "by-task": _by_task(every),
        "what-is-left": _what_is_left(data),
        "error-over-time": _error_over_time(data),
        "led-in-and-cold": _led_in_and_cold(data),
        "drops": plots_drops.drops(data),
        "ten-minutes": _ten_minutes(),
    }
    for name, figure in figures.items():
        figure.savefig(folder / f"{name}.png", dpi=DPI, metadata={"Software": None})


def _against_optical(every: Sequence[Compared]) -> Figure:
    """A good, a typical and the worst recording, by the spread of the error."""
    long = [one for one in every if len(one.recording.samples) >= 100]
    long.sort(key=lambda one: float(np.std(one.obliquity_deg[OURS] - one.recording.obliquity_deg)))
    figure = Figure(figsize=(9.0, 3.4), layout="constrained")
    axes = figure.subplots(1, 3)
    chosen = (("good (1 in 10 is better)", 0.1), ("typical (median)", 0.5), ("worst", 1.0))
    for ax, (label, place) in zip(axes, chosen, strict=True):
        one = long[round(place * (len(long) - 1))]
        t, optical = one.recording.samples.time_s, one.recording.obliquity_deg
        ax.plot(t, optical, color="black", lw=2.2, alpha=0.75, label="optical markers")
        for how, style in ((OURS, "-"), (MAKER, "--")):
            angle = one.obliquity_deg[how]
            ax.plot(t, angle - np.mean(angle - optical), style, color=COLOURS[how], lw=1.4, label=how)
        spread = np.std(one.obliquity_deg[OURS] - optical)
        ax.set(title=f"{label}: {one.recording.task}, {spread:.1f}°", xlabel="time, s")
    axes[0].set_ylabel("obliquity, degrees (+ left side up)")
    figure.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=3)
    figure.suptitle("Pelvic obliquity against optical markers, constant offset removed (recordings of 1 s or more)")
    return figure


def _by_task(every: Sequence[Compared]) -> Figure:
    spreads = {name: why.task_spread(ones) for name, ones in why.by_task(every).items()}
    names = sorted(spreads, key=lambda name: spreads[name][0])
    figure = Figure(figsize=(7.5, 5.6), layout="constrained")
    ax = figure.subplots()
    at = np.arange(len(names))
    for place, how in enumerate((OURS, MAKER)):
        values = [spreads[name][place] for name in names]
        ax.barh(at + 0.2 - 0.4 * place, values, height=0.38, color=COLOURS[how], label=how)
    ax.axvspan(0.7, 2.7, color="black", alpha=0.07, lw=0, label="how far two marker lines on the pelvis differ")
    ax.set(yticks=at, yticklabels=names, xlabel="spread of the obliquity error, degrees (median of the recordings)")
    ax.set_title("The error belongs to the task, not to the filter")
    ax.legend(loc="lower right")
    return figure


def _what_is_left(data: Path) -> Figure:
    left = why.rest_of_error(data)
    labels = [
        "as measured",
        "the maker's filter",
        "one mounting for all fitted",
        "a mounting a task fitted",
        "a time shift a task fitted",
        "the rate dated at its stamp",
        "our filter from the maker's",
    ]
    figure = Figure(figsize=(7.5, 3.4), layout="constrained")
    ax = figure.subplots()
    at = np.arange(len(labels))[::-1]
    ax.barh(at, [left[label][1] for label in labels], color="#cfdde3", label="90th percentile of 116 recordings")
    ax.barh(at, [left[label][0] for label in labels], color=COLOURS[OURS], height=0.5, label="median")
    ax.set(yticks=at, yticklabels=labels, xlabel="spread of the obliquity error, degrees")
    ax.set_title("Undoing one suspect after the other")
    figure.legend(loc="outside lower center", ncols=2)
    return figure


def _error_over_time(data: Path) -> Figure:
    """Median and 90th percentile over recordings of the absolute error, second by second."""
    figure = Figure(figsize=(9.0, 3.2), layout="constrained")
    axes = figure.subplots(1, 2, sharey=True)
    seconds = np.arange(0.0, 20.0)
    for ax, lead in zip(axes, (True, False), strict=True):
        rows: dict[str, list[Floats]] = {"plain": [], "hiplevel": []}
        for one in ideal.worn(data, ideal.SENSOR, lead=lead):
            for how, seen in ideal.followed(one, "own neutral", DropRule()).items():
                since, error_deg = seen.time_s - one.moves_s, seen.error_deg
                per_second = [error_deg[(since >= s) & (since < s + 1.0)] for s in seconds]
                rows[how].append(np.array([np.sqrt(np.mean(e**2)) if e.size else np.nan for e in per_second]))
        for how, colour in (("plain", COLOURS["plain"]), ("hiplevel", COLOURS[OURS])):
            _band(ax, seconds + 0.5, np.array(rows[how]), colour, how)
        ax.set(title="three still seconds first" if lead else "cold", xlabel="time since the movement began, s")
    axes[0].set(ylabel="rms obliquity error, degrees", ylim=(0.0, 1.6))
    axes[0].legend(title="line: median, band: up to 90th percentile")
    figure.suptitle("Synthetic sensor from optical markers, neutral found by itself: biases of 0.5°/s and 20 mg, noise")
    return figure


def _band(ax: Axes, x: Floats, rows: Floats, colour: str, label: str) -> None:
    median, p90 = np.nanpercentile(rows, (50, 90), axis=0)
    ax.plot(x, median, color=colour, lw=1.8, label=label)
    ax.fill_between(x, median, p90, color=colour, alpha=0.18, lw=0)


def _led_in_and_cold(data: Path) -> Figure:
    figure = Figure(figsize=(7.0, 3.4), layout="constrained")
    ax = figure.subplots()
    for lead, style in ((True, "-"), (False, "--")):
        rms: dict[str, list[float]] = {"hiplevel": [], "plain": []}
        for one in ideal.worn(data, ideal.SENSOR, lead=lead):
            for how, seen in ideal.followed(one, "own neutral", DropRule()).items():
                rms[how].append(float(np.sqrt(np.mean(seen.error_deg[seen.time_s >= one.moves_s] ** 2))))
        for how, colour in (("hiplevel", COLOURS[OURS]), ("plain", COLOURS["plain"])):
            share = 100.0 * np.arange(1, len(rms[how]) + 1) / len(rms[how])
            ax.plot(np.sort(rms[how]), share, style, color=colour, label=f"{how}, {'led in' if lead else 'cold'}")
    ax.set(
        xlabel="rms obliquity error of a recording, degrees", ylabel="recordings with less, %", xlim=0, ylim=(0, 101)
    )
    ax.set_title("What three still seconds are worth (synthetic sensor from optical markers)")
    ax.legend(loc="lower right")
    return figure


def _ten_minutes() -> Figure:
    figure = Figure(figsize=(9.0, 3.0), layout="constrained")
    ax = figure.subplots()
    simulated = wear.session(2)
    for how, colour in (("plain", COLOURS["plain"]), ("hiplevel", COLOURS[OURS])):
        time_s, error_deg = wear.errors(simulated)[how]
        ax.plot(time_s[::20], error_deg[::20], color=colour, lw=0.6, alpha=0.8, label=how)
    for part in simulated.truth.parts:
        if part.exercise == "still":
            ax.axvspan(part.start_s, part.end_s, color="black", alpha=0.12, lw=0)
    for sign in (-0.5, 0.5):
        ax.axhline(sign, color="#b03030", lw=1.0, ls=":")
    ax.set(xlabel="time, s", ylabel="obliquity error, degrees", ylim=(-1.3, 1.3))
    ax.set_title("Simulated wear with hops, 1°/s gyroscope bias; grey: standing still")
    ax.legend(loc="upper right", ncols=2)
    return figure
