"""A finding of `hiplevel doctor`."""

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "notice", "problem"]


@dataclass(frozen=True)
class Check:
    """What was looked at, how it is, and what to do. notice: something is missing that one can do without."""

    about: str
    state: State
    text: str
    hint: str = ""


def ok(about: str, text: str) -> Check:
    """As it should be."""
    return Check(about, "ok", text)
