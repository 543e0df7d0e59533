"""One repetition: its course, its limit, and the pelvis as it stood at its lowest moment."""

import math

import numpy as np

from hiplevel.model.rules import Side
from hiplevel.report import svg
from hiplevel.report.session_data import RepDrawn, SessionReport
from hiplevel.report.svg import BLUE, GRID, INK, ORANGE, QUIET, SKY, Scale
from hiplevel.report.words import ENGLISH, Words


def repetition(report: SessionReport, drawn: RepDrawn, say: Words = ENGLISH) -> str:
    """One repetition: its course, the limit, and the pelvis from behind at its lowest moment."""
    width, height = 440.0, 190.0
    first, last = np.searchsorted(report.time_s, (drawn.rep.start_s - 0.5, drawn.rep.end_s + 0.5))
    time_s, values = report.time_s[first:last], report.obliquity_deg[first:last]
    limit_deg = report.rule_at(drawn.peak_s).limit_deg(drawn.side)
    sign = 1.0 if drawn.side == "right" else -1.0
    fall = sign * values
    x = Scale(float(time_s[0]), float(time_s[-1]), 58.0, 280.0)
    y = Scale(min(-3.0, float(fall.min())) * 1.1, max(limit_deg, float(fall.max()), 3.0) * 1.15, 30.0, height - 26.0)
    title = say(f"drawn.{drawn.kind}", n=drawn.shown_number, set=drawn.shown_set)
    body = [svg.text(4.0, 14.0, title, font_weight=600)]
    for tick in svg.ticks(y.from_value, y.to_value, 4):
        body += [
            svg.line(58.0, y(tick), 280.0, y(tick)),
            svg.text(52.0, y(tick) + 4.0, _high_or_low(tick, say), anchor="end", fill=QUIET),
        ]
    for tick in svg.ticks(0.0, float(time_s[-1] - time_s[0]), 4):
        body.append(
            svg.text(
                x(float(time_s[0]) + tick), height - 8.0, f"{say.number(tick, 'g')} s", anchor="middle", fill=QUIET
            )
        )
    body += [
        svg.line(58.0, y(0.0), 280.0, y(0.0), QUIET),
        svg.line(58.0, y(limit_deg), 280.0, y(limit_deg), ORANGE, 1.5, "5 4"),
        svg.path([(x(t), y(v)) for t, v in svg.thinned(time_s, fall, 240)], BLUE, 1.8),
        f'<circle cx="{x(drawn.peak_s):.1f}" cy="{y(drawn.peak_deg):.1f}" r="4" fill="{ORANGE}"/>',
        *_pelvis(drawn.side, drawn.peak_deg, limit_deg, 362.0, 86.0, say),
    ]
    side, deg = say(f"side.the_{drawn.side}"), say.number(drawn.peak_deg, ".1f")
    return svg.page(width, height, say("drawn.name", title=title, side=side, deg=deg), body)


def _high_or_low(fall_deg: float, say: Words) -> str:
    if abs(fall_deg) < 1e-9:
        return say("drawn.level")
    return say("drawn.low" if fall_deg > 0.0 else "drawn.high", deg=say.number(abs(fall_deg), "g"))


def _pelvis(side: Side, peak_deg: float, limit_deg: float, cx: float, cy: float, say: Words) -> list[str]:
    """A bar with two hips, turned about the hip that stands, against the level and the limit."""
    low = 1.0 if side == "right" else -1.0
    stands = cx - low * 52.0
    reach = 104.0

    def end(angle_deg: float) -> tuple[float, float]:
        angle = math.radians(angle_deg)
        return stands + low * reach * math.cos(angle), cy + reach * math.sin(angle)

    x, y = end(peak_deg)
    limit_x, limit_y = end(limit_deg)
    way = "low" if peak_deg >= 0.05 else "high"
    words = say(f"drawn.side_{way}", side=say(f"side.{side}_side"), deg=say.number(abs(peak_deg), ".1f"))
    return [
        svg.line(cx - 66.0, cy, cx + 66.0, cy, GRID, 1.5, "4 4"),
        svg.line(stands, cy, limit_x, limit_y, ORANGE, 1.5, "5 4"),
        svg.line(stands, cy, stands, cy + 62.0, SKY, 12.0),
        svg.line(x, y, x, y + 50.0, GRID, 12.0),
        f'<line x1="{stands:.1f}" y1="{cy:.1f}" x2="{x:.1f}" y2="{y:.1f}" stroke="{INK}" stroke-width="9" '
        'stroke-linecap="round"/>',
        f'<circle cx="{stands:.1f}" cy="{cy:.1f}" r="7" fill="{SKY}" stroke="{INK}"/>',
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="7" fill="{ORANGE if peak_deg > limit_deg else SKY}" stroke="{INK}"/>',
        svg.text(cx, 44.0, words, anchor="middle", font_weight=600),
        svg.text(cx, cy + 86.0, say("drawn.behind"), anchor="middle", fill=QUIET, font_size=11),
    ]
