"""Scale factors: products of numbers and settings, nothing else, so that a spec stays data."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

Value: TypeAlias = int | float | str


@dataclass(frozen=True)
class Product:
    """`constant` times the settings named in `names`."""

    constant: float
    names: tuple[str, ...] = ()

    def value(self, settings: Mapping[str, Value]) -> float:
        """The factor for these settings."""
        return math.prod((float(settings[name]) for name in self.names), start=self.constant)


def parse_product(text: str | float) -> Product:
    """A product like `"9.80665 * acc_range * 3.0517578125e-05"`.

    Raises
    ------
    ValueError
        with a sentence for anything that is not a product.
    """
    constant, names = 1.0, []
    for factor in str(text).split("*"):
        part = factor.strip()
        if part.isidentifier():
            names.append(part)
            continue
        try:
            constant *= float(part)
        except ValueError:
            raise ValueError(
                f"{text!r} is not a product; write numbers and names of [vars] joined by *, "
                'like "9.80665 * acc_range * 3.0517578125e-05"'
            ) from None
    if not math.isfinite(constant) or constant == 0.0:
        raise ValueError(f"the factor {text!r} is {constant}; write a number other than zero")
    return Product(constant, tuple(names))
