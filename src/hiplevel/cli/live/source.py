"""The sensor that is heard in a live session: the one named, remembered or asked for; and for how long."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from hiplevel.cli.common import say
from hiplevel.cli.live.ask import ask_sensor, can_ask
from hiplevel.session.ble_source import BleSource
from hiplevel.session.nearby import choose
from hiplevel.session.remembered_sensors import recall


def chosen_source(client: str, sensor: str, settings: dict[str, Any], as_json: bool) -> BleSource:
    """Of a sensor within reach. sensor: a spec, a name or an address; '' for the one used last.

    Raises
    ------
    HiplevelError
        as `choose` does.
    """
    if not sensor:
        say("Listening for sensors ...")
    ask = ask_sensor if can_ask() and not as_json else None
    chosen = choose(sensor, remembered=recall(client), ask=ask)
    if chosen.spec.caution:
        say(f"Note: {chosen.spec.caution}")
    say(f"Connecting to {chosen.wanted.words(chosen.spec.name)} ...")
    return BleSource(chosen.spec, wanted=chosen.wanted, settings=settings)


@contextmanager
def ended_after(seconds: float, source: BleSource) -> Iterator[None]:
    """Stops the source after so many seconds, unless it has ended before."""
    timer = threading.Timer(seconds, source.stop)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
