"""The source of a session in the window: a sensor on the radio, or a simulated wearer over the same Bluetooth code."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

from hiplevel.gui.live.choice import Choice
from hiplevel.sensors.ble.inbox import Inbox
from hiplevel.sensors.ble.link import HostClock, LinkChange, Notification
from hiplevel.sensors.ble.wanted import Wanted
from hiplevel.sensors.spec import load_spec
from hiplevel.sensors.virtual.air import VirtualAir
from hiplevel.sensors.virtual.pace import Pacer, RealTime
from hiplevel.sensors.virtual.radio import virtual_radio
from hiplevel.sensors.virtual.sensor import VirtualSensor
from hiplevel.session.ble_source import BleSource
from hiplevel.simulate import Hinges, Still, wearer

SIMULATED_SPEC = "hiplevel.reference"
SEED = 7
BAD_REPS = {2: 1.25, 5: 1.5}  # of the limit: so that there is something to see and to hear
STILL_S, TEMPO_S, PAUSE_S, REST_S = 4.0, 3.5, 0.1, 10.0
LOOK_S = 0.001
Seen = Callable[[], bool]


class Read(Inbox[Notification | LinkChange]):
    """An inbox that knows whether all that was put into it has been dealt with."""

    def __init__(self) -> None:
        super().__init__()
        self._waited_for = False

    def get(self, timeout_s: float) -> Notification | LinkChange | None:
        """As of any inbox; who asks for the next is done with the last."""
        self._waited_for = True
        item = super().get(timeout_s)
        self._waited_for = item is None
        return item

    async def room(self) -> None:
        """Wait until nothing is left and the reader asks for more."""
        while len(self) or not (self._waited_for or self.done):
            await asyncio.sleep(LOOK_S)


class Hurried:
    """A simulated wearer's time: at most `speed` times as fast as a clock's, it stands still while the reader works.

    So a computer that is busy loses nothing and shows no delay that the product does not have. seen: whether what came
    was looked at, by who takes pictures; time stands still until then too.
    """

    def __init__(self, speed: float, inbox: Read, seen: Seen) -> None:
        self._speed, self._inbox, self._seen = speed, inbox, seen
        self._now_s, self._woke_s = 0.0, 0.0

    def now_s(self) -> float:
        """Seconds of the wearer's time."""
        return self._now_s

    async def until(self, time_s: float) -> None:
        """Sleep for what is left, then let the reader come to its end."""
        due_s = self._woke_s + (time_s - self._now_s) / self._speed
        await asyncio.sleep(max(0.0, due_s - time.monotonic()))
        self._woke_s = time.monotonic()
        await self._inbox.room()
        while not self._seen():
            await asyncio.sleep(LOOK_S)
        self._now_s = max(self._now_s, time_s)


def source_for(choice: Choice, speed: float = 1.0, seen: Seen = lambda: True) -> BleSource:
    """A source to be entered; speed, seen: of a simulated wearer, as of `Hurried`.

    Raises SpecError, UsageError for an unknown sensor.
    """
    if choice.simulated:
        return _simulated(choice, speed, seen)
    return BleSource(load_spec(choice.sensor), wanted=Wanted(choice.name, choice.address))


def _simulated(choice: Choice, speed: float, seen: Seen) -> BleSource:
    spec, inbox = load_spec(SIMULATED_SPEC), Read()
    pacer: Pacer = RealTime() if speed == 1.0 else Hurried(speed, inbox, seen)
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

    clock = HostClock() if speed == 1.0 else HostClock(monotonic_ns=lambda: round(pacer.now_s() * 1e9))
    source = BleSource(
        spec,
        open_radio=lambda _: virtual_radio(make_sensor, lambda: source.stop()),
        settle_s=0.0,
        inbox=inbox,
        clock=clock,
    )
    return source
