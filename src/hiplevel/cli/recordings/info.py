"""`hiplevel recordings info`: what a recording says about itself."""

from typing import TYPE_CHECKING, Any

import click

from hiplevel.cli.common import clock, find_file, json_option, plain, print_json, say
from hiplevel.cli.options.completion import recording_names
from hiplevel.language.local_time import local_time
from hiplevel.model.events import is_edit
from hiplevel.model.limit_change import LimitChanged
from hiplevel.model.rules import DropRule

if TYPE_CHECKING:
    from hiplevel.model.calibration import Calibration
    from hiplevel.model.prescription import Prescription
    from hiplevel.recording.reader import Recording


@click.command()
@click.argument("file", shell_complete=recording_names)
@json_option
def info(file: str, as_json: bool) -> None:
    """Show what a recording says about itself, and how well it can be read."""
    from hiplevel.recording.reader import open_recording

    recording = open_recording(find_file(file))
    facts = _facts(recording)
    if as_json:
        print_json({**recording.info.to_json(), **facts})
        return
    rows = [(name, value) for name, value in _lines(recording, facts) if value]
    width = max(len(name) for name, _ in rows)
    click.echo("\n".join(f"{name:{width}}  {value}" for name, value in rows))
    for notice in recording.notices:
        say(f"Note: {notice}")


def _facts(recording: "Recording") -> dict[str, Any]:
    samples, health = recording.samples, recording.health
    facts = {
        "path": recording.path,
        "closed": recording.closed,
        "duration_s": recording.duration_s,
        "samples": len(samples),
        "events": len(recording.events),
        "notifications": sum(1 for _ in recording.notifications()),
        "health": None if health is None else plain(health),
        "notices": list(recording.notices),
    }
    result = plain(facts)
    assert isinstance(result, dict)
    return result


def _lines(recording: "Recording", facts: dict[str, Any]) -> list[tuple[str, str]]:
    head = recording.info
    started = local_time(head.started_ns, head.utc_offset_min)
    spec_vars = ", ".join(f"{name} {value}" for name, value in head.spec_vars.items())
    return [
        ("File", recording.path.name),
        ("Client", head.client),
        ("Started", f"{started:%Y-%m-%d %H:%M:%S} {started.tzname()}"),
        ("Source", f"SIMULATED, seed {head.seed}" if head.simulated else head.source),
        ("Sensor", " ".join(part for part in (head.sensor_name, head.sensor_id, head.firmware) if part)),
        ("Spec", f"{head.spec_id} ({spec_vars})" if spec_vars else head.spec_id),
        ("Exercise", f"{head.exercise or 'none named'}, stance {head.stance}"),
        ("Prescribed", _prescribed(head.prescription)),
        ("Drop limit", _limits(recording)),
        ("Calibration", _calibration(head.calibration)),
        ("Length", f"{clock(recording.duration_s)}, {'closed' if recording.closed else 'never closed'}"),
        ("Contents", f"{facts['samples']} samples, {facts['notifications']} packets, {facts['events']} events"),
        ("People said", _said(recording)),
        ("Note", head.note),
        ("Written by", ", ".join(f"{name} {version}" for name, version in head.versions.items())),
    ]


def _limits(recording: "Recording") -> str:
    """Those of the beginning, and from when on others held."""
    rule, told = recording.info.rule, [_both(recording.info.rule)]
    for event in recording.events:
        if isinstance(event, LimitChanged):
            rule = event.applied_to(rule)
            told.append(f"from {clock(event.time_s)} on {_both(rule)}")
    return "; ".join(told)


def _both(rule: DropRule) -> str:
    return f"left {rule.limit_deg('left'):g}°, right {rule.limit_deg('right'):g}°"


def _prescribed(asked: "Prescription | None") -> str:
    if asked is None:
        return ""
    told = (
        (asked.sets, "sets"),
        (asked.reps, "repetitions"),
        (asked.hold_s, "s of hold"),
        (asked.tempo_s, "s a repetition"),
        (asked.rest_s, "s of rest"),
    )
    dose = ", ".join(f"{number:g} {what}" for number, what in told if number) or "no dose"
    return f"{dose}{f' (by {asked.author})' if asked.author else ''}"


def _said(recording: "Recording") -> str:
    count = sum(is_edit(event) for event in recording.events)
    return f"{count} corrections and notes (hiplevel recordings said)" if count else ""


def _calibration(calibration: "Calibration | None") -> str:
    if calibration is None:
        return "none: neutral from keeping still at the start, clip upright at the back"
    return f"{calibration.source}, quality {calibration.quality:.0%}"
