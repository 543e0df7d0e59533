"""What is trained, asked for where it was not told: exercise, leg, limit; and which of several sensors."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from hiplevel.cli.common import say
from hiplevel.cli.options.numbers import Whole
from hiplevel.exercises import list_exercises
from hiplevel.model.exercise import Exercise
from hiplevel.model.rules import STANCES, Stance

if TYPE_CHECKING:
    from hiplevel.sensors.ble.recognise import Heard


def can_ask() -> bool:
    """Whether there is somebody to ask."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask_exercise() -> str:
    """One of the catalogue."""
    exercises = list_exercises()
    for number, exercise in enumerate(exercises, 1):
        say(f"  {number:2}  {exercise.id:24} {exercise.name}")
    number = click.prompt("Exercise", type=Whole(1, len(exercises)), err=True)
    return exercises[number - 1].id


def ask_stance(exercise: Exercise) -> Stance:
    """The leg that stands."""
    options = [stance for stance in STANCES if stance in ("left", "right", "both")]
    told: Stance = click.prompt(
        f"Which leg stands ({exercise.name})", type=click.Choice(options), default="both", err=True
    )
    return told


def ask_sensor(question: str, heard: "Sequence[Heard]") -> "Heard | None":
    """One of those that were heard, or none."""
    say(question)
    for number, one in enumerate(heard, 1):
        say(f"  {number:2}  {one.name}  {one.specs[0].id}  {one.rssi_dbm} dBm  {one.address}")
    number = click.prompt("Which one (0: none)", type=Whole(0, len(heard)), default=0, err=True)
    return heard[number - 1] if number else None
