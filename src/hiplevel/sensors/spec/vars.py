"""The settings of a sensor: rate, ranges, batch."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field

from hiplevel.model.errors import Reason, UsageError
from hiplevel.sensors.spec.scale import Value


@dataclass(frozen=True)
class Var:
    """One setting: its default, what is allowed (empty: anything of that type), its unit, and codes on the wire.

    codes : further tables of codes, by name, where a sensor wants the setting in several ways
    """

    name: str
    default: Value
    allowed: tuple[Value, ...] = ()
    unit: str = ""
    code: Mapping[Value, int] = field(default_factory=dict)
    codes: Mapping[str, Mapping[Value, int]] = field(default_factory=dict)

    def table(self, name: str = "code") -> Mapping[Value, int]:
        """The table of codes of that name; empty when there is none."""
        return self.code if name == "code" else self.codes.get(name, {})

    def code_of(self, value: Value, table: str = "code") -> int:
        """The code that stands for `value` on the wire."""
        return self.table(table)[value]


def settings_of(spec_id: str, known: Mapping[str, Var], given: Mapping[str, Value]) -> dict[str, Value]:
    """All settings: those given, the rest at their defaults.

    Raises
    ------
    UsageError
        with reason USAGE, naming what is allowed.
    """
    for name, value in given.items():
        if name not in known:
            near = difflib.get_close_matches(name, known, 1) or sorted(known)
            raise UsageError(
                f"{spec_id} has no setting {name!r}.", Reason.USAGE, f"Did you mean {', '.join(near) or 'none'}?"
            )
        var = known[name]
        same_kind = isinstance(value, str) == isinstance(var.default, str) and not isinstance(value, bool)
        if (var.allowed and value not in var.allowed) or not same_kind:
            allowed = ", ".join(f"{v}" for v in var.allowed) or f"a value like {var.default}"
            raise UsageError(f"{name} of {spec_id} cannot be {value!r} {var.unit}.", Reason.USAGE, f"Use {allowed}.")
    return {name: given.get(name, var.default) for name, var in known.items()}
