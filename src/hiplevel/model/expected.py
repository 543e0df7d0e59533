"""What a caller must have given: the right kind of object, told at once and in a sentence."""

import math

from hiplevel.model.errors import Reason, UsageError


def expect(value: object, kind: type, name: str, instead: str) -> None:
    """Let only a `kind` pass; instead: what to write.

    Raises
    ------
    UsageError
        with reason USAGE.
    """
    if not isinstance(value, kind):
        raise UsageError(f"{name} must be a {kind.__name__}, not a {type(value).__name__}: {instead}.", Reason.USAGE)


def expect_seconds(value: object, name: str) -> None:
    """Let only a finite number of at least 0 pass.

    Raises
    ------
    UsageError
        with reason USAGE.
    """
    try:
        fits = math.isfinite(value) and value >= 0.0  # type: ignore[arg-type,operator]
    except TypeError:
        fits = False
    if not fits:
        raise UsageError(f"{name} is {value!r}; it must be a number of seconds, 0 or more.", Reason.USAGE)
