"""`hiplevel together`: several people, or several sensors, at once; each with a recording of its own."""

import contextlib
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from hiplevel.cli.common import json_option, print_json, say, table
from hiplevel.cli.live.plan import Told, plan_of
from hiplevel.cli.live.view import LineView
from hiplevel.cli.options.numbers import Number
from hiplevel.cli.options.out_file import OutFile
from hiplevel.cli.options.training import training_options
from hiplevel.cli.simulated.sources_together import simulated_class
from hiplevel.detect.corrections import corrected
from hiplevel.model.errors import Reason, UsageError
from hiplevel.model.events import Drop
from hiplevel.recording.names import check_client, new_path
from hiplevel.sensors.ble.inbox import Inbox
from hiplevel.session.ble_host import BleHost
from hiplevel.session.ble_source import BleSource, platform_radio
from hiplevel.session.nearby import Chosen, choose, nearby
from hiplevel.session.plan import session_on
from hiplevel.session.remembered_sensors import recall, remember
from hiplevel.session.session import Session
from hiplevel.session.together import gather_s, run_together

SIMULATED_S = 30.0


@click.command()
@click.argument("who", metavar="CLIENT[=SENSOR]...", nargs=-1, required=True)
@training_options
@click.option("--seconds", type=Number(1.0), help="How long; else until Ctrl-C.")
@click.option("--out", type=OutFile(folder=True), help="The folder for the recordings.")
@click.option("--simulated", is_flag=True, help="Virtual sensors on simulated people, and labelled so.")
@click.option("--fast", is_flag=True, help="With --simulated: as fast as this computer can.")
@json_option
def together(
    who: tuple[str, ...],
    exercise: str | None,
    stance: Any,
    limit_deg: float | None,
    left_deg: float | None,
    right_deg: float | None,
    seconds: float | None,
    out: Path | None,
    simulated: bool,
    fast: bool,
    as_json: bool,
) -> None:
    """Train with several sensors at once: a class, or a sensor on each thigh.

    CLIENT is the code of a person, or of a place such as left-thigh. Their sensor is the one they used last, or the one
    named: c-017=C0:12:34:56:78:9A. One radio serves all; each has a recording of its own. Ctrl-C ends it in order.
    """
    codes = _codes(who)
    plans = [plan_of(Told(code, exercise, stance, (limit_deg, left_deg, right_deg)), ask=False)[0] for code in codes]
    stream = sys.stderr if as_json else sys.stdout
    with contextlib.ExitStack() as inside:
        if simulated:
            say("Virtual sensors on simulated people. Everything shown is simulated.")
            length_s = seconds or SIMULATED_S
            sources = simulated_class(inside, len(codes), plans[0].exercise_id, length_s, fast=fast)
        else:
            sources = _sources(inside, codes)
        sessions = []
        for code, plan, source in zip(codes, plans, sources, strict=True):
            path = new_path(code, plan.exercise_id, source.clock.now_ns(), out)
            sessions.append((session_on(source, plan, path, [LineView(stream, code)]), path))
        if seconds is not None and not simulated:
            timer = threading.Timer(seconds, _stop_all, [sources])
            timer.start()
            inside.callback(timer.cancel)
        raised: list[BaseException | None] = []
        try:
            raised += run_together([(one, source) for (one, _), source in zip(sessions, sources, strict=True)])
        except KeyboardInterrupt as interrupt:
            raised.append(interrupt)
    rows = [_row(code, one, path) for code, (one, path) in zip(codes, sessions, strict=True)]
    if as_json:
        print_json(rows)
    else:
        heads = ("client", "sensor lost", "samples", "lost", "sets", "reps", "drops", "recording")
        click.echo("\n" + table(heads, [list(row.values()) for row in rows]))
    for error in raised:
        if error is not None:
            raise error


def _stop_all(sources: Sequence[BleSource]) -> None:
    for source in sources:
        source.stop()


def _codes(who: Sequence[str]) -> dict[str, str]:
    """Client -> sensor that was named, '' for the remembered one."""
    codes: dict[str, str] = {}
    for one in who:
        code, _, sensor = one.partition("=")
        if check_client(code) in codes:
            raise UsageError(f"{code} is named twice.", Reason.USAGE, "Each sensor needs a code of its own.")
        codes[code] = sensor
    return codes


def _sources(inside: contextlib.ExitStack, codes: dict[str, str]) -> list[BleSource]:
    """Connected one after the other, on one radio."""
    say("Listening for sensors ...")
    heard = nearby()
    chosen: dict[str, Chosen] = {}
    for code, named in codes.items():
        remembered = recall(code)
        if not named and remembered is None:
            raise UsageError(
                f"No sensor is known for {code}.", Reason.NOT_FOUND, f"Name it: {code}=NAME or {code}=ADDRESS"
            )
        chosen[code] = choose(named, remembered=remembered, listen=lambda: heard)
    host = inside.enter_context(BleHost(lambda: platform_radio(Inbox())))
    sources = []
    for code, one in chosen.items():
        say(f"Connecting {one.wanted.words(one.spec.name)} for {code} ...")
        source = inside.enter_context(BleSource(one.spec, host=host, wanted=one.wanted, gather_s=gather_s(len(chosen))))
        remember(code, source.spec.origin or source.spec.id, source.identity)
        sources.append(source)
    addresses = [source.identity.address for source in sources]
    if len(set(addresses)) < len(addresses):
        raise UsageError("Two clients were given the same sensor.", Reason.USAGE, "Name each: CLIENT=ADDRESS")
    return sources


def _row(code: str, session: Session, path: Path) -> dict[str, Any]:
    counted = corrected(session.events)
    return {
        "client": code,
        "link_lost": session.lost,
        "samples": session.health.samples,
        "lost_samples": session.health.lost,
        "sets": sum(one.done > 0 for one in counted.sets),
        "reps": counted.done,
        "drops": sum(isinstance(event, Drop) for event in session.events),
        "recording": str(path),
    }
