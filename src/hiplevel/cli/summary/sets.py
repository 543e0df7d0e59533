"""The sets of a session in words and as JSON: done, range, tempo, falls, and how they went towards the end."""

from typing import Any

from hiplevel.cli.common import clock, plain
from hiplevel.detect.falls import Fall
from hiplevel.detect.figures import LeftRight, Spread, Trend
from hiplevel.detect.metronome import MetronomeCount
from hiplevel.detect.session_summary import HoldsSummary, SessionSummary
from hiplevel.detect.set_summary import SetSummary

LOW_CONFIDENCE = 0.6
FAULT_WORDS = {
    "range-short": "range short",
    "range-long": "range long",
    "too-fast": "too fast",
    "too-slow": "too slow",
    "tilt": "tilting forward or back",
    "rotation": "turning",
    "shift": "shifting sideways",
    "obliquity": "one side sinking",
}


def set_text(one: SetSummary) -> str:
    """A few lines about one set."""
    lines = [f"Set {one.number}   {clock(one.start_s)} - {clock(one.end_s)}   {_done(one)}"]
    lines += [f"  {name:<19}{text}" for name, text in _figures(one) if text]
    return "\n".join(lines)


def holds_text(holds: HoldsSummary) -> str:
    """The holds in a line or two."""
    asked = f" of {holds.prescribed}" if holds.prescribed else ""
    facts = [f"Holds: {holds.done}{asked}"]
    if holds.held_s is not None:
        facts.append(f"{_spread(holds.held_s, ' s')} each")
    if holds.long_enough is not None:
        facts.append(f"{holds.long_enough} as long as asked")
    if holds.given_way:
        facts.append(f"{holds.given_way} gave way early")
    if holds.drift_deg_per_30s is not None and holds.rise_deg is not None:
        facts.append(f"raised {holds.rise_deg.mean:.1f}°, sank {holds.drift_deg_per_30s.mean:.1f}° in 30 s")
    if holds.at_ease:
        facts.append(f"{holds.at_ease} more may have been resting on one leg")
    return ", ".join(facts)


def left_right_text(both: LeftRight) -> str:
    """The two sides against each other, in degrees first."""
    far = abs(both.difference_deg)
    more = "the left" if both.difference_deg > 0.0 else "the right"
    text = f"left {both.left_deg:.1f}°, right {both.right_deg:.1f}°"
    text += ": alike" if far < 0.05 else f": {more} falls {far:.1f}° further"
    if both.symmetry_percent is not None:
        text += f" (symmetry index {both.symmetry_percent:+.0f} %)"
    return f"Furthest fall of a repetition, on average: {text}"


def metronome_text(count: MetronomeCount) -> str:
    """What the beats came to: what the sensor saw, and what only the beat says."""
    facts = [f"Metronome: {count.beats} beats", f"{count.reps} followed by a repetition"]
    if count.late_mean_s is not None:
        way = "late" if count.late_mean_s >= 0.0 else "early"
        facts[-1] += f", {abs(count.late_mean_s):.2f} s {way} on average"
        if count.late_sd_s is not None:
            facts[-1] += f" (SD {count.late_sd_s:.2f} s)"
    if count.moving:
        facts.append(f"{count.moving} by movement too small to count")
    if count.missed:
        facts.append(f"{count.missed} missed")
    if count.unseen:
        facts.append(f"{count.unseen} in which nothing was seen, which says nothing about what was done")
    return "; ".join(facts)


def sets_json(session: SessionSummary) -> list[dict[str, Any]]:
    """Every set with all its figures; sides by name, what there is none of as null."""
    return [_set_json(one) for one in session.sets]


def _set_json(one: SetSummary) -> dict[str, Any]:
    values = plain(one)
    assert isinstance(values, dict)
    del values["done"]
    for name in ("range_trend", "drop_trend", "rep_trend"):
        trend: Trend | None = getattr(one, name)
        if trend is not None:
            values[name]["change"] = trend.change
    values["falls"] = {fall.side: plain(fall) for fall in one.falls}
    values["peaks"] = left_right_json(one.peaks)
    return {**values, "reps": one.done, "out_to_back": one.out_to_back}


def left_right_json(both: LeftRight | None) -> dict[str, Any] | None:
    """With what follows from it."""
    if both is None:
        return None
    return {
        "left_deg": both.left_deg,
        "right_deg": both.right_deg,
        "difference_deg": both.difference_deg,
        "symmetry_percent": both.symmetry_percent,
    }


def _done(one: SetSummary) -> str:
    if one.all_warm_up:
        return f"{one.warm_up} repetitions of warm-up"
    asked = f" of {one.prescribed}" if one.prescribed else ""
    text = f"{one.done}{asked} {'repetition' if one.done == 1 and not asked else 'repetitions'}"
    by_machine = one.machine_reps - (one.done + one.warm_up - one.added)
    facts = [f"{one.warm_up} more as warm-up"] if one.warm_up else []
    facts += [f"{one.added} added by hand"] if one.added else []
    facts += [f"{by_machine} taken out by hand"] if by_machine else []
    return f"{text} ({', '.join(facts)})" if facts else text


def _figures(one: SetSummary) -> list[tuple[str, str]]:
    lines = [("range of motion", "" if one.range_deg is None else _spread(one.range_deg, "°"))]
    if one.rep_s is not None and one.out_s is not None and one.back_s is not None:
        hold = f", {one.hold_s.mean:.1f} s held" if one.hold_s is not None and one.hold_s.mean >= 0.5 else ""
        lines.append(
            ("tempo", f"{_spread(one.rep_s, ' s')}; {one.out_s.mean:.1f} s out, {one.back_s.mean:.1f} s back{hold}")
        )
    lines += [(f"{fall.side} side", _fall(fall)) for fall in one.falls]
    lines += zip(("first 3 to last 3", "", ""), _trends(one), strict=False)
    if one.faults:
        told = sorted(one.faults.items(), key=lambda item: -item[1])
        lines.append(("form", ", ".join(f"{FAULT_WORDS.get(code, code)} in {count}" for code, count in told)))
    if one.confidence is not None and one.confidence < LOW_CONFIDENCE:
        lines.append(("sureness", f"{_percent(one.confidence)}: the pelvis showed little, so the count may be off"))
    return lines


def _trends(one: SetSummary) -> list[str]:
    """First three against last three, where they are six."""
    told = (("range", one.range_trend, "°"), ("drop", one.drop_trend, "°"), ("time", one.rep_trend, " s"))
    return [
        f"{name} {trend.first:.1f} to {trend.last:.1f}{unit}, {trend.per_rep:+.2f}{unit} a repetition"
        for name, trend, unit in told
        if trend is not None and trend.first is not None and trend.last is not None
    ]


def _fall(fall: Fall) -> str:
    text = f"peak {fall.peak_deg:.1f}°, 95 % below {fall.p95_deg:.1f}°, mean {fall.mean_deg:.1f}°"
    if fall.over_s < 0.005:
        return f"{text}; never beyond the limit"
    return f"{text}; {fall.over_s:.1f} s beyond the limit ({_percent(fall.over_share)} of the set)"


def _spread(of: Spread, unit: str) -> str:
    text = f"{of.mean:.1f}{unit}"
    if of.count == 1:
        return text
    text += f" ({of.least:.1f} to {of.most:.1f})"
    return text if of.variation is None else f"{text}, variation {_percent(of.variation)}"


def _percent(share: float) -> str:
    return f"{100.0 * share:.0f} %"
