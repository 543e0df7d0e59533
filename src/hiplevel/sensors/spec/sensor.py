"""A whole firmware spec, and the decoder and encoder made from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hiplevel.sensors.spec.model import BatterySource, Char, FullScale, Info, Match, Matrix, Step
from hiplevel.sensors.spec.packet import Frame, Stream, Vector
from hiplevel.sensors.spec.scale import Product, Value
from hiplevel.sensors.spec.vars import Var, settings_of

if TYPE_CHECKING:
    from hiplevel.sensors.decode.decoder import Decoder
    from hiplevel.sensors.encode.encoder import Encoder


@dataclass(frozen=True, eq=False)
class Spec:
    """One sensor and firmware range, completely described by one TOML text.

    Attributes
    ----------
    chars : alias -> (service, characteristic)
    vars : settings, with defaults; one is always `rate`, the sampling rate in Hz
    hardware : the sensors, with firmware and date, that it was run against; empty: none yet
    family : shared by specs whose sensors look alike until they are probed
    probe : steps that succeed with this sensor and with no other of its family
    start, stop : steps to take, in order
    frames : the kinds of packets, the first that fits a payload is taken
    streams : alias -> byte-stream framing
    axes : kind -> (3, 3) signed permutation from the wire to the frame printed on the sensor
    toml_text : the file, verbatim
    """

    id: str
    name: str
    firmware: str
    confidence: str
    sources: tuple[str, ...]
    notes: tuple[str, ...]
    hardware: tuple[str, ...]
    family: str
    match: Match
    min_mtu: int
    chars: Mapping[str, Char]
    vars: Mapping[str, Var]
    probe: tuple[Step, ...]
    start: tuple[Step, ...]
    stop: tuple[Step, ...]
    frames: tuple[Frame, ...]
    streams: Mapping[str, Stream]
    axes: Mapping[str, Matrix]
    full_scale_products: Mapping[str, Product]
    battery: BatterySource | None
    info: Info | None
    limits: Mapping[str, Value]
    vectors: tuple[Vector, ...]
    toml_text: str = field(repr=False, default="")
    origin: str = ""

    @property
    def caution(self) -> str:
        """What a user must be told before trusting it; empty when there is nothing."""
        if self.hardware:
            return ""
        doubt = " Its packet layout could not be confirmed." if self.confidence == "unconfirmed" else ""
        return f"The description of {self.name} was never run against a real sensor.{doubt}"

    def settings(self, given: Mapping[str, Value] | None = None) -> dict[str, Value]:
        """All settings: those given, the rest at their defaults; UsageError(USAGE) for what is not allowed."""
        return settings_of(self.id, self.vars, given or {})

    def rate_hz(self, given: Mapping[str, Value] | None = None) -> float:
        """The nominal sampling rate, Hz."""
        return float(self.settings(given)["rate"])

    def full_scale(self, given: Mapping[str, Value] | None = None) -> FullScale:
        """What the sensor can measure with these settings."""
        settings = self.settings(given)
        acc, gyr = (self.full_scale_products.get(kind) for kind in ("acc", "gyr"))
        return FullScale(
            None if acc is None else acc.value(settings),
            None if gyr is None else gyr.value(settings),
        )

    def alias(self, characteristic: str) -> str | None:
        """The alias of a characteristic given as alias or UUID; None when the spec does not have it."""
        if characteristic in self.chars:
            return characteristic
        wanted = characteristic.lower()
        return next((alias for alias, char in self.chars.items() if char.characteristic == wanted), None)

    def decoder(self, **settings: Value) -> "Decoder":
        """A decoder of this sensor's notifications."""
        from hiplevel.sensors.decode.decoder import Decoder

        return Decoder(self, settings)

    def encoder(self, **settings: Value) -> "Encoder":
        """An encoder that makes the notifications this sensor would send."""
        from hiplevel.sensors.encode.encoder import Encoder

        return Encoder(self, settings)
