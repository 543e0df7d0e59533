"""`hiplevel live`: train with a sensor, counted, watched and recorded."""

import sys
import time
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from hiplevel.cli.common import json_option, say
from hiplevel.cli.live.ask import can_ask
from hiplevel.cli.live.board import Board
from hiplevel.cli.live.keyboard import keys
from hiplevel.cli.live.keys import LiveKeys
from hiplevel.cli.live.plan import Told, plan_of, tempo_of
from hiplevel.cli.live.sound import heard
from hiplevel.cli.live.source import chosen_source, ended_after
from hiplevel.cli.live.view import live_view
from hiplevel.cli.options.calibration import calibration_option, told_calibration
from hiplevel.cli.options.numbers import Number, Whole
from hiplevel.cli.options.out_file import OutFile
from hiplevel.cli.options.sensor_settings import read_settings, settings_option
from hiplevel.cli.options.training import training_options
from hiplevel.cli.simulated.source import simulated_source
from hiplevel.cli.summary.of_session import summary_of, tell_recorded
from hiplevel.cli.window import gui_option, train_in_window, window_takes
from hiplevel.model.errors import LinkError, Reason, UsageError
from hiplevel.model.exercise import CountAt
from hiplevel.recording.names import check_client, new_path
from hiplevel.recording.sink import exists
from hiplevel.session.ble_source import BleSource
from hiplevel.session.interrupt import ctrl_c_ends
from hiplevel.session.kept_angles import KeptAngles
from hiplevel.session.plan import Plan, session_on
from hiplevel.session.remembered_sensors import remember
from hiplevel.session.session import Session

SIMULATED_S = 60.0
ENDLESS = "until you press q"
# What the window's guide can be given; the rest is chosen there.
IN_WINDOW = (
    *("client", "exercise", "stance", "limit_deg", "left_deg", "right_deg"),
    *("sensor", "simulated", "sets", "reps", "rest_s"),
)


@click.command()
@click.option("--client", default="", metavar="CODE", help="Who trains: a code, never a name.")
@training_options
@click.option("--sets", type=Whole(), default=0, help="How many sets are to be done.")
@click.option("--reps", type=Whole(), default=0, help="How many repetitions in a set.")
@click.option("--hold", "hold_s", type=Number(0.0), default=0.0, metavar="S", help="How long to hold.")
@click.option("--rest", "rest_s", type=Number(0.0), default=0.0, metavar="S", help="How long to rest.")
@click.option("--count-at", type=click.Choice(("turn", "end")), help="Count at the turn, or when it is back.")
@click.option(
    "--metronome",
    is_flag=False,
    flag_value="",
    metavar="[TEMPO]",
    help="A beat that leads: out-hold-back-home in s, such as 2-1-2-0; alone: as prescribed, or as is usual.",
)
@click.option("--sensor", default="", metavar="SPEC|NAME|ADDRESS", help="Which sensor; else the one used last.")
@settings_option
@calibration_option
@click.option("--note", default="", help="A remark, kept in the recording.")
@click.option("--out", type=OutFile(), help="The recording to write, or the folder for it.")
@click.option("--seconds", type=Number(1.0), help=f"How long; else {ENDLESS}.")
@click.option("--mute", is_flag=True, help="No tones for drops, no tick for repetitions.")
@click.option("--simulated", is_flag=True, help="A virtual sensor on a simulated person, and labelled so.")
@click.option("--seed", type=Whole(), default=0, show_default=True, help="Of the simulated person.")
@click.option("--fast", is_flag=True, help="With --simulated: as fast as this computer can.")
@gui_option
@json_option
def live(
    client: str,
    exercise: str | None,
    stance: Any,
    limit_deg: float | None,
    left_deg: float | None,
    right_deg: float | None,
    sets: int,
    reps: int,
    hold_s: float,
    rest_s: float,
    count_at: CountAt | None,
    metronome: str | None,
    sensor: str,
    settings: tuple[str, ...],
    calibrated: str | None,
    note: str,
    out: Path | None,
    seconds: float | None,
    mute: bool,
    simulated: bool,
    seed: int,
    fast: bool,
    gui: bool,
    as_json: bool,
) -> None:
    """Train: repetitions are counted, drops beyond the limit are flagged as they happen, everything is recorded.

    Limits are set by your clinician; those of the catalogue are presets. What is not told is asked for, on a terminal.
    Training feedback, not diagnosis: stop when something hurts.
    """
    if client:
        check_client(client)
    if simulated and (settings or (sensor and not gui)):
        raise UsageError("--sensor and --set are for a real sensor, not for --simulated.", Reason.USAGE)
    if gui:
        window_takes(*IN_WINDOW, *(("out",) if out is not None and out.is_dir() else ()))
        train_in_window(
            client=client,
            exercise=exercise,
            stance=stance,
            limit_deg=limit_deg,
            left_deg=left_deg,
            right_deg=right_deg,
            simulated=simulated,
            spec=sensor,
            folder=out,
            sets=sets,
            reps=reps,
            rest_s=rest_s,
        )
        return
    limits = (limit_deg, left_deg, right_deg)
    told = Told(client, exercise, stance, limits, sets, reps, hold_s, rest_s, note, seed if simulated else None)
    plan, limit_source = plan_of(told, ask=can_ask() and not as_json)
    plan = replace(plan, count_at=count_at, tempo=None if metronome is None else tempo_of(metronome, plan))
    name = plan.exercise_id
    path = out if out is not None and not out.is_dir() else new_path(client, name, time.time_ns(), out)
    if path.exists():
        raise exists(path)  # before anything starts
    if simulated:
        say("A virtual sensor on a simulated person. Everything shown is simulated.")
        legs = {} if plan.stance not in ("left", "right") else {"stance": plan.stance}
        length_s = seconds or SIMULATED_S
        source = simulated_source(name or "pelvic-drop", seconds=length_s, seed=seed, fast=fast, **legs)
    else:
        source = chosen_source(client, sensor, read_settings(settings), as_json)
    with ExitStack() as inside:
        inside.enter_context(source)
        if not simulated:
            remember(client, source.spec.origin or source.spec.id, source.identity)
        if calibrated is not None:
            at_ns = source.clock.now_ns()
            plan = plan.calibrated(told_calibration(calibrated, source.identity.address, client, at_ns))
        label = f"{source.identity.name}{' (simulated)' if source.identity.simulated else ''}"
        pipeline = plan.pipeline()
        title = f"{label} · {name or 'no exercise'}, stance {plan.stance}"
        board = Board(title, pipeline.rule, limit_source, at_turn=plan.at_turn(pipeline.exercise))
        view = inside.enter_context(live_view(board, sys.stderr if as_json else sys.stdout))
        angles = KeptAngles()
        cues = inside.enter_context(heard(plan.pipeline().exercise, plan.prescription, mute or fast or as_json))
        session = session_on(source, plan, path, [view, *cues, angles])
        inside.enter_context(ctrl_c_ends(session, source))
        inside.enter_context(keys(LiveKeys(session, board, source.stop, cues, plan)))
        if seconds is not None and not simulated:
            inside.enter_context(ended_after(seconds, source))
        session.run(source)
    _report(session, angles, plan, path, source, as_json)


def _report(session: Session, angles: KeptAngles, plan: Plan, path: Path, source: BleSource, as_json: bool) -> None:
    notices = ("Cut short with Ctrl-C.",) if session.interrupted else ()
    summary = summary_of(session, plan, angles, simulated=source.identity.simulated, notices=notices)
    tell_recorded(summary, session, path, as_json)
    if plan.client and not source.identity.simulated:
        from hiplevel.clinic.training import keep_session

        if problem := keep_session(path, plan.client):
            say(problem)
    if session.interrupted:
        raise KeyboardInterrupt
    if session.lost:
        raise LinkError(
            f"The link to {source.identity.name} was lost and did not come back; what came before is recorded.",
            Reason.LINK_LOST,
            "Charge the sensor, or bring it nearer, and start again.",
        )
