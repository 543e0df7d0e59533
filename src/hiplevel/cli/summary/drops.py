"""Drops and data quality of a session in words."""

from hiplevel.cli.common import clock, count, indent, table
from hiplevel.cli.summary.facts import SIDES, Summary
from hiplevel.model.events import Gap, LinkLost
from hiplevel.model.limit_change import LimitChanged
from hiplevel.model.rules import Side

MAX_ROWS = 20


def drops_text(summary: Summary) -> str:
    """Drops by the side that fell, and the first of them."""
    if not summary.graded:
        return "Drops: not judged, see below"
    lines = ["Drops beyond the limit"]
    for side in SIDES:
        drops, limit = summary.drops(side), _limit(summary, side)
        if side == summary.stance and not drops:
            lines.append(f"  {side} side: it stands, so it is not watched")
            continue
        if not drops:
            lines.append(f"  {side} side: none ({limit})")
            continue
        worst, over_s = max(d.peak_deg for d in drops), sum(d.duration_s for d in drops)
        lines.append(f"  {side} side: {len(drops)} ({limit}), worst {worst:.1f}°, {over_s:.1f} s beyond the limit")
    lines += [
        f"  {usual.side} side, usual fall in a step: {usual.median_deg:.1f}°, {usual.strides} strides"
        for usual in summary.usual
    ]
    drops = summary.drops()
    rows = [(clock(d.start_s), d.side, f"{d.peak_deg:.1f}°", f"{d.duration_s:.1f} s") for d in drops[:MAX_ROWS]]
    if rows:
        lines.append(indent(table(("at", "side low", "peak", "for"), rows)))
    if len(drops) > MAX_ROWS:
        lines.append(f"  ... and {len(drops) - MAX_ROWS} more (--json lists all)")
    return "\n".join(lines)


def _limit(summary: Summary, side: Side) -> str:
    """The limit of a side, and from when on it was another."""
    deg = summary.rule.limit_deg(side)
    told, rule = [f"limit {deg:g}°"], summary.rule
    for change in summary.of(LimitChanged):
        before, rule = rule.limit_deg(side), change.applied_to(rule)
        if rule.limit_deg(side) != before:
            told.append(f"from {clock(change.time_s)} on {rule.limit_deg(side):g}°")
    return ", ".join(told)


def data_text(summary: Summary) -> str:
    """How much of the session can be judged."""
    gaps = [gap for gap in summary.of(Gap) if gap.reason != "paused"]
    paused = [gap for gap in summary.of(Gap) if gap.reason == "paused"]
    facts = [f"{100.0 * summary.covered:.1f} % of the time covered"]
    if gaps:
        facts.append(f"{count(len(gaps), 'gap')} of {sum(g.end_s - g.start_s for g in gaps):.1f} s together")
    if paused:
        facts.append(f"paused {count(len(paused), 'time')} for {sum(g.end_s - g.start_s for g in paused):.1f} s")
    silent = sum(event.reason == "stalled" for event in summary.of(LinkLost))
    if lost := len(summary.of(LinkLost)) - silent:
        facts.append(f"link lost {count(lost, 'time')}")
    if silent:
        facts.append(f"sensor silent {count(silent, 'time')}")
    if summary.lost_samples:
        facts.append(f"{count(summary.lost_samples, 'sample')} lost on the way")
    if summary.session.data.bad_s:
        facts.append(f"{summary.session.data.bad_s:.1f} s marked as not to be trusted")
    if summary.calibration is not None:
        facts.append(f"calibration from {summary.calibration.source}, quality {summary.calibration.quality:.0%}")
    if summary.clipped_samples:
        facts.append(f"{count(summary.clipped_samples, 'sample')} at the sensor's limit of measurement")
    return f"Data: {', '.join(facts)}"
