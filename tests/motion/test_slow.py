"""A pelvis that sinks so slowly that the gyroscope could be blamed for it."""

import numpy as np
import pytest
from vqf import VQF

from hiplevel import analyze
from hiplevel.motion import orientation
from motion.analytic import clock, path, worn


@pytest.mark.parametrize(("deg", "over_s"), [(3.0, 4.0), (5.0, 5.0), (6.0, 10.0), (8.0, 10.0)])
def test_sinking_slowly_is_seen_and_not_taken_for_bias(deg, over_s):
    time_s = clock(24.0)
    obliquity = path(time_s, [(4.0, 0.0), (over_s, deg), (10.0, deg)])
    true = worn(time_s, obliquity=obliquity, noise=1, bias_deg_s=(0.4, -0.3, 0.2))
    seen = analyze(true.samples)
    error = np.abs(seen.obliquity_deg - np.interp(seen.time_s, time_s, obliquity[0]))
    assert error.max() < 0.3


def test_learning_from_rest_would_lose_two_degrees(monkeypatch):
    """Why nothing but the stand at the start teaches the bias at rest."""
    monkeypatch.setattr(orientation, "VQF", lambda *args, **more: VQF(*args, **{**more, "restBiasEstEnabled": True}))
    time_s = clock(24.0)
    obliquity = path(time_s, [(4.0, 0.0), (10.0, 8.0), (10.0, 8.0)])
    seen = analyze(worn(time_s, obliquity=obliquity, noise=1, bias_deg_s=(0.4, -0.3, 0.2)).samples)
    error = np.abs(seen.obliquity_deg - np.interp(seen.time_s, time_s, obliquity[0]))
    assert error.max() == pytest.approx(2.4, abs=0.3)
