"""The filter of attitude goes two cells at a time, and gives what it gives cell by cell."""

import numpy as np
import pytest
from scipy.spatial.transform import Rotation
from vqf import VQF

from hiplevel.motion.grid import Cells
from hiplevel.motion.orientation import Orientation

FINE = 20  # steps of the true movement to a cell
CELLS = 3000


def moved(size_deg: float, hz: float, *, cone: bool) -> tuple[Cells, np.ndarray]:
    """Cells of a sensor that swings about all axes or on a cone; and its vertical at the start."""
    time_s = np.arange(CELLS * FINE + 1) / (100.0 * FINE)
    phase, size = 2.0 * np.pi * hz * time_s, np.radians(size_deg)
    swing = [np.sin(phase), np.cos(phase), 0.0 * phase] if cone else [np.sin(phase), np.sin(0.8 * phase), np.sin(phase)]
    turned = Rotation.from_rotvec(size * np.stack(swing, axis=1))
    rate = (turned[:-1].inv() * turned[1:]).as_rotvec() * 100.0 * FINE
    up = turned.inv().apply([0.0, 0.0, 1.0])
    means = [values.reshape(CELLS, FINE, 3).mean(axis=1).T for values in (9.80665 * up[1:], rate)]
    return Cells(np.arange(1, CELLS + 1) / 100.0, np.concatenate(means)), up[0]


def cell_by_cell(cells: Cells, up: np.ndarray) -> np.ndarray:
    """(3, m): the same filter, begun alike."""
    vqf = VQF(0.01, motionBiasEstEnabled=False)
    vqf.updateBatch(np.zeros((900, 3)), np.tile(9.80665 * up, (900, 1)))
    vqf.setMotionBiasEstEnabled(True)
    quaternion = vqf.updateBatch(cells.gyr_rad_s, cells.acc_m_s2)["quat6D"]
    return Rotation.from_quat(quaternion, scalar_first=True).inv().apply([0.0, 0.0, 1.0]).T


@pytest.mark.parametrize("cone", [False, True], ids=["to and fro", "on a cone"])
@pytest.mark.parametrize(("size_deg", "hz"), [(10.0, 1.0), (20.0, 1.5), (10.0, 3.0)])
def test_two_by_two_it_is_within_two_hundredths_of_a_degree(size_deg, hz, cone):
    cells, up = moved(size_deg, hz, cone=cone)
    orientation = Orientation()
    orientation.begin(up)
    seen, expected = orientation.process(cells).up, cell_by_cell(cells, up)
    assert np.degrees(np.linalg.norm(seen - expected, axis=0)).max() < 0.02


def test_what_only_one_cell_of_two_turns_is_shown_where_it_was():
    read = np.zeros((6, 40))
    read[2], read[3, ::2] = 9.80665, 0.5
    orientation = Orientation()
    orientation.begin(np.array([0.0, 0.0, 1.0]))
    up = orientation.process(Cells(np.arange(1, 41) / 100.0, read)).up
    turned = np.diff(np.arcsin(up[1]))
    assert turned[::2] == pytest.approx(0.0, abs=1e-4)
    assert turned[1::2] == pytest.approx(0.005, rel=0.02)
