"""Numbers of a file become samples once their units are beyond doubt."""

from dataclasses import dataclass

from hiplevel.model.samples import Floats, Samples
from hiplevel.recording.csv_units import acc_unit, gyr_unit


@dataclass(frozen=True)
class Measured:
    """Samples, the units they were given in, and remarks."""

    samples: Samples
    acc_unit: str
    gyr_unit: str
    notices: tuple[str, ...]


def measured(time_s: Floats, acc: Floats, gyr: Floats, acc_told: str, gyr_told: str, file: str) -> Measured:
    """Samples of (n,) times and (n, 3) values; a unit that was not told ('') is found from the data.

    Raises
    ------
    InputError
        UNITS when a unit told cannot be right, or none can be found.
    """
    found_acc, acc_notices = acc_unit(acc, acc_told, file)
    acc_m_s2 = Samples.from_units(time_s, acc, gyr, acc_unit=found_acc).acc_m_s2
    found_gyr, gyr_notices = gyr_unit(time_s, acc_m_s2, gyr, gyr_told, file)
    samples = Samples.from_units(time_s, acc, gyr, acc_unit=found_acc, gyr_unit=found_gyr)
    return Measured(samples, found_acc, found_gyr, (*acc_notices, *gyr_notices))
