"""`hiplevel sensors scan`: what is near, what hiplevel knows of it, how strong, how full."""

from typing import TYPE_CHECKING, Any

import click

from hiplevel.cli.common import json_option, print_json, say, table
from hiplevel.cli.options.numbers import Number

if TYPE_CHECKING:
    from hiplevel.sensors.ble.recognise import Heard

SECONDS = 4.0


@click.command()
@click.option("--seconds", type=Number(0.5, 120.0), default=SECONDS, show_default=True, help="How long to listen.")
@click.option("--battery", "ask_battery", is_flag=True, help="Connect to the known ones and read their charge.")
@click.option("--all", "everything", is_flag=True, help="List devices that hiplevel does not know as well.")
@json_option
def scan(seconds: float, ask_battery: bool, everything: bool, as_json: bool) -> None:
    """Listen for sensors: those hiplevel knows, how strong they are, and their charge where they tell it.

    A sensor that is connected to a phone or another computer does not advertise and is not heard.
    """
    from hiplevel.session.nearby import nearby

    say(f"Listening for {seconds:g} s ...")
    heard = nearby(seconds, ask_battery=ask_battery)
    known = [one for one in heard if one.specs]
    if as_json:
        print_json([_plain(one) for one in heard])
        return
    shown = heard if everything else known
    if shown:
        rows = [(one.name, _what(one), f"{one.rssi_dbm} dBm", _charge(one), one.address) for one in shown]
        click.echo(table(("name", "sensor", "signal", "battery", "address"), rows))
    else:
        click.echo("No sensor that hiplevel knows was heard. Wake it and bring it near.")
    if (others := len(heard) - len(known)) and not everything:
        click.echo(f"{others} other device{'' if others == 1 else 's'}; --all lists them.")
    for caution in dict.fromkeys(one.specs[0].caution for one in known):
        if caution:
            say(f"Note: {caution}")


def _what(heard: "Heard") -> str:
    return " or ".join(spec.id for spec in heard.specs) or "unknown"


def _charge(heard: "Heard") -> str:
    return "" if heard.battery_percent is None else f"{heard.battery_percent} %"


def _plain(heard: "Heard") -> dict[str, Any]:
    return {
        "name": heard.name,
        "address": heard.address,
        "rssi_dbm": heard.rssi_dbm,
        "recognised": bool(heard.specs),
        "specs": [spec.id for spec in heard.specs],
        "battery_percent": heard.battery_percent,
    }
