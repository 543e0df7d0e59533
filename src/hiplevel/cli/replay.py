"""`hiplevel replay`: a recording through the same session as live, and whether it comes to the same events."""

import sys

import click

from hiplevel.cli.common import find_file, json_option, print_json, say
from hiplevel.cli.live.board import Board
from hiplevel.cli.live.view import live_view
from hiplevel.cli.options.calibration import calibration_option, told_calibration
from hiplevel.cli.options.completion import recording_names
from hiplevel.cli.options.numbers import Number
from hiplevel.cli.pace import Paced
from hiplevel.cli.pauses import ShowsPauses
from hiplevel.cli.same_events import RECALIBRATED, STOPPED, compare
from hiplevel.cli.summary.of_session import summary_of
from hiplevel.cli.summary.text import summary_text
from hiplevel.cli.window import gui_option, open_window, window_takes
from hiplevel.model.exercise import CountAt
from hiplevel.model.rules import Stance
from hiplevel.model.schema import event_to_json
from hiplevel.recording.reader import Recording, open_recording
from hiplevel.sensors.spec import parse_spec
from hiplevel.sensors.stream import SensorStream
from hiplevel.session.interrupt import ctrl_c_ends
from hiplevel.session.kept_angles import KeptAngles
from hiplevel.session.plan import Plan
from hiplevel.session.session import Session
from hiplevel.session.source import FileSource
from hiplevel.session.stream import NoLink, Stream


@click.command()
@click.argument("file", shell_complete=recording_names)
@click.option(
    "--speed",
    type=Number(0.0, 1000.0),
    default=1.0,
    show_default=True,
    help="How many times as fast as it was; 0: as fast as possible.",
)
@calibration_option
@gui_option
@json_option
def replay(file: str, speed: float, calibrated: str | None, gui: bool, as_json: bool) -> None:
    """Play FILE again: its bytes through the same code as live, with the same events at the end.

    FILE is a recording, or a name from `hiplevel recordings list`. Ctrl-C ends it.
    """
    if gui:
        window_takes("file")
        open_window([find_file(file)])
        return
    recording = open_recording(find_file(file))
    for notice in recording.notices:
        say(f"Note: {notice}")
    info = recording.info
    calibration = info.calibration
    if calibrated is not None:
        calibration = told_calibration(calibrated, info.sensor_id, info.client, info.started_ns)
    stance: Stance = info.stance  # type: ignore[assignment] # the head is JSON; the pipeline judges it
    count_at: CountAt | None = "turn" if info.count_at == "turn" else "end" if info.count_at else None
    plan = Plan(recording.exercise, stance, info.rule, calibration, prescription=info.prescription, count_at=count_at)
    paced = Paced(FileSource(recording), speed)
    board = _board(recording, at_turn=plan.at_turn(recording.exercise))
    with live_view(board, sys.stderr if as_json else sys.stdout) as view:
        pipeline, angles = plan.pipeline(), KeptAngles()
        pipeline.hear(recording.events)
        session = Session(_stream(recording), pipeline, views=[view, angles], coach=plan.coach(pipeline))
        source = ShowsPauses(paced, board, recording.events, lambda: session.duration_s)
        with ctrl_c_ends(session, source):
            session.run(source)
    summary = summary_of(session, plan, angles, simulated=info.simulated, notices=recording.notices)
    verdict = compare(recording, session.events) if calibrated is None else RECALIBRATED
    verdict = STOPPED if session.interrupted else verdict
    if as_json:
        events = [event_to_json(event) for event in session.events]
        print_json({"summary": summary.to_json(), "recorded": verdict, "events": events})
    else:
        click.echo(f"\n{summary_text(summary)}\n\n{verdict['text']}")
    if session.interrupted:
        raise KeyboardInterrupt


def _stream(recording: Recording) -> Stream:
    info = recording.info
    if info.source == "import":
        return NoLink()
    return SensorStream(parse_spec(info.spec_toml, f"the spec {info.spec_id} in the recording"), **info.spec_vars)


def _board(recording: Recording, *, at_turn: bool) -> Board:
    info = recording.info
    what = [info.sensor_name or info.source, *(["SIMULATED"] if info.simulated else []), info.exercise or "no exercise"]
    return Board(f"replay · {' · '.join(what)}, stance {info.stance}", info.rule, "as recorded", at_turn=at_turn)
