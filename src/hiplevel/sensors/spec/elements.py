"""The number types of a packet: u8 ... f64, little-endian unless the name ends in `be`."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]


@dataclass(frozen=True)
class Element:
    """One number type: `u`nsigned, `i`nteger or `f`loat, its width in bytes, its byte order."""

    name: str
    kind: str
    size: int
    big_endian: bool = False

    @cached_property
    def dtype(self) -> np.dtype[np.generic]:
        """The numpy type that reads it from bytes."""
        return np.dtype(f"{'>' if self.big_endian else '<'}{self.kind}{self.size}")

    @property
    def is_float(self) -> bool:
        """Whether it is IEEE-754."""
        return self.kind == "f"

    @property
    def bits(self) -> int:
        """Its width in bits."""
        return 8 * self.size

    @property
    def lowest(self) -> int:
        """The smallest integer it holds."""
        return -(1 << (self.bits - 1)) if self.kind == "i" else 0

    @property
    def highest(self) -> int:
        """The largest integer it holds."""
        return (1 << (self.bits - (self.kind == "i"))) - 1

    def read(self, payload: bytes, at: int) -> int | float:
        """The number at byte `at`; the caller has checked the length."""
        value = np.frombuffer(payload, self.dtype, 1, at)[0].item()
        return value if isinstance(value, (int, float)) else 0

    def write(self, value: float) -> bytes:
        """The number as bytes; integers are rounded and kept within what the type holds."""
        if self.is_float:
            return np.array([value], dtype=np.float64).astype(self.dtype).tobytes()
        kept = min(max(round(value), self.lowest), self.highest)
        return kept.to_bytes(self.size, "big" if self.big_endian else "little", signed=self.kind == "i")

    def column(self, packets: Bytes, at: int) -> NDArray[np.generic]:
        """The (m,) numbers at byte `at` of (m, length) packets."""
        return np.ascontiguousarray(packets[:, at : at + self.size]).view(self.dtype)[:, 0]


def _all() -> dict[str, Element]:
    sizes = {"u": (1, 2, 4, 8), "i": (1, 2, 4, 8), "f": (4, 8)}
    found = {}
    for kind, widths in sizes.items():
        for size in widths:
            name = f"{kind}{8 * size}"
            found[name] = Element(name, kind, size)
            if size > 1:
                found[f"{name}be"] = Element(f"{name}be", kind, size, big_endian=True)
    return found


ELEMENTS = _all()
