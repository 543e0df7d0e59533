"""The angle over a session with its sets, limits and drops."""

import json

import numpy as np

from hiplevel.model.sides import drawn_sign, edge_sides, fall_sign
from hiplevel.report import svg
from hiplevel.report.session_data import SessionReport
from hiplevel.report.svg import BLUE, ORANGE, QUIET, SKY, Scale
from hiplevel.report.words import ENGLISH, Words

WIDTH, HEIGHT = 900.0, 300.0
LEFT, RIGHT, TOP, BOTTOM = 66.0, 12.0, 26.0, 30.0
COLUMNS = 800
BREAK_S = 0.3  # a hole in the samples is a hole in the line
LEAST_DEG = 6.0


def trace(report: SessionReport, say: Words = ENGLISH) -> str:
    """The whole session, drawn as `drawn_sign` says. `y` takes obliquity, + = left side up."""
    if not len(report.time_s):
        return ""
    x = Scale(float(report.time_s[0]), float(report.time_s[-1]), LEFT, WIDTH - RIGHT)
    limits = {side: report.rule.limit_deg(side) for side in report.sides}
    left_deg = max([LEAST_DEG, -float(report.obliquity_deg.min()), *(v for s, v in limits.items() if s == "left")])
    right_deg = max([LEAST_DEG, float(report.obliquity_deg.max()), *(v for s, v in limits.items() if s == "right")])
    ends = (-min(left_deg, 45.0) * 1.1, min(right_deg, 45.0) * 1.1)  # the left side low, the right side low
    bottom_deg, top_deg = ends if drawn_sign(report.sides) > 0.0 else ends[::-1]
    y = Scale(bottom_deg, top_deg, HEIGHT - BOTTOM, TOP)
    body = [*_frame(report, x, y, say), *_sets(report, x, say), *_limits(report, x, y), *_line(report, x, y)]
    body += _drops(report, x, y, say)
    body.append(
        '<g class="hover" visibility="hidden"><line y1="26" y2="270" stroke="#5b6773"/>'
        '<circle r="4" fill="none" stroke="#1f2933" stroke-width="1.5"/></g>'
    )
    told = json.dumps(
        {"x": [x.from_value, x.to_value, x.from_px, x.to_px], "y": [y.from_value, y.to_value, y.from_px, y.to_px]}
    )
    return svg.page(WIDTH, HEIGHT, say("page.trace"), body, ident="trace", data=f" data-scale='{told}'")


def hover_points(report: SessionReport) -> str:
    """The points of the trace as JSON: [[seconds, degrees], ...], for the pointer."""
    points = svg.thinned(report.time_s, report.obliquity_deg, COLUMNS)
    return json.dumps([[round(t, 2), round(v, 1)] for t, v in points], separators=(",", ":"))


def hover_words(say: Words) -> str:
    """What the pointer tells, as JSON: a line for each side with # for the degrees, and the decimal mark."""
    lines = {side: say("drawn.side_low", side=say(f"side.{side}_side"), deg="#") for side in ("left", "right")}
    return json.dumps({**lines, "mark": say.number(0.5, ".1f")[1]}, ensure_ascii=False)


def _frame(report: SessionReport, x: Scale, y: Scale, say: Words) -> list[str]:
    body, ends = [], (y.from_value, y.to_value)
    for tick in svg.ticks(min(ends), max(ends)):
        words = f"{say.number(abs(tick), 'g')}°"
        body += [
            svg.line(LEFT, y(tick), WIDTH - RIGHT, y(tick)),
            svg.text(LEFT - 6.0, y(tick) + 4.0, words, anchor="end", fill=QUIET),
        ]
    body.append(svg.line(LEFT, y(0.0), WIDTH - RIGHT, y(0.0), QUIET))
    for tick in svg.ticks(x.from_value, x.to_value, 8):
        words = f"{int(tick) // 60}:{int(tick) % 60:02d}"
        body.append(svg.text(x(tick), HEIGHT - 10.0, words, anchor="middle", fill=QUIET))
    for edge, (side, way) in edge_sides(report.sides).items():
        at, anchor = (TOP + 8.0, "end") if edge == "top" else (HEIGHT - BOTTOM - 4.0, "start")
        body.append(
            f'<text transform="translate(14 {at:.1f}) rotate(-90)" text-anchor="{anchor}" '
            f'fill="{QUIET}">{say(f"drawn.{side}_{way}")}</text>'
        )
    return body


def _sets(report: SessionReport, x: Scale, say: Words) -> list[str]:
    body = []
    for one in report.summary.sets:
        if one.done or one.warm_up:
            width = max(x(one.end_s) - x(one.start_s), 1.0)
            body.append(svg.rect(x(one.start_s), TOP, width, HEIGHT - TOP - BOTTOM, SKY, opacity=0.16))
            words = say("drawn.set" if one.done else "drawn.warm_up", n=one.number, done=one.done)
            body.append(svg.text(x(one.start_s) + 2.0, TOP - 8.0, words, fill=QUIET))
    return body


def _limits(report: SessionReport, x: Scale, y: Scale) -> list[str]:
    """Each limit over the time it was in force."""
    body = []
    end_s = float(report.time_s[-1])
    rule, from_s = report.rule, x.from_value
    for change in (*report.changes, None):
        until_s = end_s if change is None else change.time_s
        for side in report.sides:
            at_deg = rule.limit_deg(side) * (1.0 if side == "right" else -1.0)
            body.append(svg.line(x(from_s), y(at_deg), x(until_s), y(at_deg), ORANGE, 1.3, "6 4"))
        if change is not None:
            body.append(svg.line(x(until_s), TOP, x(until_s), HEIGHT - BOTTOM, ORANGE, 1.0, "2 3"))
            rule, from_s = change.applied_to(rule), until_s
    return body


def _line(report: SessionReport, x: Scale, y: Scale) -> list[str]:
    holes = np.flatnonzero(np.diff(report.time_s) > BREAK_S) + 1
    parts = zip(np.split(report.time_s, holes), np.split(report.obliquity_deg, holes), strict=True)
    share = COLUMNS / max(len(report.time_s), 1)
    return [
        svg.path([(x(t), y(v)) for t, v in svg.thinned(time_s, values, max(int(len(time_s) * share), 2))], BLUE, 1.1)
        for time_s, values in parts
        if len(time_s) > 1
    ]


def _drops(report: SessionReport, x: Scale, y: Scale, say: Words) -> list[str]:
    body = []
    for drop in report.drops:
        at_deg = drop.peak_deg * (1.0 if drop.side == "right" else -1.0)
        words = say(
            "drawn.drop",
            side=say(f"side.{drop.side}_side"),
            deg=say.number(drop.peak_deg, ".1f"),
            s=say.number(drop.duration_s, ".1f"),
            limit=say.number(drop.limit_deg, "g"),
        )
        left, width = x(drop.start_s), max(x(drop.end_s) - x(drop.start_s), 2.0)
        edge = y(drop.limit_deg if drop.side == "right" else -drop.limit_deg)
        body.append(svg.rect(left, min(edge, y(at_deg)), width, abs(y(at_deg) - edge), ORANGE, words, 0.55))
        below = -fall_sign(drop.side, report.sides)
        tip, base = y(at_deg) + 3.0 * below, 7.0 * below
        body.append(svg.wedge(left + 0.5 * width, tip, base, ORANGE, words, 4.0))
    return body
