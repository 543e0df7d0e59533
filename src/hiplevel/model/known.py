"""What all events share."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Known:
    """Base of all events: when it became certain."""

    known_s: float = field(default=0.0, kw_only=True)
