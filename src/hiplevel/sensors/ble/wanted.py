"""Which sensor is meant: any of its kind, one by name or address, or the very one that was used before."""

from dataclasses import dataclass
from typing import Self

from hiplevel.model.errors import LinkError, Reason
from hiplevel.sensors.ble.identity import SensorIdentity


@dataclass(frozen=True)
class Wanted:
    """What is known of the sensor; empty: any that the spec fits. With an address, a name decides nothing."""

    name: str = ""
    address: str = ""
    serial: str = ""

    @classmethod
    def of(cls, identity: SensorIdentity) -> Self:
        """The very sensor that is, or was, connected."""
        return cls(identity.name, identity.address, identity.serial)

    @property
    def any(self) -> bool:
        """Whether any sensor of the kind will do."""
        return not (self.name or self.address)

    def fits(self, address: str, name: str) -> bool:
        """Whether an advertisement is of it."""
        if self.address:
            return address.lower() == self.address.lower()
        return name.lower() == self.name.lower()

    def words(self, kind: str) -> str:
        """As one would call it."""
        if self.any:
            return kind
        return f"{self.name} ({self.address})" if self.name and self.address else self.name or self.address

    def check(self, identity: SensorIdentity) -> None:
        """LinkError OTHER_SENSOR when what is connected says that it is another one."""
        if self.serial and identity.serial and self.serial != identity.serial:
            raise LinkError(
                f"{identity.name} at {identity.address} has the serial number {identity.serial}; the one that was "
                f"used before has {self.serial}.",
                Reason.OTHER_SENSOR,
                "Choose it with --sensor if you mean this one.",
            )
