"""What people said about a recording, and how it counts since, in words."""

import click

from hiplevel.cli.common import clock, print_json, table
from hiplevel.detect.corrections import Corrected
from hiplevel.model.edits import BadSpan, Correction
from hiplevel.model.events import Event, Note


def show_count(counted: Corrected, as_json: bool) -> None:
    """The count after all corrections."""
    if as_json:
        print_json(
            {
                "done": counted.done,
                "machine_reps": counted.machine_reps,
                "sets": [
                    {
                        "number": one.number,
                        "start_s": one.start_s,
                        "end_s": one.end_s,
                        "done": one.done,
                        "machine_reps": one.machine_reps,
                        "reps": [
                            {
                                "number": rep.number,
                                "time_s": rep.time_s,
                                "warm_up": rep.warm_up,
                                "added": rep.rep_number < 0,
                            }
                            for rep in one.reps
                        ],
                    }
                    for one in counted.sets
                ],
            }
        )
        return
    if not counted.sets:
        click.echo("No repetition counts.")
        return
    rows = [
        (one.number, f"{clock(one.start_s)} - {clock(one.end_s)}", one.done, len(one.reps) - one.done, one.machine_reps)
        for one in counted.sets
    ]
    click.echo(table(("set", "time", "count", "warm-up", "the machine counted"), rows))


def in_words(event: Event) -> str:
    """One thing that was said."""
    match event:
        case Correction(action="add"):
            return f"one more in set {event.set_number}, at {clock(event.time_s)}"
        case Correction(action="revoke"):
            return f"what was said as number {event.edit} taken back"
        case Correction(action="restart"):
            return f"set {event.set_number} begun anew at {clock(event.time_s)}"
        case Correction():
            what = f"repetition {event.rep_number} of set {event.set_number}"
            if event.rep_number <= 0:
                what = "one that was added" if event.rep_number else f"set {event.set_number}"
            return f"{what}: {'taken out' if event.action == 'undo' else event.action}"
        case BadSpan():
            text = f"not to be trusted: {clock(event.start_s)} to {clock(event.end_s)}"
            return f"{text} ({event.text})" if event.text else text
        case Note():
            return f"note: {event.text}"
        case _:
            return type(event).__name__
