"""A virtual sensor: any spec becomes a real Bluetooth peripheral on a Bumble device, worn by a simulated person."""

import asyncio
import contextlib
from collections.abc import Callable, Coroutine, Mapping
from functools import partial
from typing import Any

import bumble.core
from bumble.att import ATT_Error

from hiplevel.sensors.encode.encoder import Encoder
from hiplevel.sensors.spec.model import Capture
from hiplevel.sensors.spec.scale import Value
from hiplevel.sensors.spec.sensor import Spec
from hiplevel.sensors.virtual import gatt
from hiplevel.sensors.virtual.commands import Orders
from hiplevel.sensors.virtual.faults import Faults
from hiplevel.sensors.virtual.notifying import Voice
from hiplevel.sensors.virtual.pace import Pacer, RealTime
from hiplevel.sensors.virtual.wearer import AtRate, Given, Worn

__all__ = ["AtRate", "Faults", "Given", "VirtualSensor", "Worn"]

VALUE_NOT_ALLOWED, WRITE_NOT_PERMITTED = 0x13, 0x03


class VirtualSensor:
    """`power_on` on a Bumble Device; advertises, answers and streams as the spec says, until `power_off`.

    Attributes
    ----------
    number : its serial number
    name : as advertised; says that it is simulated wherever the spec's name pattern allows
    settings : in force, as the client wrote them
    battery_percent : may be set at any time
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
        self.name = gatt.advertised_name(spec, number)
        self.settings = spec.settings(settings)
        self.battery_percent = battery_percent
        self.finished = asyncio.Event()
        self.number = number
        self._wearer = wearer
        self._pacer = pacer or RealTime()
        self._faults = faults or Faults()
        self._voice = Voice(self._faults, break_link)
        self._taken = 0
        self._encoder: Encoder | None = None
        self._device: Any = None
        self._streaming: asyncio.Task[None] | None = None
        self._answering: set[asyncio.Task[None]] = set()
        self._data: list[Any] = []
        self._orders = Orders(spec, self._faults)
        self._heard: set[int] = set()

    def break_with(self, break_link: Callable[[], object]) -> None:
        """How the fault `break_after` breaks the link."""
        self._voice.break_link = break_link

    @property
    def sent(self) -> int:
        """Data packets sent."""
        return self._voice.sent

    @property
    def dropped(self) -> int:
        """Data packets lost on purpose."""
        return self._voice.dropped

    @property
    def duplicated(self) -> int:
        """Data packets sent twice on purpose."""
        return self._voice.duplicated

    @property
    def reordered(self) -> int:
        """Data packets overtaken on purpose."""
        return self._voice.reordered

    async def power_on(self, device: Any, *, split_advertisement: bool = True) -> None:
        """Offer the services on `device` and advertise.

        split_advertisement=False puts everything into one packet: VirtualAir carries no scan response.
        """
        self._device = self._voice.device = device
        readers: dict[str, Callable[[], bytes]] = {}
        if self.spec.battery is not None and self.spec.battery.read:
            readers[self.spec.battery.read] = self._battery
        if self.spec.info is not None:
            info = self.spec.info
            readers[info.read] = lambda: info.render(self.settings)
        for step in self.spec.start:
            if step.read and step.capture is not None:
                readers[step.read] = partial(self._as_found, step.capture)
        made, self._voice.characteristics = gatt.services(
            self.spec, readers, self._written, self._battery, self.number, self._faults
        )
        self._data = [self._voice.characteristics[frame.on] for frame in self.spec.frames if frame.samples]
        device.add_services(made)
        device.on("connection", self._connected)
        device.gatt_server.on("characteristic_subscription", self._subscribed)
        first, second = gatt.advertisement(self.spec, self.name)
        if not split_advertisement:
            first, second = first + second, b""
        await device.start_advertising(auto_restart=True, advertising_data=first, scan_response_data=second)

    async def set_battery(self, percent: int) -> None:
        """Change the charge and tell who subscribed to it."""
        self.battery_percent = percent
        source = self.spec.battery
        if source is not None and source.read and source.notify:
            await self._voice.tell(source.read, self._battery())

    async def power_off(self) -> None:
        """Stop streaming and advertising."""
        self._stop()
        for task in list(self._answering):
            task.cancel()
        if self._device is not None and self._device.powered_on:
            with contextlib.suppress(bumble.core.BaseBumbleError):
                await self._device.stop_advertising()

    def _as_found(self, capture: Capture) -> bytes:
        """What a client reads before it changes something."""
        return capture.render(b"", self.settings)

    def _battery(self) -> bytes:
        return bytes([self.battery_percent])

    def _connected(self, connection: Any) -> None:
        connection.on("disconnection", self._disconnected)

    def _disconnected(self, _reason: int) -> None:
        self._heard.clear()
        self._stop()

    def _subscribed(self, _bearer: Any, characteristic: Any, notify: bool, indicate: bool) -> None:
        """Where no command is the last step of its start, a sensor streams to whoever subscribes to all its data."""
        if characteristic not in self._data:
            return
        if notify or indicate:
            self._heard.add(id(characteristic))
        else:
            self._heard.discard(id(characteristic))
        if not self._orders.begin_it:
            if self._heard >= {id(one) for one in self._data}:
                self._start()
            else:
                self._stop()

    def _written(self, alias: str, payload: bytes) -> None:
        if self._polled(alias, payload):
            return
        if self._faults.refuse:
            raise ATT_Error(WRITE_NOT_PERMITTED)
        order = self._orders.understand(alias, payload)
        if order is None:
            raise ATT_Error(VALUE_NOT_ALLOWED)
        self.settings |= {name: value for name, value in order.told.items() if name in self.settings}
        self.settings |= self._faults.insists
        if order.stops:
            self._stop()
        answer = order.answer(self.settings)
        answered = None if answer is None else self._later(self._voice.tell(*answer))
        if order.starts:
            self._start(after=answered)

    def _polled(self, alias: str, payload: bytes) -> bool:
        """Answer a question for the charge, if it is one."""
        source = self.spec.battery
        if source is None or source.write != alias or source.poll is None or source.poll.match(payload) is None:
            return False
        for told_on, answer in gatt.battery_answers(self.spec, self.battery_percent):
            self._later(self._voice.tell(told_on, answer))
        return True

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
        if isinstance(self._wearer, AtRate):
            self._wearer.measure_at(rate_hz)
        self._miss(rate_hz)
        while len(block := self._wearer.take(encoder.batch)) == encoder.batch:
            first = self._taken
            self._taken += len(block)
            await self._pacer.until(self._faults.leaves_s(self._taken / rate_hz))
            for alias, payload in encoder.encode(block.acc_m_s2, block.gyr_rad_s, first):
                await self._voice.send(alias, payload)
        self.finished.set()

    def _continued(self) -> Encoder:
        """The encoder in use, as a counter and a clock outlive a lost link; a new one after new settings."""
        if self._encoder is None or self._encoder.settings != self.settings:
            counter, tick = self._faults.start_of(self.spec, float(self.settings["rate"]))
            room = self._voice.room(self.spec.min_mtu)
            self._encoder = Encoder(self.spec, self.settings, max_payload=room, first_counter=counter, first_tick=tick)
        return self._encoder

    def _miss(self, rate_hz: float) -> None:
        """What the wearer did while nobody listened is gone."""
        missed = int(self._pacer.now_s() * (1.0 + self._faults.drift_ppm * 1e-6) * rate_hz) - self._taken
        if missed > 0:
            self._taken += len(self._wearer.take(missed))
