"""What all events share."""

from dataclasses import dataclass, field
from typing import Any, Self


@dataclass(frozen=True)
class Known:
    """Base of all events: when it became certain."""

    known_s: float = field(default=0.0, kw_only=True)

    def but(self, **changes: Any) -> Self:
        """The same with other values: `dataclasses.replace`, in a tenth of the time.

        Raises
        ------
        TypeError
            for a name that is no field.
        """
        twin = object.__new__(type(self))
        twin.__dict__.update(self.__dict__, **changes)  # frozen, but not yet seen by anybody
        if len(twin.__dict__) > len(self.__dict__):
            raise TypeError(f"{type(self).__name__} has no {', '.join(changes.keys() - self.__dict__.keys())}.")
        return twin
