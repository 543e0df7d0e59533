"""The source of a session in the window: a sensor on the radio, or a simulated wearer over the same Bluetooth code."""

import asyncio
import time
from typing import Any

from hiplevel.gui.live.choice import Choice
from hiplevel.sensors.ble.link import HostClock
from hiplevel.sensors.ble.wanted import Wanted
from hiplevel.sensors.spec import load_spec
from hiplevel.sensors.virtual.air import VirtualAir
from hiplevel.sensors.virtual.radio import virtual_radio
from hiplevel.sensors.virtual.sensor import VirtualSensor
from hiplevel.session.ble_source import BleSource
from hiplevel.simulate import Hinges, Still, wearer

SIMULATED_SPEC = "hiplevel.reference"
SEED = 7
BAD_REPS = {2: 1.25, 5: 1.5}  # of the limit: so that there is something to see and to hear
STILL_S, TEMPO_S, PAUSE_S, REST_S = 4.0, 3.5, 0.1, 10.0


class Hurried:
    """A simulated wearer's time, `speed` times as fast as a clock's."""

    def __init__(self, speed: float) -> None:
        self.speed = speed
        self._start_s: float | None = None

    def now_s(self) -> float:
        """Seconds of the wearer's time since this was first called."""
        now_s = time.monotonic()
        if self._start_s is None:
            self._start_s = now_s
        return (now_s - self._start_s) * self.speed

    async def until(self, time_s: float) -> None:
        """Sleep for what is left."""
        await asyncio.sleep(max(0.0, (time_s - self.now_s()) / self.speed))


def source_for(choice: Choice, speed: float = 1.0) -> BleSource:
    """A source to be entered; speed: of a simulated wearer. Raises SpecError, UsageError for an unknown sensor."""
    if choice.simulated:
        return _simulated(choice, speed)
    return BleSource(load_spec(choice.sensor), wanted=Wanted(choice.name, choice.address))


def _simulated(choice: Choice, speed: float) -> BleSource:
    spec, pacer = load_spec(SIMULATED_SPEC), Hurried(speed)
    limit_deg = choice.rule.lowest_deg
    work: dict[str, Any] = {"stance": choice.stance if choice.stance in ("left", "right") else "left"}
    work["reps"] = choice.reps or 8
    if choice.exercise == "pelvic-drop":
        work |= {"tempo_s": TEMPO_S, "pause_s": PAUSE_S}
        work["drops"] = {rep: part * limit_deg for rep, part in BAD_REPS.items() if rep < work["reps"]}
    person = wearer(
        choice.exercise,
        rate_hz=spec.rate_hz(),
        seed=SEED,
        rest_s=max(choice.rest_s, REST_S),
        opening=(Still(STILL_S), Hinges(), Still(STILL_S)) if choice.hinges else (Still(STILL_S),),
        **work,
    )

    def make_sensor(air: VirtualAir) -> VirtualSensor:
        return VirtualSensor(spec, person, pacer=pacer, break_link=air.break_links)

    # Hurried, the arrivals must be dated as fast as the wearer's time, which begins when somebody listens.
    clock = HostClock() if speed == 1.0 else HostClock(monotonic_ns=lambda: round(time.monotonic() * speed * 1e9))
    source = BleSource(
        spec, open_radio=lambda _: virtual_radio(make_sensor, lambda: source.stop()), settle_s=0.0, clock=clock
    )
    return source
