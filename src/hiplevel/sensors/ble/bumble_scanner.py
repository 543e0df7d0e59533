"""bleak's scanner backend on Bumble."""

import uuid
from typing import Any, ClassVar

from bleak.backends.scanner import AdvertisementData, AdvertisementDataCallback, BaseBleakScanner
from bleak.exc import BleakBluetoothNotAvailableError, BleakBluetoothNotAvailableReason
from bumble.core import AdvertisingData


class BumbleScanner(BaseBleakScanner):
    """Hears advertisements through `adapter`, which BumbleAdapter binds."""

    adapter: ClassVar[Any]

    def __init__(
        self,
        detection_callback: AdvertisementDataCallback | None,
        service_uuids: list[str] | None,
        scanning_mode: str = "active",
        **_kwargs: Any,
    ) -> None:
        super().__init__(detection_callback, service_uuids)
        self._active = scanning_mode == "active"

    async def start(self) -> None:
        """Scan until `stop`."""
        if not self.adapter.powered_on:
            raise BleakBluetoothNotAvailableError(
                "The Bumble adapter is off", BleakBluetoothNotAvailableReason.POWERED_OFF
            )
        self.seen_devices = {}
        self.adapter.on("advertisement", self._on_advertisement)
        await self.adapter.start_scanning(active=self._active)

    async def stop(self) -> None:
        """Stop scanning."""
        self.adapter.remove_listener("advertisement", self._on_advertisement)
        await self.adapter.stop_scanning()

    def _on_advertisement(self, heard: Any) -> None:
        data = advertisement_data(heard)
        address = heard.address.to_string(False)
        device = self.create_or_update_device(address, address, data.local_name, heard, data)
        if self.is_allowed_uuid(data.service_uuids):
            self.call_detection_callbacks(device, data)


def advertisement_data(heard: Any) -> AdvertisementData:
    """What bleak tells of an advertisement, from Bumble's."""
    data = heard.data
    names = [*data.get_all(AdvertisingData.COMPLETE_LOCAL_NAME), *data.get_all(AdvertisingData.SHORTENED_LOCAL_NAME)]
    services = [
        uuid_text(service)
        for kind in (
            AdvertisingData.COMPLETE_LIST_OF_16_BIT_SERVICE_CLASS_UUIDS,
            AdvertisingData.INCOMPLETE_LIST_OF_16_BIT_SERVICE_CLASS_UUIDS,
            AdvertisingData.COMPLETE_LIST_OF_128_BIT_SERVICE_CLASS_UUIDS,
            AdvertisingData.INCOMPLETE_LIST_OF_128_BIT_SERVICE_CLASS_UUIDS,
        )
        for listed in data.get_all(kind)
        for service in listed
    ]
    service_data = {
        uuid_text(service): payload
        for kind in (AdvertisingData.SERVICE_DATA_16_BIT_UUID, AdvertisingData.SERVICE_DATA_128_BIT_UUID)
        for service, payload in data.get_all(kind)
    }
    return AdvertisementData(
        local_name=names[0] if names else None,
        manufacturer_data=dict(data.get_all(AdvertisingData.MANUFACTURER_SPECIFIC_DATA)),
        service_data=service_data,
        service_uuids=list(dict.fromkeys(services)),
        tx_power=data.get(AdvertisingData.TX_POWER_LEVEL),
        rssi=heard.rssi,
        platform_data=(heard,),
    )


def uuid_text(value: Any) -> str:
    """A Bumble UUID as bleak writes it: 128 bits, lower case."""
    return str(uuid.UUID(bytes=bytes(reversed(value.to_bytes(force_128=True)))))
