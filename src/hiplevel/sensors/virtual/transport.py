"""A virtual sensor on a real radio: any Bluetooth controller that Bumble can talk to, for another computer to hear."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from bumble.device import Device, DeviceConfiguration
from bumble.hci import Address
from bumble.transport import open_transport

from hiplevel.model.errors import LinkError, Reason

OPEN_S = 10.0
ADVERTISING_INTERVAL_MS = 100.0


@asynccontextmanager
async def device_on(transport: str, name: str, address: str = "") -> AsyncIterator[Any]:
    """A powered Bumble Device on a controller such as 'usb:0', 'serial:/dev/ttyACM0' or 'tcp-client:127.0.0.1:9000'.

    Raises
    ------
    LinkError
        NO_ADAPTER when there is no such controller, or it does not answer.
    """
    opened: Any = None
    try:
        async with asyncio.timeout(OPEN_S):
            opened = await open_transport(transport)
            config = DeviceConfiguration(
                name=name,
                address=Address(address) if address else Address.generate_static_address(),
                advertising_interval_min=ADVERTISING_INTERVAL_MS,
                advertising_interval_max=ADVERTISING_INTERVAL_MS,
            )
            device = Device.from_config_with_hci(config, opened.source, opened.sink)
            await device.power_on()
    except Exception as error:  # every transport of Bumble raises errors of its own kind
        if opened is not None:
            await opened.close()
        raise LinkError(
            f"The Bluetooth controller {transport!r} cannot be used ({error or type(error).__name__}).",
            Reason.NO_ADAPTER,
            "Write usb:0, serial:/dev/..., or tcp-client:host:port, and see that no other program holds it.",
        ) from error
    try:
        yield device
    finally:
        await device.power_off()
        await opened.close()
