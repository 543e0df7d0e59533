"""`hiplevel recordings correct|note|bad|said`: what people add to a recording; the machine's own count stays in it."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hiplevel.cli.common import clock, find_file, json_option, print_json, shipped_recordings, table
from hiplevel.cli.common import say as warn
from hiplevel.cli.options.completion import recording_names
from hiplevel.cli.options.moments import LAST, SessionTime, Which
from hiplevel.cli.recordings.corrections_words import in_words, show_count
from hiplevel.detect.correct import Corrector
from hiplevel.detect.corrections import Corrected, corrected, taken_back
from hiplevel.model.edits import BadSpan, Correction
from hiplevel.model.errors import Reason, UsageError
from hiplevel.model.events import Event, Note, is_edit
from hiplevel.model.schema import event_to_json

if TYPE_CHECKING:
    from hiplevel.recording.reader import Recording


author_option = click.option("--author", default="", metavar="CODE", help="Who says so: a code, never a name.")


@click.command()
@click.argument("file", shell_complete=recording_names)
@click.option("--undo", type=Which(), is_flag=False, flag_value=LAST, help="Take out a repetition, or the last one.")
@click.option("--add", "add_s", type=SessionTime(), help="Count one more, at this time.")
@click.option("--restart-set", "restart", type=int, metavar="N", help="Begin set N anew: nothing in it counts so far.")
@click.option("--at", "at_s", type=SessionTime(), help="With --restart-set: what came until then.")
@click.option("--warm-up", type=Which(), help="Mark a set or a repetition as warm-up.")
@click.option("--work", type=Which(), help="It is work, not warm-up.")
@click.option("--take-back", type=int, is_flag=False, flag_value="0", metavar="[N]", help="Take back what was said.")
@author_option
@json_option
def correct(
    file: str,
    undo: tuple[int, int] | None,
    add_s: float | None,
    restart: int | None,
    at_s: float | None,
    warm_up: tuple[int, int] | None,
    work: tuple[int, int] | None,
    take_back: int | None,
    author: str,
    as_json: bool,
) -> None:
    """Put the count of a recording right, one correction at a time; without one, show how it counts.

    Sets and repetitions are numbered as `hiplevel analyze` shows them. Everything can be taken back: what people said
    has numbers too, which `hiplevel recordings said` lists.
    """
    given = {"undo": undo, "add": add_s, "restart-set": restart, "warm-up": warm_up, "work": work, "back": take_back}
    asked = [name for name, value in given.items() if value is not None]
    if len(asked) > 1:
        raise UsageError(f"One correction at a time, not --{asked[0]} and --{asked[1]}.", Reason.USAGE)
    if at_s is not None and restart is None:
        raise UsageError("--at belongs to --restart-set.", Reason.USAGE)

    def say(person: Corrector, end_s: float) -> Correction:
        if undo is not None:
            if undo[0] and not undo[1]:
                raise UsageError("Which repetition? Write --undo SET:REP, or --undo alone for the last.", Reason.USAGE)
            return person.undo(end_s if not undo[0] else 0.0, *undo)
        if add_s is not None:
            return person.add(add_s)
        if restart is not None:
            return person.restart(end_s if at_s is None else at_s, restart)
        if take_back is not None:
            return person.revoke(end_s, take_back)
        marked = warm_up or work
        assert marked is not None
        return person.warm_up(0.0, *marked, on=warm_up is not None)

    path = find_file(file)
    show_count(_amended(path, say, author) if asked else _counted(path)[1], as_json)


@click.command()
@click.argument("file", shell_complete=recording_names)
@click.argument("text")
@click.option("--at", "at_s", type=SessionTime(), default=0.0, help="When in the session; default: its start.")
@author_option
@json_option
def note(file: str, text: str, at_s: float, author: str, as_json: bool) -> None:
    """Write TEXT beside a moment of a recording."""
    if not text.strip():
        raise UsageError("There is no text in the note.", Reason.USAGE)
    said = Note(at_s, text, "note", author=_author(author) or "person", known_s=at_s)
    _add(find_file(file), lambda _: said, as_json)


@click.command()
@click.argument("file", shell_complete=recording_names)
@click.argument("start_s", type=SessionTime(), metavar="FROM")
@click.argument("end_s", type=SessionTime(), metavar="TO")
@click.argument("text", default="")
@author_option
@json_option
def bad(file: str, start_s: float, end_s: float, text: str, author: str, as_json: bool) -> None:
    """Mark a span of a recording as not to be trusted: no figure of a summary is taken from it."""
    if end_s <= start_s:
        raise UsageError(f"A span ends after it begins: {end_s:g} s is not after {start_s:g} s.", Reason.USAGE)
    said = BadSpan(start_s, end_s, text, _author(author), time.time_ns(), known_s=start_s)
    _add(find_file(file), lambda _: said, as_json)


@click.command()
@click.argument("file", shell_complete=recording_names)
@json_option
def said(file: str, as_json: bool) -> None:
    """List what people said about a recording, with the number to take each back by."""
    from hiplevel.recording.reader import open_recording

    every = [event for event in open_recording(find_file(file)).events if is_edit(event)]
    gone = taken_back(every)
    if as_json:
        print_json([{"number": n, "stands": n not in gone, **event_to_json(e)} for n, e in enumerate(every, 1)])
        return
    rows = [(n, clock(e.known_s), in_words(e), "taken back" if n in gone else "") for n, e in enumerate(every, 1)]
    click.echo(table(("number", "at", "what", ""), rows) if rows else "Nobody has said anything.")


def _amended(path: Path, say: Callable[[Corrector, float], Correction], author: str) -> Corrected:
    known = _author(author)

    from hiplevel.recording.export_events import events_of

    def event(recording: "Recording") -> Event:
        events = events_of(recording)
        end_s = max([0.0, recording.duration_s, *(event.known_s for event in events)])
        return say(Corrector(events, known, time.time_ns()), end_s)

    _amend(path, event)
    return _counted(path)[1]


def _add(path: Path, event: "Callable[[Recording], Event]", as_json: bool) -> None:
    added = _amend(path, event)
    if as_json:
        print_json(event_to_json(added))
    else:
        said = in_words(added)
        click.echo(f"{path.name}: {said}" if said.endswith((".", "!", "?")) else f"{path.name}: {said}.")


def _amend(path: Path, event: "Callable[[Recording], Event]") -> Event:
    from hiplevel.recording.amend import amend_with

    if path in shipped_recordings().values():
        raise UsageError(
            f"{path.name} is a sample that comes with hiplevel and stays as it is.", Reason.USAGE, "Copy it first."
        )
    added = amend_with(path, lambda recording: [event(recording)]).events[-1]
    if isinstance(added, (Correction, BadSpan)):
        from hiplevel.clinic.training import look_anew

        if problem := look_anew(path):
            warn(problem)
    return added


def _counted(path: Path) -> tuple[list[Event], Corrected]:
    from hiplevel.recording.export_events import events_of
    from hiplevel.recording.reader import open_recording

    events = events_of(open_recording(path))
    return events, corrected(events)


def _author(code: str) -> str:
    if not code:
        return ""
    from hiplevel.recording.names import check_client

    if check_client(code) == "machine":
        raise UsageError("The machine is no author of corrections.", Reason.USAGE)
    return code
