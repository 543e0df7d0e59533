"""Readings at the sensor's limit: what went beyond is not known."""

from dataclasses import dataclass

from hiplevel.model.known import Known


@dataclass(frozen=True)
class Clipped(Known):
    """From start_s to end_s `samples` readings of a sensor were at its limit, in its unit (m/s2 or rad/s).

    sensor: 'accelerometer' or 'gyroscope'. Angles may be off for some seconds after a gyroscope's: their
    uncertainty grows by what the clip may have turned meanwhile.
    """

    start_s: float
    end_s: float
    sensor: str
    samples: int
    limit: float
