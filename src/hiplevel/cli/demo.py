"""The whole of hiplevel without a sensor: a virtual one on a simulated person, over real Bluetooth code."""

import sys
import time
from pathlib import Path
from typing import Literal

import click

from hiplevel.cli.common import json_option, say
from hiplevel.cli.display import has_display
from hiplevel.cli.live.board import Board
from hiplevel.cli.live.view import live_view
from hiplevel.cli.options.numbers import Number, Whole
from hiplevel.cli.options.out_file import OutFile
from hiplevel.cli.simulated.source import simulated_source
from hiplevel.cli.summary.of_session import summary_of, tell_recorded
from hiplevel.cli.window import train_in_window
from hiplevel.model.rules import DropRule
from hiplevel.recording.names import new_path
from hiplevel.recording.sink import exists
from hiplevel.session.interrupt import ctrl_c_ends
from hiplevel.session.kept_angles import KeptAngles
from hiplevel.session.plan import Plan, session_on
from hiplevel.session.session import Session

SPEC, EXERCISE = "hiplevel.reference", "pelvic-drop"
STANCE: Literal["left"] = "left"
SECONDS, SEED, LIMIT_DEG = 32.0, 1, 6.0
REPS, TEMPO_S, PAUSE_S, REST_S = 6, 3.5, 0.1, 10.0
# Of six repetitions these (from 0) fall beyond the limit; two of them within the first 20 seconds.
BAD_REPS = {1: 9.0, 2: 8.5, 4: 9.5}
SHORT_S = 15.0


@click.command()
@click.option("--seconds", type=Number(1.0, 3600.0), default=SECONDS, show_default=True, help="How long.")
@click.option("--out", type=OutFile(), help="The recording to write, or the folder for it.")
@click.option("--seed", type=Whole(), default=SEED, show_default=True, help="Of the simulated person.")
@click.option(
    "--limit", type=Number(), default=LIMIT_DEG, show_default=True, help="The drop limit of the demo, degrees."
)
@click.option("--fast", is_flag=True, help="As fast as this computer can, not in real time.")
@click.option("--gui", is_flag=True, help="In the window, where there is a screen; else in the terminal.")
@json_option
def demo(seconds: float, out: Path | None, seed: int, limit: float, fast: bool, gui: bool, as_json: bool) -> None:
    """See it work without a sensor: a virtual one on a simulated person is heard over Bluetooth, counted, watched
    and recorded. Everything shown is simulated."""
    if gui and has_display() and not as_json:
        train_in_window(
            client="demo",
            exercise=EXERCISE,
            stance=STANCE,
            limit_deg=limit,
            simulated=True,
            folder=out if out is not None and out.is_dir() else None,
        )
        return
    interrupted = run_demo(seconds=seconds, out=out, seed=seed, limit_deg=limit, as_json=as_json, fast=fast)
    if interrupted:
        raise KeyboardInterrupt


def run_demo(
    *,
    seconds: float = SECONDS,
    out: Path | None = None,
    seed: int = SEED,
    limit_deg: float = LIMIT_DEG,
    as_json: bool = False,
    fast: bool = False,
) -> bool:
    """Run the demo; whether it was cut short with Ctrl-C."""
    rule = DropRule(limit_deg)
    path = out if out is not None and not out.is_dir() else new_path("demo", EXERCISE, time.time_ns(), out)
    if path.exists():
        raise exists(path)  # before anything starts
    source = simulated_source(
        EXERCISE,
        seconds=seconds,
        seed=seed,
        fast=fast,
        spec_id=SPEC,
        stance=STANCE,
        reps=REPS,
        tempo_s=TEMPO_S,
        pause_s=PAUSE_S,
        rest_s=REST_S,
        drops=BAD_REPS,
    )
    stream = sys.stderr if as_json else sys.stdout
    say("A virtual sensor on a simulated person. Everything shown is simulated. Ctrl-C ends it.")
    plan, angles = Plan(EXERCISE, STANCE, rule, client="demo", seed=seed), KeptAngles()
    with source:
        board = Board(
            f"{source.identity.name} (simulated) · {EXERCISE}, on the {STANCE} leg", rule, "set for this demo"
        )
        with live_view(board, stream) as view:
            session = session_on(source, plan, path, [view, angles])
            with ctrl_c_ends(session, source):
                session.run(source)
    _report(session, plan, angles, path, seconds, as_json)
    return session.interrupted


def _report(session: Session, plan: Plan, angles: KeptAngles, path: Path, seconds: float, as_json: bool) -> None:
    notices = []
    if session.interrupted:
        notices.append(f"Cut short with Ctrl-C after {session.duration_s:.1f} of {seconds:g} s.")
    elif seconds < SHORT_S:
        notices.append(f"{seconds:g} s is short: getting ready takes 8 s; try --seconds {SHORT_S + 5:g}.")
    tell_recorded(summary_of(session, plan, angles, simulated=True, notices=tuple(notices)), session, path, as_json)
