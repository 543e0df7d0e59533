"""What an export wrote, and what it could not keep."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hiplevel.model.errors import Reason, UsageError


@dataclass(frozen=True)
class Exported:
    """An export: where it is, how many rows or samples of a channel it has, and what a reader of it must know.

    facts: the figures behind the notices, for programs.
    """

    path: Path
    rows: int
    notices: tuple[str, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)


def lacking(what: str, package: str, extra: str) -> UsageError:
    """The refusal when an optional package is not there."""
    return UsageError(
        f"{what} needs the package {package}, which is not installed.",
        Reason.USAGE,
        f"Install it with: pip install 'hiplevel[{extra}]'",
    )
