"""Choosing the sensor of a session: the one that was used before, the one that was named, or the only one near."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hiplevel.model.errors import LinkError
from hiplevel.sensors.ble.errors import another, not_found, several
from hiplevel.sensors.ble.inbox import Inbox
from hiplevel.sensors.ble.recognise import Heard, look_around
from hiplevel.sensors.ble.wanted import Wanted
from hiplevel.sensors.spec.catalogue import list_specs, load_spec
from hiplevel.sensors.spec.sensor import Spec
from hiplevel.session.ble_source import OpenRadio, platform_radio
from hiplevel.session.remembered_sensors import Remembered

LISTEN_S = 4.0
# Asked which of several to take; None: none of them.
Ask = Callable[[str, Sequence[Heard]], Heard | None]


@dataclass(frozen=True)
class Chosen:
    """The sensor to use: its spec, and which one of that kind."""

    spec: Spec
    wanted: Wanted


def nearby(
    seconds: float = LISTEN_S,
    *,
    ask_battery: bool = False,
    open_radio: OpenRadio = platform_radio,
) -> list[Heard]:
    """Everything heard in that time, what is recognised first. LinkError as for `look_around`."""

    async def listen() -> list[Heard]:
        async with open_radio(Inbox()) as radio:
            return await look_around(radio, list_specs(), seconds, ask_battery=ask_battery)

    return asyncio.run(listen())


def choose(
    named: str = "",
    *,
    remembered: Remembered | None = None,
    ask: Ask | None = None,
    listen: Callable[[], list[Heard]] = nearby,
) -> Chosen:
    """The sensor by spec id or file, name or address; with nothing named the remembered one, else the only one near.

    `ask` is for a person: which of several, or whether another one than the remembered. Without it that is an error.

    Raises
    ------
    LinkError
        SENSOR_NOT_FOUND, SEVERAL_SENSORS, OTHER_SENSOR, or what listening raises.
    """
    if named and _is_spec(named):
        return Chosen(load_spec(named), Wanted())
    heard = listen()
    known = [one for one in heard if one.specs]
    if named:
        return _named(named, known, heard)
    if remembered is not None:
        wanted = remembered.wanted
        if any(wanted.fits(one.address, one.name) for one in heard) or not known:
            return Chosen(load_spec(remembered.spec), wanted)
        return _asked(ask, known, another(wanted.words(""), _names(known)))
    if not known:
        raise not_found("sensor that hiplevel knows", len(heard))
    if len(known) == 1:
        return Chosen(known[0].specs[0], known[0].wanted)
    return _asked(ask, known, several("what hiplevel knows", _names(known)))


def _named(named: str, known: Sequence[Heard], heard: Sequence[Heard]) -> Chosen:
    fitting = [one for one in known if named.lower() in (one.name.lower(), one.address.lower())]
    if not fitting:
        raise not_found(named, len(heard), known=True)
    if len(fitting) > 1:
        raise several(named, _names(fitting))
    return Chosen(fitting[0].specs[0], fitting[0].wanted)


def _asked(ask: Ask | None, known: Sequence[Heard], problem: LinkError) -> Chosen:
    chosen = None if ask is None else ask(str(problem).removesuffix(problem.hint).strip(), known)
    if chosen is None:
        raise problem
    return Chosen(chosen.specs[0], chosen.wanted)


def _names(heard: Sequence[Heard]) -> list[tuple[str, str]]:
    return [(one.name, one.address) for one in heard]


def _is_spec(named: str) -> bool:
    return named.endswith(".toml") or any(spec.id == named for spec in list_specs())
