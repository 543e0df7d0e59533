"""From the sensor's frame to the pelvis' frame."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Literal, Self, get_args

import numpy as np
from numpy.typing import ArrayLike

from hiplevel.model.errors import InputError, Reason, UsageError
from hiplevel.model.functional import learn, learn_continuous
from hiplevel.model.functional_judge import Learned
from hiplevel.model.samples import Floats, Samples

ORTHONORMAL_TOLERANCE = 1e-3
# Below this the left-right axis may be so far off that leaning forward looks like dropping.
GRADABLE_QUALITY = 0.5
# One wearing: where the clip sits differs by several degrees each time it is put on, and nobody sleeps in it.
VALID_S = 12 * 3600.0

Place = Literal["back", "left side", "right side"]
# Sensor to pelvis of a clip that sits there upright and flat: at the back its axes are the pelvis'.
_PLACED: dict[str, list[list[float]]] = {
    "back": [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
    "left side": [[0.0, 1.0, 0.0], [-1.0, 0.0, 0.0], [0.0, 0.0, 1.0]],
    "right side": [[0.0, -1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]],
}


@dataclass(frozen=True, eq=False)
class Calibration:
    """The rotation v_pelvis = matrix @ v_sensor (pelvis: x forward, y left, z up), and how far to trust it.

    Attributes
    ----------
    matrix : (3, 3) proper rotation
    source : 'matrix' (given), 'movements' (stand still, then hinge) or 'mounting' (assumed)
    quality : 0 to 1
    reasons : what lowered the quality, in sentences
    place : where the clip was said to sit, for 'mounting'
    hinges_deg : depth of each hinge; axis_sd_deg : one sigma of the left-right axis about the vertical, None: unknown
    side_sure : whether left is known from right; checked : whether raising the left hip was seen on the left
    sensor_id, client : whose it is; made_ns : when, ns since 1970, 0 when unknown; valid_s : for how long from then
    """

    matrix: Floats
    source: str = "matrix"
    quality: float = 1.0
    reasons: tuple[str, ...] = ()
    place: str = ""
    hinges_deg: tuple[float, ...] = ()
    axis_sd_deg: float | None = None
    side_sure: bool = True
    checked: bool = False
    sensor_id: str = ""
    client: str = ""
    made_ns: int = 0
    valid_s: float = VALID_S

    @classmethod
    def from_matrix(cls, sensor_to_pelvis: ArrayLike) -> Self:
        """A calibration known exactly: angles are then absolute, no neutral is subtracted.

        Raises
        ------
        InputError
            with reason CALIBRATION when it is not a (3, 3) proper rotation.
        """
        try:
            matrix = np.array(sensor_to_pelvis, dtype=np.float64)
        except (TypeError, ValueError) as error:
            raise InputError(f"A calibration is a (3, 3) matrix of numbers ({error}).", Reason.CALIBRATION) from error
        if matrix.shape != (3, 3):
            raise InputError(f"A calibration is a (3, 3) matrix of numbers, not {matrix.shape}.", Reason.CALIBRATION)
        if not np.all(np.isfinite(matrix)):
            raise InputError("The calibration matrix holds something that is not a number.", Reason.CALIBRATION)
        if np.max(np.abs(matrix @ matrix.T - np.eye(3))) > ORTHONORMAL_TOLERANCE or np.linalg.det(matrix) < 0.0:
            raise InputError(
                "The calibration matrix is not a rotation: its rows must be the pelvis' forward, left and up axes "
                "written in the sensor's frame, of length 1, at right angles, and right-handed.",
                Reason.CALIBRATION,
            )
        return cls(matrix)

    @classmethod
    def from_movements(cls, *, still: Samples, hinges: Samples) -> Self:
        """From standing still for 3 to 5 s and about three slow forward hip hinges, the clip worn anywhere and anyhow.

        Standing gives the vertical and the gyroscope's bias, the principal axis of the hinges' angular rate the
        left-right axis, and the way gravity tips its sign (after Pacher et al. 2020, Sensors 20:3322). `quality` falls
        with a restless stand, few, small, twisted or differing hinges, and leaning backward; `reasons` say so.

        Raises
        ------
        InputError
            with reason CALIBRATION when no frame can be had at all: too few samples, no hinge, no gravity.
        """
        return cls._learned(learn(still, hinges))

    @classmethod
    def from_recording_part(cls, samples: Samples) -> Self:
        """The same from one continuous stretch: the quiet stand and the hinges after it are found in it.

        Raises
        ------
        InputError
            as `from_movements`.
        """
        return cls._learned(learn_continuous(samples))

    @classmethod
    def assumed(cls, place: Place = "back") -> Self:
        """The clip upright where it is said to sit, its axes at the back being those of the pelvis; not measured.

        Raises
        ------
        UsageError
            for another place.
        """
        if place not in get_args(Place):
            raise UsageError(f"A clip cannot sit at {place!r}: choose {', '.join(_PLACED)}.", Reason.USAGE)
        reason = f"The clip was not calibrated: it is taken to sit upright at the {place}."
        quality = GRADABLE_QUALITY if place == "back" else 0.0
        return cls(np.array(_PLACED[place]), "mounting", quality, (reason,), place=place)

    @classmethod
    def _learned(cls, learned: Learned) -> Self:
        taught = {f.name: getattr(learned, f.name) for f in fields(learned)}
        return cls(source="movements", **taught)

    @property
    def gradable(self) -> bool:
        """Whether drops may be judged with it: quality of at least 0.5, and left known from right."""
        return not self.refusal

    @property
    def refusal(self) -> str:
        """Why drops may not be judged, and what to do; empty when they may."""
        again = "Calibrate: stand still for 4 s, then hinge forward at the hips three times."
        poor = not self.quality >= GRADABLE_QUALITY
        if self.source == "mounting" and poor:
            return (
                f"Drops are not judged: a clip at the {self.place or 'side'} that was not calibrated measures leaning "
                f"forward where it should measure the drop. {again}"
            )
        if poor:
            because = self.reasons[0] if self.reasons else again
            return (
                f"Drops are not judged: the calibration reached a quality of {self.quality:.2f} "
                f"({GRADABLE_QUALITY:g} is needed). {because}"
            )
        if not (self.side_sure or self.checked):
            return (
                "Drops are not judged: the calibration cannot tell left from right. "
                "Raise the left hip for the check, or hinge deeper and forward only."
            )
        return ""

    def made_for(self, sensor_id: str, client: str, made_ns: int, valid_s: float = VALID_S) -> Self:
        """The same with whose it is, when it was made, and how long it holds."""
        return replace(self, sensor_id=sensor_id, client=client, made_ns=made_ns, valid_s=valid_s)

    def expired(self, at_ns: int) -> bool:
        """Whether the clip was worn anew since, as far as time can tell; never when made_ns is unknown."""
        return self.made_ns > 0 and not 0 <= at_ns - self.made_ns <= self.valid_s * 1e9

    def to_json(self) -> dict[str, Any]:
        """A JSON object of all fields."""
        plain = {f.name: getattr(self, f.name) for f in fields(self)}
        lists = {"reasons": list(self.reasons), "hinges_deg": list(self.hinges_deg)}
        return {**plain, **lists, "matrix": np.asarray(self.matrix).tolist()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """What `to_json` gave; fields of a later version are ignored, those of an older one take their defaults.

        Raises
        ------
        InputError
            CALIBRATION when it is no such object.
        """
        try:
            exact = cls.from_matrix(data["matrix"])
            told = {f.name: data[f.name] for f in fields(cls) if f.name in data and f.name != "matrix"}
            for name, kind in _KINDS.items():
                if name in told:
                    told[name] = kind(told[name])
            return replace(exact, **told)
        except (KeyError, TypeError, ValueError) as error:
            raise InputError(f"This is no calibration of hiplevel ({error}).", Reason.CALIBRATION) from error


_KINDS: dict[str, Any] = {
    "source": str,
    "quality": float,
    "reasons": tuple,
    "place": str,
    "hinges_deg": tuple,
    "axis_sd_deg": lambda sd: None if sd is None else float(sd),
    "side_sure": bool,
    "checked": bool,
    "sensor_id": str,
    "client": str,
    "made_ns": int,
    "valid_s": float,
}
