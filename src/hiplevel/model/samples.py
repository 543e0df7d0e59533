"""A stretch of accelerometer and gyroscope samples in the sensor's own frame."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hiplevel.model.errors import InputError, Reason

Floats = NDArray[np.float64]

ACC_UNITS_M_S2 = {"m/s2": 1.0, "g": 9.80665, "mg": 9.80665e-3}
GYR_UNITS_RAD_S = {"rad/s": 1.0, "deg/s": np.pi / 180.0, "mdeg/s": np.pi / 180.0e3}


@dataclass(frozen=True, eq=False)
class Samples:
    """Samples of one sensor, oldest first.

    Attributes
    ----------
    time_s : (n,) seconds, any zero, on the sensor's own clock
    acc_m_s2 : (n, 3) specific force, sensor frame, m/s2 (at rest it reads +9.81 along the axis that points up)
    gyr_rad_s : (n, 3) angular rate, sensor frame, rad/s, right-handed

    Raises
    ------
    InputError
        with reason SHAPE when the three do not belong together. Values are judged by the pipeline.
    """

    time_s: Floats
    acc_m_s2: Floats
    gyr_rad_s: Floats

    def __post_init__(self) -> None:
        time_s = _floats(self.time_s, "time_s")
        acc_m_s2 = _floats(self.acc_m_s2, "acc_m_s2")
        gyr_rad_s = _floats(self.gyr_rad_s, "gyr_rad_s")
        n = time_s.size
        if time_s.ndim != 1:
            raise InputError(f"time_s has shape {time_s.shape}; it must be (n,).", Reason.SHAPE)
        for name, array in (("acc_m_s2", acc_m_s2), ("gyr_rad_s", gyr_rad_s)):
            if array.size == 0 and n == 0:
                continue
            if array.shape != (n, 3):
                raise InputError(
                    f"{name} has shape {array.shape}; with {n} time stamps it must be ({n}, 3).", Reason.SHAPE
                )
        object.__setattr__(self, "time_s", time_s)
        object.__setattr__(self, "acc_m_s2", acc_m_s2.reshape(n, 3))
        object.__setattr__(self, "gyr_rad_s", gyr_rad_s.reshape(n, 3))

    @classmethod
    def empty(cls) -> Self:
        """No samples."""
        return cls(np.empty(0), np.empty((0, 3)), np.empty((0, 3)))

    @classmethod
    def from_units(
        cls, time_s: ArrayLike, acc: ArrayLike, gyr: ArrayLike, *, acc_unit: str = "m/s2", gyr_unit: str = "rad/s"
    ) -> Self:
        """Samples from other units: acc (n, 3) in 'm/s2', 'g' or 'mg'; gyr (n, 3) in 'rad/s', 'deg/s' or 'mdeg/s'.

        Raises
        ------
        InputError
            UNITS for a unit that is not known, SHAPE when the three do not belong together.
        """
        if acc_unit not in ACC_UNITS_M_S2 or gyr_unit not in GYR_UNITS_RAD_S:
            raise InputError(
                f"Unknown unit {acc_unit!r} or {gyr_unit!r}.",
                Reason.UNITS,
                f"Accelerometer: {', '.join(ACC_UNITS_M_S2)}; gyroscope: {', '.join(GYR_UNITS_RAD_S)}.",
            )
        return cls(
            _floats(time_s, "time_s"),
            _floats(acc, "acc") * ACC_UNITS_M_S2[acc_unit],
            _floats(gyr, "gyr") * GYR_UNITS_RAD_S[gyr_unit],
        )

    def __len__(self) -> int:
        return int(self.time_s.size)

    def __getitem__(self, rows: slice) -> Self:
        return type(self)(self.time_s[rows], self.acc_m_s2[rows], self.gyr_rad_s[rows])

    def joined(self, *others: Self) -> Self:
        """These samples followed by others."""
        parts = [self, *others]
        return type(self)(
            np.concatenate([p.time_s for p in parts]),
            np.concatenate([p.acc_m_s2 for p in parts]),
            np.concatenate([p.gyr_rad_s for p in parts]),
        )


def _floats(values: ArrayLike, name: str) -> Floats:
    try:
        read = np.asanyarray(values)
        if np.iscomplexobj(read):
            raise InputError(f"{name} holds complex numbers; what a sensor reads is real.", Reason.SHAPE)
        if isinstance(read, np.ma.MaskedArray):
            read = np.ma.filled(read.astype(np.float64), np.nan)
        return np.ascontiguousarray(read, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise InputError(f"{name} is not an array of numbers ({error}).", Reason.SHAPE) from error
