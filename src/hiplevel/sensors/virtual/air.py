"""Radio space in this process: Bumble controllers joined by a link, so that real Bluetooth runs without a radio."""

import logging
from types import TracebackType
from typing import Any, Self

from bumble.device import Device, DeviceConfiguration
from bumble.hci import HCI_CONNECTION_TIMEOUT_ERROR, Address
from bumble.link import LocalLink

from hiplevel.sensors.virtual.controller import RSSI_DBM, VirtualController

ADVERTISING_INTERVAL_MS = 20.0

# Bumble warns about packets for links that are gone; without any handler those would land on the user's screen.
logging.getLogger("bumble").addHandler(logging.NullHandler())


class VirtualAir:
    """An async context: devices made inside hear each other; nothing leaves the process."""

    def __init__(self) -> None:
        self._link: Any = LocalLink()
        self._controllers: list[Any] = []
        self._devices: list[Any] = []

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def device(self, name: str, rssi_dbm: int = RSSI_DBM) -> Any:
        """A powered Bumble Device of its own controller, with a static random address."""
        number = len(self._devices) + 1
        controller = VirtualController(name, self._link)
        controller.rssi_dbm = rssi_dbm
        config = DeviceConfiguration(
            name=name,
            address=Address(f"C0:00:00:00:00:{number:02X}"),
            advertising_interval_min=ADVERTISING_INTERVAL_MS,
            advertising_interval_max=ADVERTISING_INTERVAL_MS,
        )
        device = Device.from_config_with_hci(config, controller, controller)
        await device.power_on()
        self._controllers.append(controller)
        self._devices.append(device)
        return device

    def controller(self, name: str, host: Any) -> None:
        """A controller for a host that talks to it over the Bumble transport `host`."""
        self._controllers.append(VirtualController(name, self._link, host))

    def break_links(self) -> int:
        """Every connection times out, as when the wearer walks away; the number of connections that broke."""
        ends = [(c, connection) for c in self._controllers for connection in list(c.le_connections.values())]
        for controller, connection in ends:
            controller.on_le_disconnected(connection, HCI_CONNECTION_TIMEOUT_ERROR)
        return len(ends) // 2

    async def close(self) -> None:
        """Silence every device; nothing is left on the event loop."""
        for controller in self._controllers:
            controller.le_legacy_advertiser.stop()
            for advertising_set in controller.advertising_sets.values():
                advertising_set.stop()
            controller.le_scan_enable = False
        for device in self._devices:
            await device.power_off()
        self._controllers.clear()
        self._devices.clear()
