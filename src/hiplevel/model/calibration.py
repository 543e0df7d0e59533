"""From the sensor's frame to the pelvis' frame."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from hiplevel.model.errors import InputError, Reason
from hiplevel.model.samples import Floats

ORTHONORMAL_TOLERANCE = 1e-3


@dataclass(frozen=True, eq=False)
class Calibration:
    """The rotation v_pelvis = matrix @ v_sensor (pelvis: x forward, y left, z up), and how far to trust it.

    Attributes
    ----------
    matrix : (3, 3) proper rotation
    source : 'matrix' (given), 'movements' (stand still, then hinge) or 'mounting' (assumed)
    quality : 0 to 1
    reasons : what lowered the quality, in sentences
    """

    matrix: Floats
    source: str = "matrix"
    quality: float = 1.0
    reasons: tuple[str, ...] = ()

    @classmethod
    def from_matrix(cls, sensor_to_pelvis: ArrayLike) -> Self:
        """A calibration known exactly: angles are then absolute, no neutral is subtracted.

        Raises
        ------
        InputError
            with reason CALIBRATION when it is not a (3, 3) proper rotation.
        """
        matrix = np.array(sensor_to_pelvis, dtype=np.float64)
        if matrix.shape != (3, 3) or not np.all(np.isfinite(matrix)):
            raise InputError(f"A calibration is a (3, 3) matrix of numbers, not {matrix.shape}.", Reason.CALIBRATION)
        if np.max(np.abs(matrix @ matrix.T - np.eye(3))) > ORTHONORMAL_TOLERANCE or np.linalg.det(matrix) < 0.0:
            raise InputError(
                "The calibration matrix is not a rotation: its rows must be the pelvis' forward, left and up axes "
                "written in the sensor's frame, of length 1, at right angles, and right-handed.",
                Reason.CALIBRATION,
            )
        return cls(matrix)
