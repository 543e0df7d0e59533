"""What a session comes to, and how it is told once it has ended."""

import shlex
from pathlib import Path

import click

from hiplevel.cli.common import print_json, program
from hiplevel.cli.summary.facts import Summary
from hiplevel.cli.summary.text import summary_text
from hiplevel.detect.falls import Angles
from hiplevel.session.plan import Plan
from hiplevel.session.session import Session


def summary_of(
    session: Session, plan: Plan, angles: Angles, *, simulated: bool, notices: tuple[str, ...] = ()
) -> Summary:
    """The figures of a session that has ended."""
    pipeline, health = plan.pipeline(), session.health
    return Summary(
        events=tuple(session.events),
        exercise=pipeline.exercise,
        stance=plan.stance,
        rule=pipeline.rule,
        duration_s=session.duration_s,
        rate_hz=health.rate_hz,
        simulated=simulated,
        lost_samples=health.lost,
        clipped_samples=health.clipped,
        notices=notices,
        angles=angles,
        prescription=plan.prescription,
        calibration=plan.calibration,
    )


def tell_recorded(summary: Summary, session: Session, path: Path, as_json: bool) -> None:
    """The figures, where the recording is, and how to see it again."""
    replay = f"{program()} replay {shlex.quote(str(path))}"
    if as_json:
        latency_ms = {name: session.latency_ms(part) for name, part in (("p50", 0.5), ("p99", 0.99), ("worst", 1.0))}
        print_json({**summary.to_json(), "latency_ms": latency_ms, "recording": path, "replay": replay})
        return
    recorded = "Recorded (simulated):" if summary.simulated else "Recorded:"
    again = f"{'Watch it again:':{len(recorded)}} {replay}"
    click.echo(f"\n{summary_text(summary)}\n\n{recorded} {path}\n{again}")
