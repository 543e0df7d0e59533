"""`hiplevel doctor`: whether this computer has what hiplevel needs, and what to do where it has not."""

import sys
from collections.abc import Callable, Iterator

import click

from hiplevel.cli.common import count, json_option, print_json, say
from hiplevel.cli.doctor.check import Check

SIGNS = {"ok": "ok     ", "notice": "notice ", "problem": "PROBLEM"}


@click.command()
@click.option("--no-bluetooth", is_flag=True, help="Do not listen for sensors, which takes three seconds.")
@json_option
def doctor(no_bluetooth: bool, as_json: bool) -> None:
    """Check Python, packages, folders, disk, Bluetooth, permissions, sound and the window.

    A notice is something one can do without. Exit code 1 when there is a problem.
    """
    found: list[Check] = []
    for look in _looks(no_bluetooth):
        for check in look():
            found.append(check)
            if not as_json:
                click.echo(_line(check))
    problems = [check for check in found if check.state == "problem"]
    if as_json:
        print_json({"healthy": not problems, "checks": found})
    else:
        say(f"\n{count(len(problems), 'problem')}." if problems else "\nAll that is needed is there.")
    if problems:
        sys.exit(1)


def _looks(no_bluetooth: bool) -> Iterator[Callable[[], Iterator[Check]]]:
    from hiplevel.cli.doctor import computer, devices

    yield from (computer.python, computer.packages, computer.folders)
    if not no_bluetooth:
        yield devices.bluetooth
    yield from (devices.sound, devices.window)


def _line(check: Check) -> str:
    line = f"{SIGNS[check.state]}  {check.about:11} {check.text}"
    return "\n".join([line, *(f"{'':20} {hint}" for hint in check.hint.splitlines())])
