"""`--set NAME=VALUE`: the settings of a sensor on the command line."""

from typing import Any

import click

from hiplevel.model.errors import Reason, UsageError

Settings = dict[str, int | float | str]


def settings_option(command: Any) -> Any:
    """Add --set NAME=VALUE, as often as there are settings."""
    return click.option(
        "--set", "settings", multiple=True, metavar="NAME=VALUE", help="A setting of the sensor, such as rate=100."
    )(command)


def read_settings(given: tuple[str, ...]) -> Settings:
    """The settings of --set: numbers where they read as numbers."""
    settings: Settings = {}
    for text in given:
        name, mark, value = text.partition("=")
        if not mark:
            raise UsageError(f"--set {text} has no value.", Reason.USAGE, f"Write --set {text}=VALUE.")
        settings[name.strip()] = _number(value.strip())
    return settings


def _number(text: str) -> int | float | str:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text
