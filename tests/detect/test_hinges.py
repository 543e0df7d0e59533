"""A hinge bends at the hips; whoever turns about as far as they bend reaches for something."""

import pytest

from hiplevel import analyze
from motion.analytic import clock, path, worn


@pytest.mark.parametrize(
    ("bent_deg", "turned_deg", "counted"),
    [(55.0, 0.0, 6), (55.0, 20.0, 6), (30.0, 12.0, 6), (25.0, 35.0, 0), (30.0, 40.0, 0)],
)
def test_bending_and_turning_to_the_side_is_no_hinge(bent_deg, turned_deg, counted):
    time_s = clock(40.0)

    def there_and_back(to: float) -> list[tuple[float, float]]:
        return [(4.0, 0.0), *[(1.8, to), (0.3, to), (1.8, 0.0), (0.8, 0.0)] * 6]

    bent = worn(
        time_s,
        tilt=path(time_s, there_and_back(bent_deg)),
        rotation=path(time_s, there_and_back(turned_deg)),
        noise=1.0,
    )
    assert len(analyze(bent.samples, exercise="single-leg-deadlift", stance="left").reps) == counted
