"""A virtual sensor: any spec becomes a real Bluetooth peripheral on a Bumble device, worn by a simulated person."""

import asyncio
import contextlib
import logging
import random
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import bumble.core
from bumble.att import ATT_Error

from hiplevel.model.samples import Samples
from hiplevel.sensors import virtual_gatt
from hiplevel.sensors.encoder import Encoder
from hiplevel.sensors.spec_model import Step
from hiplevel.sensors.spec_scale import Value
from hiplevel.sensors.spec_sensor import Spec
from hiplevel.sensors.virtual_pace import Pacer, RealTime

VALUE_NOT_ALLOWED = 0x13
_log = logging.getLogger(__name__)


class Worn(Protocol):
    """Who wears it: samples at the sensor's rate, in the sensor's frame; fewer than asked for when it is over."""

    def take(self, count: int) -> Samples:
        """The next `count` samples."""


class Given:
    """A wearer who does what was recorded, once."""

    def __init__(self, samples: Samples) -> None:
        self._left = samples

    def take(self, count: int) -> Samples:
        """The next `count` samples, as far as there are."""
        taken, self._left = self._left[:count], self._left[count:]
        return taken


@dataclass(frozen=True)
class Faults:
    """What goes wrong on demand.

    Attributes
    ----------
    drop, duplicate : probability that a data packet is lost on the way, or sent twice
    break_after : the link breaks after so many packets, once
    seed : of the two probabilities
    answer : control answers are replaced by this
    """

    drop: float = 0.0
    duplicate: float = 0.0
    break_after: int | None = None
    seed: int = 0
    answer: bytes | None = None


class VirtualSensor:
    """`power_on` on a Bumble Device; advertises, answers and streams as the spec says, until `power_off`.

    Attributes
    ----------
    name : as advertised; says that it is simulated wherever the spec's name pattern allows
    settings : in force, as the client wrote them
    battery_percent : may be set at any time
    sent, dropped, duplicated : data packets since power-on
    finished : set when the wearer has no more samples
    """

    def __init__(
        self,
        spec: Spec,
        wearer: Worn,
        *,
        settings: Mapping[str, Value] | None = None,
        number: str = "0001",
        pacer: Pacer | None = None,
        faults: Faults | None = None,
        battery_percent: int = 87,
        break_link: Callable[[], object] | None = None,
    ) -> None:
        self.spec = spec
        self.name = virtual_gatt.advertised_name(spec, number)
        self.settings = spec.settings(settings)
        self.battery_percent = battery_percent
        self.sent = self.dropped = self.duplicated = 0
        self.finished = asyncio.Event()
        self._number = number
        self._wearer = wearer
        self._pacer = pacer or RealTime()
        self._faults = faults or Faults()
        self._chance = random.Random(self._faults.seed)
        self._break_link = break_link
        self._taken = 0
        self._encoder: Encoder | None = None
        self._device: Any = None
        self._characteristics: dict[str, Any] = {}
        self._streaming: asyncio.Task[None] | None = None
        self._answering: set[asyncio.Task[None]] = set()
        self._data: list[Any] = []
        self._last_start = next((step for step in reversed(spec.start) if step.template is not None), None)

    async def power_on(self, device: Any, *, split_advertisement: bool = True) -> None:
        """Offer the services on `device` and advertise.

        split_advertisement=False puts everything into one packet: VirtualAir carries no scan response.
        """
        self._device = device
        readers: dict[str, Callable[[], bytes]] = {}
        if self.spec.battery is not None and self.spec.battery.read:
            readers[self.spec.battery.read] = self._battery
        if self.spec.info is not None:
            info = self.spec.info
            readers[info.read] = lambda: info.render(self.settings)
        made, self._characteristics = virtual_gatt.services(
            self.spec, readers, self._written, self._battery, self._number
        )
        self._data = [self._characteristics[frame.on] for frame in self.spec.frames if frame.samples]
        device.add_services(made)
        device.on("connection", self._connected)
        device.gatt_server.on("characteristic_subscription", self._subscribed)
        first, second = virtual_gatt.advertisement(self.spec, self.name)
        if not split_advertisement:
            first, second = first + second, b""
        await device.start_advertising(auto_restart=True, advertising_data=first, scan_response_data=second)

    async def set_battery(self, percent: int) -> None:
        """Change the charge and tell who subscribed to it."""
        self.battery_percent = percent
        source = self.spec.battery
        if source is not None and source.read and source.notify:
            await self._tell(source.read, self._battery())

    async def power_off(self) -> None:
        """Stop streaming and advertising."""
        self._stop()
        for task in list(self._answering):
            task.cancel()
        if self._device is not None and self._device.powered_on:
            with contextlib.suppress(bumble.core.BaseBumbleError):
                await self._device.stop_advertising()

    def _battery(self) -> bytes:
        return bytes([self.battery_percent])

    def _connected(self, connection: Any) -> None:
        connection.on("disconnection", lambda _reason: self._stop())

    def _subscribed(self, _bearer: Any, characteristic: Any, notify: bool, indicate: bool) -> None:
        """Without a command that starts it, a sensor streams to whoever subscribes."""
        if self._last_start is None and characteristic in self._data:
            if notify or indicate:
                self._start()
            else:
                self._stop()

    def _written(self, alias: str, payload: bytes) -> None:
        if self._polled(alias, payload):
            return
        steps = [step for step in (*reversed(self.spec.start), *self.spec.stop) if step.write == alias]
        for step in steps:
            told = step.template.match(payload) if step.template is not None else None
            if told is not None:
                self._obey(step, payload, told)
                return
        raise ATT_Error(VALUE_NOT_ALLOWED)

    def _polled(self, alias: str, payload: bytes) -> bool:
        """Answer a question for the charge, if it is one."""
        source = self.spec.battery
        if source is None or source.write != alias or source.poll is None or source.poll.match(payload) is None:
            return False
        for told_on, answer in virtual_gatt.battery_answers(self.spec, self.battery_percent):
            self._later(self._tell(told_on, answer))
        return True

    def _obey(self, step: Step, payload: bytes, told: dict[str, Value]) -> None:
        self.settings |= {name: value for name, value in told.items() if name in self.settings}
        stops = any(s.template is not None and s.template.match(payload) is not None for s in self.spec.stop)
        if stops:
            self._stop()
        answered = self._answer(step)
        if step is self._last_start:
            self._start(after=answered)

    def _answer(self, step: Step) -> asyncio.Task[None] | None:
        if step.expect is None:
            return None
        answer = step.expect.pattern.example() if self._faults.answer is None else self._faults.answer
        return self._later(self._tell(step.expect.on, answer))

    def _later(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """An answer follows the response to the write that asked for it."""
        task = asyncio.get_running_loop().create_task(work)
        self._answering.add(task)
        task.add_done_callback(self._answering.discard)
        return task

    def _start(self, after: "asyncio.Task[None] | None" = None) -> None:
        if self._streaming is None or self._streaming.done():
            self._streaming = asyncio.get_running_loop().create_task(self._stream(after))

    def _stop(self) -> None:
        if self._streaming is not None and self._streaming is not asyncio.current_task():
            self._streaming.cancel()
        self._streaming = None

    async def _stream(self, after: "asyncio.Task[None] | None") -> None:
        if after is not None:
            await asyncio.wait({after})
        rate_hz = float(self.settings["rate"])
        encoder = self._continued()
        self._miss(rate_hz)
        while len(block := self._wearer.take(encoder.batch)) == encoder.batch:
            first = self._taken
            self._taken += len(block)
            await self._pacer.until(self._taken / rate_hz)
            for alias, payload in encoder.encode(block.acc_m_s2, block.gyr_rad_s, first):
                await self._send(alias, payload)
        self.finished.set()

    def _continued(self) -> Encoder:
        """The encoder in use, as a counter and a clock outlive a lost link; a new one after new settings."""
        if self._encoder is None or self._encoder.settings != self.settings:
            room = min((c.att_mtu for c in self._device.connections.values()), default=self.spec.min_mtu) - 3
            self._encoder = Encoder(self.spec, self.settings, max_payload=room)
        return self._encoder

    def _miss(self, rate_hz: float) -> None:
        """What the wearer did while nobody listened is gone."""
        missed = int(self._pacer.now_s() * rate_hz) - self._taken
        if missed > 0:
            self._taken += len(self._wearer.take(missed))

    async def _send(self, alias: str, payload: bytes) -> None:
        if self._chance.random() < self._faults.drop:
            self.dropped += 1
            return
        await self._tell(alias, payload)
        if self._chance.random() < self._faults.duplicate:
            self.duplicated += 1
            await self._tell(alias, payload)
        self.sent += 1
        if self.sent == self._faults.break_after and self._break_link is not None:
            self._break_link()

    async def _tell(self, alias: str, payload: bytes) -> None:
        characteristic = self._characteristics[alias]
        for connection in list(self._device.connections.values()):
            try:
                if characteristic.properties & characteristic.Properties.INDICATE:
                    await self._device.indicate_subscriber(connection, characteristic, payload)
                else:
                    await self._device.notify_subscriber(connection, characteristic, payload)
                    await connection.drain()
            except (bumble.core.BaseBumbleError, TimeoutError) as error:
                _log.debug("could not send on %s: %s", alias, error)
