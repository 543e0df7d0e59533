"""Whether a sensor's firmware is older than its spec asks for, as far as both say it in numbers."""

import re

_ASKED = re.compile(r"(?:>=|\bfrom)\s*v?(\d+(?:\.\d+)+)")
_TOLD = re.compile(r"(\d+(?:\.\d+)+)")


def too_old(asked: str, told: str) -> str:
    """The version that is asked for ('>= 2.3' or 'from 2.3' in the spec's text) where `told` is older, else ''."""
    wanted, has = _ASKED.search(asked), _TOLD.search(told)
    if wanted is None or has is None or _numbers(has[1]) >= _numbers(wanted[1]):
        return ""
    return wanted[1]


def _numbers(version: str) -> tuple[int, ...]:
    numbers = [int(part) for part in version.split(".")]
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)
