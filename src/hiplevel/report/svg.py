"""Drawing: numbers to SVG, with nothing but text. Colours are told apart by the colour-blind, and by shape as well."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

import numpy as np

from hiplevel.model.samples import Floats

INK, QUIET, GRID = "#1f2933", "#5b6773", "#dde2e8"
BLUE, ORANGE, SKY = "#1f5a92", "#c2570c", "#9cc3e6"
FONT = "system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif"


@dataclass(frozen=True)
class Scale:
    """A straight map from values to pixels."""

    from_value: float
    to_value: float
    from_px: float
    to_px: float

    def __call__(self, value: float) -> float:
        """The pixel of a value."""
        span = self.to_value - self.from_value
        return self.from_px + (value - self.from_value) / (span or 1.0) * (self.to_px - self.from_px)


def ticks(low: float, high: float, about: int = 6) -> list[float]:
    """Round numbers from `low` to `high`."""
    span = max(high - low, 1e-9)
    rough = span / about
    power = 10.0 ** np.floor(np.log10(rough))
    step = next(power * m for m in (1.0, 2.0, 5.0, 10.0) if power * m >= rough)
    first = np.ceil(low / step - 1e-9)
    return [float(n * step) for n in range(int(first), int(np.floor(high / step + 1e-9)) + 1)]


def page(width: float, height: float, title: str, body: Iterable[str], *, ident: str = "", data: str = "") -> str:
    """A whole drawing with a title that is read out. data: further attributes."""
    name = f' id="{escape(ident)}"' if ident else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg"{name} viewBox="0 0 {width:g} {height:g}" role="img" '
        f'font-family="{FONT}" font-size="12" fill="{INK}"{data}>\n<title>{escape(title)}</title>\n'
        + "\n".join(body)
        + "\n</svg>"
    )


def text(x: float, y: float, words: str, *, anchor: str = "start", fill: str = INK, **more: object) -> str:
    """Words at a place; `more` are attributes, font_size or font_weight."""
    extra = "".join(f' {name.replace("_", "-")}="{value}"' for name, value in more.items())
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{fill}"{extra}>{escape(words)}</text>'


def line(x1: float, y1: float, x2: float, y2: float, colour: str = GRID, width: float = 1.0, dash: str = "") -> str:
    """A straight line."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" stroke-width="{width:g}"'
        f"{dashed}/>"
    )


def path(points: Sequence[tuple[float, float]], colour: str = BLUE, width: float = 1.3) -> str:
    """A line through points."""
    told = " ".join(f"{'M' if at == 0 else 'L'}{x:.1f} {y:.1f}" for at, (x, y) in enumerate(points))
    return f'<path d="{told}" fill="none" stroke="{colour}" stroke-width="{width:g}" stroke-linejoin="round"/>'


def rect(x: float, y: float, width: float, height: float, fill: str, title: str = "", opacity: float = 1.0) -> str:
    """A filled rectangle; its title shows while the pointer is over it."""
    shape = f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}"'
    shape += f' fill-opacity="{opacity:g}"' if opacity < 1.0 else ""
    return f"{shape}><title>{escape(title)}</title></rect>" if title else f"{shape}/>"


def dot(x: float, y: float, radius: float, fill: str, title: str = "") -> str:
    """A filled circle; its title shows while the pointer is over it."""
    told = f"<title>{escape(title)}</title>" if title else ""
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" fill="{fill}">{told}</circle>'


def wedge(x: float, y: float, base: float, fill: str, title: str = "", half: float = 3.5) -> str:
    """A triangle with its tip at (x, y) and its base `base` below it, above when negative."""
    told = f"<title>{escape(title)}</title>" if title else ""
    return f'<path d="M{x:.1f} {y:.1f} l{-half:g} {base:g} h{2 * half:g} z" fill="{fill}">{told}</path>'


def thinned(time_s: Floats, values: Floats, columns: int) -> list[tuple[float, float]]:
    """At most two points a column, its least and its most in their order: no peak is lost, whatever the length."""
    count = len(time_s)
    if count <= 2 * columns:
        return list(zip(time_s.tolist(), values.tolist(), strict=True))
    edges = np.unique(np.linspace(0, count, columns + 1).astype(int))
    out: list[tuple[float, float]] = []
    for first, last in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        part = values[first:last]
        rows = sorted({first + int(part.argmin()), first + int(part.argmax())})
        out += [(float(time_s[at]), float(values[at])) for at in rows]
    return out
