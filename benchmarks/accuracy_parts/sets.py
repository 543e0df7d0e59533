"""The recordings: public sets in one npz layout (docs/accuracy.md says which, and how they were converted)."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hiplevel import Samples

Floats = NDArray[np.float64]
# cmu_exercise: pelvis right = +sensor y, anterior = -sensor z, up = -sensor x. Rows: forward, left, up.
CMU_SENSOR_TO_PELVIS = np.array([[0.0, 0.0, -1.0], [0.0, -1.0, 0.0], [-1.0, 0.0, 0.0]])


@dataclass(frozen=True, eq=False)
class Recording:
    """One recording of a set, with whatever truth it carries."""

    name: str
    samples: Samples
    truth: dict[str, Floats]

    @property
    def task(self) -> str:
        """What was done: the first part of the name."""
        return self.name.replace("-", "_").split("_")[0]

    @property
    def obliquity_deg(self) -> Floats:
        """Of the reference, (n,)."""
        return self.truth["ref_obliquity_deg"]

    @property
    def tilt_deg(self) -> Floats:
        """Of the reference, (n,)."""
        return self.truth["ref_tilt_deg"]


def recordings(data: Path, file: str) -> Iterator[Recording]:
    """Recordings of FOLDER/file.npz, by name."""
    with np.load(data / f"{file}.npz") as store:
        arrays = {key: np.asarray(store[key], dtype=np.float64) for key in store.files}
    for name in sorted({key.rsplit("/", 1)[0] for key in arrays}):
        own = {key.rsplit("/", 1)[1]: value for key, value in arrays.items() if key.startswith(name + "/")}
        yield Recording(name, Samples(own.pop("t_s"), own.pop("acc_m_s2"), own.pop("gyr_rad_s")), own)


def up_of_angles(obliquity_deg: Floats, tilt_deg: Floats) -> Floats:
    """The vertical (n, 3) in the pelvis frame of a pelvis inclined like this."""
    o, t = np.radians(obliquity_deg), np.radians(tilt_deg)
    return np.stack([-np.cos(o) * np.sin(t), np.sin(o), np.cos(o) * np.cos(t)], axis=-1)


def angles_of_up(up_pelvis: Floats) -> tuple[Floats, Floats]:
    """Obliquity and tilt (n,), degrees, from the vertical (n, 3) in the pelvis frame."""
    obliquity = np.degrees(np.arcsin(np.clip(up_pelvis[:, 1], -1.0, 1.0)))
    return obliquity, np.degrees(np.arctan2(-up_pelvis[:, 0], up_pelvis[:, 2]))


def up_of_quaternion(quaternion_wxyz: Floats) -> Floats:
    """The vertical (n, 3) in the sensor frame from quaternions (n, 4) sensor to earth."""
    w, x, y, z = quaternion_wxyz.T
    return np.stack([2.0 * (x * z - w * y), 2.0 * (y * z + w * x), w * w + z * z - x * x - y * y], axis=1)
