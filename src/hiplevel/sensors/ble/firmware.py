"""Whether a sensor's firmware is older than its spec asks for, as far as both say it in numbers."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from hiplevel.model.errors import LinkError, Reason
from hiplevel.sensors.ble.identity import SensorIdentity
from hiplevel.sensors.spec.sensor import Spec

_ASKED = re.compile(r"(?:>=|\bfrom)\s*v?(\d+(?:\.\d+)+)")
_TOLD = re.compile(r"(\d+(?:\.\d+)+)")


class Told(Protocol):
    """A connection: what the sensor should be, and what it says it is."""

    spec: Spec
    identity: SensorIdentity


@contextmanager
def firmware_in_mind(sensor: Told) -> Iterator[None]:
    """A sensor with old firmware lacks things and refuses commands: then that is what a person is told.

    Raises
    ------
    LinkError
        FIRMWARE_OLD instead of SENSOR_REFUSED; any other as it is.
    """
    try:
        yield
    except LinkError as error:
        asked, told = too_old(sensor.spec.firmware, sensor.identity.firmware), sensor.identity
        if error.reason is not Reason.SENSOR_REFUSED or not asked:
            raise
        raise LinkError(
            f"{told.name} has firmware {told.firmware}; {sensor.spec.id} is for {asked} or newer.",
            Reason.FIRMWARE_OLD,
            f"Update the sensor with its maker's app. What failed: {error}",
        ) from error


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
