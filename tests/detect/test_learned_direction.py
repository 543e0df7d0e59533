"""The direction that is learned is one along which a movement comes back, not one that drifts away."""

import numpy as np

from hiplevel.detect.learned_frames import FRAME_HZ
from hiplevel.detect.learned_signal import along, learned_direction

PERIOD = 50.0  # frames


def test_what_drifts_weighs_less_than_what_comes_back() -> None:
    """Travel that is the smoother rhythm, but from an accelerometer that reads a little wrong."""
    frames = np.arange(round(4.0 * PERIOD))
    angle = 2.0 * np.pi * frames / PERIOD
    velocity = np.random.default_rng(0).normal(0.0, 0.003, (6, len(frames)))
    velocity[1] += np.cos(angle) + 0.4 * np.cos(3.0 * angle)  # turning, with sharp turns
    drift_m_s = np.zeros((6, len(frames)))
    drift_m_s[4] = 0.25 * np.sin(angle / 8.0)
    velocity[4] += 0.8 * np.cos(angle)
    rhythm = slice(round(PERIOD), None)
    drifted_m = []
    for travelling in (velocity[3:] + drift_m_s[3:], None):
        direction, _ = learned_direction((velocity + drift_m_s)[:, rhythm], PERIOD, travelling)
        swung_m, strayed_m = (np.ptp(np.cumsum(along(direction, way))) / FRAME_HZ for way in (velocity, drift_m_s))
        drifted_m.append(strayed_m / swung_m)
    assert drifted_m[0] < 0.5 * drifted_m[1]
