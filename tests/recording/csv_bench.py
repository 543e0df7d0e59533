"""Tables to read, and what is refused of them."""

from pathlib import Path

import numpy as np
import pytest

from hiplevel.model.errors import HiplevelError
from hiplevel.model.samples import Samples

from .conftest import moving_samples
from .reading import read_csv

MOVING = moving_samples()


def write(tmp_path: Path, text: str | bytes, encoding: str = "utf-8") -> Path:
    path = tmp_path / "walk.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return path


def refusal(path: Path, **options: object) -> HiplevelError:
    before = path.read_bytes()
    with pytest.raises(HiplevelError) as caught:
        read_csv(path, **options)  # type: ignore[arg-type]
    assert path.read_bytes() == before
    return caught.value


def assert_same(samples: Samples, expected: Samples = MOVING) -> None:
    np.testing.assert_allclose(samples.time_s, expected.time_s, atol=1e-9)
    np.testing.assert_allclose(samples.acc_m_s2, expected.acc_m_s2, atol=1e-6)
    np.testing.assert_allclose(samples.gyr_rad_s, expected.gyr_rad_s, atol=1e-6)
