"""One connection to one sensor through bleak: connect, check, start as the spec says, stop, disconnect."""

import asyncio
from collections.abc import Callable, Mapping

from bleak import BleakClient
from bleak.backends.characteristic import BleakGATTCharacteristic
from bleak.exc import BleakError

from hiplevel.model.errors import LinkError, Reason
from hiplevel.sensors.ble.battery import BatteryWatch
from hiplevel.sensors.ble.errors import as_link_error, taken
from hiplevel.sensors.ble.find import Found, Radio
from hiplevel.sensors.ble.firmware import firmware_in_mind
from hiplevel.sensors.ble.identity import SensorIdentity, characteristic_of, check, identify
from hiplevel.sensors.ble.link import HostClock, Notification
from hiplevel.sensors.ble.pairing import paired
from hiplevel.sensors.ble.steps import Sleep, run_steps
from hiplevel.sensors.spec.catalogue import family_of
from hiplevel.sensors.spec.model import Info, Step
from hiplevel.sensors.spec.scale import Value
from hiplevel.sensors.spec.sensor import Spec

FOUND = "found_"
CONNECT_S = 20.0
STOP_S = 3.0


class SensorClient:
    """A connection. `on_notification` and `on_lost` are called on the event loop and must not block.

    Attributes
    ----------
    spec : the one given, or the one of its family that the sensor turned out to be
    settings : of the spec, with what the sensor told in its answers
    identity : what the connected sensor says about itself
    """

    def __init__(
        self,
        spec: Spec,
        radio: Radio,
        on_notification: Callable[[Notification], object],
        on_lost: Callable[[], None],
        *,
        settings: Mapping[str, Value] | None = None,
        clock: HostClock | None = None,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self.spec = spec
        self.settings = spec.settings(settings)
        self._given = dict(settings or {})
        self.identity = SensorIdentity(spec.name, "")
        self._radio = radio
        self._on_notification = on_notification
        self._on_lost = on_lost
        self._clock = clock or HostClock()
        self._sleep = sleep
        self._client: BleakClient | None = None
        self._closing = False
        self._found: dict[str, Value] = {}
        self._subscribed: set[str] = set()
        self._answers: dict[str, asyncio.Queue[bytes]] = {}
        self._battery = BatteryWatch(self, on_notification, self._clock.now_ns, sleep)

    async def connect(self, found: Found) -> SensorIdentity:
        """Connect and see that it is what the spec describes; nothing stays open when it is not.

        Raises
        ------
        LinkError
            SENSOR_TAKEN when it does not accept the connection, LINK_LOST, NOT_PAIRED, SENSOR_REFUSED when a
            characteristic or room in the packets is lacking, FIRMWARE_OLD when that comes of old firmware.
        """
        self._closing = False
        self._client = client = BleakClient(
            found.device, self._disconnected, timeout=CONNECT_S, **self._radio.backend(self._radio.client)
        )
        try:
            await self._connect(client, found)
            self.identity = await identify(client, found.name)
            with firmware_in_mind(self):
                await check(client, self.spec, found.name, self._sleep)
                await self._probe()
        except BaseException:
            await self.disconnect()
            raise
        return self.identity

    async def start(self) -> None:
        """Run the start steps, ask for the settings in force and the battery; from then on notifications come.

        Raises
        ------
        LinkError
            as `run_steps` does.
        """
        with firmware_in_mind(self):
            await self._run(self.spec.start)
        # What was found before anything was set is what a sensor is left with: the first time counts.
        self._found = self._found or {n: v for n, v in self.settings.items() if n.startswith(FOUND)}
        self.settings |= self._found
        if self.spec.info is not None:
            await self._check_settings(self.spec.info)
        if self.spec.battery is not None:
            await self._battery.begin(self.spec.battery, self.settings)

    async def stop(self) -> None:
        """Run the stop steps and turn notifications off again: a bonded sensor would remember them.

        Raises
        ------
        LinkError, TimeoutError
            when the link is gone, or it takes longer than STOP_S.
        """
        async with asyncio.timeout(STOP_S):
            try:
                await self._run(self.spec.stop)
            finally:
                for alias in sorted(self._subscribed):
                    with as_link_error("turning its notifications off", self.identity.name):
                        await self._live().stop_notify(self._characteristic(alias))
                self._subscribed.clear()

    async def disconnect(self) -> None:
        """Close the connection; `on_lost` is not called."""
        self._closing = True
        client, self._client = self._client, None
        self._subscribed.clear()
        self._battery.end()
        if client is not None:
            with as_link_error("disconnecting", self.identity.name):
                await client.disconnect()

    async def subscribe(self, alias: str) -> None:
        """Turn notifications or indications of a characteristic on."""
        if alias in self._subscribed:
            return

        def arrived(_: BleakGATTCharacteristic, data: bytearray) -> None:
            arrival_ns = self._clock.now_ns()
            if self._closing:
                return
            notification = Notification(alias, bytes(data), arrival_ns)
            self._on_notification(notification)
            if alias in self._answers:
                self._answers[alias].put_nowait(notification.payload)

        with as_link_error("turning on its notifications", self.identity.name):
            client, characteristic = self._live(), self._characteristic(alias)
            await paired(client, lambda: client.start_notify(characteristic, arrived))
        self._subscribed.add(alias)

    async def write(self, alias: str, payload: bytes, response: bool) -> None:
        """Write to a characteristic."""
        with as_link_error("taking a command", self.identity.name):
            client, characteristic = self._live(), self._characteristic(alias)
            await paired(client, lambda: client.write_gatt_char(characteristic, payload, response=response))

    async def read(self, alias: str) -> bytes:
        """Read a characteristic."""
        with as_link_error("being read", self.identity.name):
            client, characteristic = self._live(), self._characteristic(alias)
            return bytes(await paired(client, lambda: client.read_gatt_char(characteristic)))

    def answers(self, alias: str) -> asyncio.Queue[bytes]:
        """What comes on `alias` from now on, until the steps are over."""
        self._answers[alias] = asyncio.Queue()
        return self._answers[alias]

    async def _run(self, steps: tuple[Step, ...]) -> None:
        name = self.identity.name
        try:
            self.settings = await run_steps(
                self, steps, self.settings, sensor=name, host_time_ns=self._clock.now_ns, sleep=self._sleep
            )
        finally:
            self._answers.clear()

    async def _probe(self) -> None:
        """Which of a family that looks alike it is: the first whose probe succeeds."""
        if not self.spec.probe:
            return
        first: LinkError | None = None
        for spec in [one for one in family_of(self.spec) if one.probe]:
            try:
                self.spec, self.settings = spec, spec.settings({k: v for k, v in self._given.items() if k in spec.vars})
                await self._run(spec.probe)
            except LinkError as error:
                if error.reason is not Reason.SENSOR_REFUSED:
                    raise
                first = first or error
            else:
                return
        assert first is not None
        raise first

    async def _check_settings(self, info: Info) -> None:
        payload = await self.read(info.read)
        if not all(constant.holds(payload) for constant in info.constants):
            raise LinkError(
                f"{self.identity.name} tells its settings in a way that {self.spec.id} does not know "
                f"({payload.hex(' ')}).",
                Reason.SENSOR_REFUSED,
                "Its firmware differs from the spec.",
            )
        self.settings |= info.values(payload)

    async def _connect(self, client: BleakClient, found: Found) -> None:
        try:
            with as_link_error("connecting", found.name):
                await client.connect()
        except LinkError as error:
            if error.reason in (Reason.SENSOR_NOT_FOUND, Reason.LINK_LOST):
                raise taken(found.name) from error
            raise

    def _live(self) -> BleakClient:
        if self._client is None:
            raise BleakError("Not connected")
        return self._client

    def _characteristic(self, alias: str) -> BleakGATTCharacteristic:
        return characteristic_of(self._live(), self.spec, alias, self.identity.name)

    def _disconnected(self, _: BleakClient) -> None:
        if not self._closing:
            self._closing = True
            self._on_lost()
