"""A bleak backend on Bumble: bleak's own API over real HCI, L2CAP, ATT and GATT, on whatever Bumble talks to.

Given to bleak as `backend=`, by `BumbleAdapter.scanner` and `BumbleAdapter.client`; nothing of bleak is replaced.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any, ClassVar, TypeVar

import bumble.core
from bleak.args import SizedBuffer
from bleak.assigned_numbers import CharacteristicPropertyName
from bleak.backends.characteristic import BleakGATTCharacteristic, GattCharacteristicsFlags
from bleak.backends.client import BaseBleakClient, NotifyCallback
from bleak.backends.descriptor import BleakGATTDescriptor
from bleak.backends.device import BLEDevice
from bleak.backends.service import BleakGATTService, BleakGATTServiceCollection
from bleak.exc import BleakDeviceNotFoundError, BleakError, BleakGATTProtocolError
from bumble.att import ATT_Error
from bumble.device import Peer
from bumble.hci import Address

from hiplevel.sensors.ble.bumble_scanner import BumbleScanner, uuid_text

MTU = 517
T = TypeVar("T")


class BumbleAdapter:
    """A Bumble Device in the role of this computer's Bluetooth adapter."""

    def __init__(self, device: Any) -> None:
        self.device = device
        self.scanner: type[BumbleScanner] = type("BumbleScanner", (BumbleScanner,), {"adapter": device})
        self.client: type[BumbleClient] = type("BumbleClient", (BumbleClient,), {"adapter": device})


class BumbleClient(BaseBleakClient):
    """bleak's client backend; `adapter` is bound by BumbleAdapter."""

    adapter: ClassVar[Any]

    def __init__(self, address_or_ble_device: BLEDevice | str, **kwargs: Any) -> None:
        super().__init__(
            address_or_ble_device,
            disconnected_callback=kwargs.get("disconnected_callback"),
            timeout=kwargs.get("timeout", 30.0),
        )
        named = address_or_ble_device.name if isinstance(address_or_ble_device, BLEDevice) else None
        self._name = named or self.address.replace(":", "-")
        self._connection: Any = None
        self._peer: Any = None
        self._callbacks: dict[int, NotifyCallback] = {}

    @property
    def name(self) -> str:
        """The advertised name, else the address."""
        return self._name

    @property
    def mtu_size(self) -> int:
        """The negotiated ATT MTU, bytes."""
        return int(self._connection.att_mtu) if self._connection is not None else 23

    @property
    def is_connected(self) -> bool:
        """Whether the link is up."""
        return self._connection is not None

    async def connect(self, pair: bool, **_kwargs: Any) -> None:
        """Connect, agree on the MTU and discover everything."""
        if self.is_connected:
            raise BleakError("Client is already connected")
        try:
            # Device.connect would take a name for an address; an Address cannot be mistaken.
            self._connection = await self.adapter.connect(Address(self.address), timeout=self._timeout)
        except (TimeoutError, bumble.core.TimeoutError) as error:
            raise BleakDeviceNotFoundError(self.address, f"Device {self.address} was not found") from error
        except bumble.core.BaseBumbleError as error:
            raise BleakError(f"Connecting to {self.address} failed: {error}") from error
        self._connection.on("disconnection", self._on_disconnection)
        self._peer = Peer(self._connection)
        try:
            if pair:
                await self.pair()
            await self._call(self._peer.request_mtu(MTU))
            self.services = await self._discover()
        except BaseException:
            await self.disconnect()
            raise

    async def disconnect(self) -> None:
        """Close the link; the disconnected callback is called, as on BlueZ."""
        if self._connection is not None:
            try:
                await self._connection.disconnect()
            except bumble.core.BaseBumbleError as error:
                raise BleakError(f"Disconnecting failed: {error}") from error

    async def pair(self, *args: Any, **kwargs: Any) -> None:  # noqa: ARG002 - the signature is bleak's
        """Pair and encrypt, with nobody asked."""
        if self._connection is None:
            raise BleakError("Not connected")
        try:
            await self._connection.pair()
        except (bumble.core.BaseBumbleError, asyncio.CancelledError) as error:
            raise BleakError(f"Pairing failed: {error}") from error

    async def unpair(self) -> None:
        """Not offered: Bumble keeps no bond beyond the link."""
        raise NotImplementedError("The Bumble backend keeps no bonds.")

    async def read_gatt_char(
        self,
        characteristic: BleakGATTCharacteristic,
        *,
        use_cached: bool = False,  # noqa: ARG002
        **_kwargs: Any,
    ) -> bytearray:
        """The value, read over the air whatever `use_cached` says."""
        return bytearray(await self._call(self._live_peer().read_value(characteristic.obj)))

    async def read_gatt_descriptor(
        self,
        descriptor: BleakGATTDescriptor,
        *,
        use_cached: bool = False,  # noqa: ARG002
        **_kwargs: Any,
    ) -> bytearray:
        """The descriptor's value."""
        return bytearray(await self._call(self._live_peer().read_value(descriptor.obj)))

    async def write_gatt_char(self, characteristic: BleakGATTCharacteristic, data: SizedBuffer, response: bool) -> None:
        """Write Request or Write Command."""
        await self._call(self._live_peer().write_value(characteristic.obj, bytes(data), with_response=response))

    async def write_gatt_descriptor(self, descriptor: BleakGATTDescriptor, data: SizedBuffer) -> None:
        """Write Request to a descriptor."""
        await self._call(self._live_peer().write_value(descriptor.obj, bytes(data), with_response=True))

    async def start_notify(
        self, characteristic: BleakGATTCharacteristic, callback: NotifyCallback, **_kwargs: Any
    ) -> None:
        """Subscribe, by notification where the characteristic offers both."""
        if not {"notify", "indicate"} & set(characteristic.properties):
            raise BleakError(f"Characteristic {characteristic.uuid} offers neither notify nor indicate")
        if characteristic.handle in self._callbacks:
            raise BleakError(f"Notifications of {characteristic.uuid} are already on")

        def deliver(value: bytes) -> None:
            callback(bytearray(value))

        await self._call(self._live_peer().subscribe(characteristic.obj, deliver))
        self._callbacks[characteristic.handle] = callback

    async def stop_notify(self, characteristic: BleakGATTCharacteristic) -> None:
        """Unsubscribe."""
        self._callbacks.pop(characteristic.handle, None)
        await self._call(self._live_peer().unsubscribe(characteristic.obj))

    def _live_peer(self) -> Any:
        if self._connection is None:
            raise BleakError("Not connected")
        return self._peer

    async def _call(self, request: Coroutine[Any, Any, T]) -> T:
        """A GATT request with Bumble's errors turned into bleak's."""
        try:
            return await request
        except ATT_Error as error:
            raise BleakGATTProtocolError(int(error.error_code)) from error
        except asyncio.CancelledError:
            # Bumble cancels the request when the link goes; that is no cancellation of the caller.
            task = asyncio.current_task()
            if self._connection is None and task is not None and not task.cancelling():
                raise BleakError("Disconnected during a request") from None
            raise
        except bumble.core.BaseBumbleError as error:
            raise BleakError(str(error)) from error

    def _on_disconnection(self, _reason: int) -> None:
        self._connection = None
        self._peer = None
        self.services = None
        self._callbacks.clear()
        if self._disconnected_callback is not None:
            self._disconnected_callback()

    async def _discover(self) -> BleakGATTServiceCollection:
        found = BleakGATTServiceCollection()
        for service_proxy in await self._call(self._peer.discover_services()):
            service = BleakGATTService(service_proxy, service_proxy.handle, uuid_text(service_proxy.uuid))
            found.add_service(service)
            for proxy in await self._call(service_proxy.discover_characteristics()):
                characteristic = BleakGATTCharacteristic(
                    proxy,
                    proxy.handle,
                    uuid_text(proxy.uuid),
                    _property_names(int(proxy.properties)),
                    lambda: self.mtu_size - 3,
                    service,
                )
                found.add_characteristic(characteristic)
                for descriptor in await self._call(proxy.discover_descriptors()):
                    found.add_descriptor(
                        BleakGATTDescriptor(descriptor, descriptor.handle, uuid_text(descriptor.type), characteristic)
                    )
        return found


def _property_names(bits: int) -> list[CharacteristicPropertyName]:
    names: list[Any] = [flag.name.replace("_", "-") for flag in GattCharacteristicsFlags if bits & flag.value]
    return names
