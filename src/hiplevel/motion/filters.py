"""Recursive filters that go on from block to block, as scipy's do, at what the filtering itself costs.

`scipy.signal` looks at its arguments for 5 to 30 us a call; ten samples are filtered in 1 us. So its kernels are called
directly, which are no public interface: where they are not what they were, scipy's own functions take their place.
Either way gives the same bits.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from scipy.signal import lfilter, sosfilt

from hiplevel.model.samples import Floats

try:
    from scipy.signal._sigtools import _linear_filter as _lfilter_kernel
    from scipy.signal._sosfilt import _sosfilt as _sosfilt_kernel
except ImportError:
    _lfilter_kernel = _sosfilt_kernel = None

Filter = Callable[..., tuple[Floats, Floats]]


def _direct_sections(sos: Floats, x: Floats, state: Floats) -> tuple[Floats, Floats]:
    y, after = np.array(x, ndmin=2), np.array(state, ndmin=3)  # copies, filtered in place
    _sosfilt_kernel(sos, y, after)
    return y[0], after[0]


def _direct_linear(b: Floats, a: Floats, x: Floats, state: Floats) -> tuple[Floats, Floats]:
    y, after = _lfilter_kernel(b, a, x, -1, state)
    return y, after


def _public_sections(sos: Floats, x: Floats, state: Floats) -> tuple[Floats, Floats]:
    y, after = sosfilt(sos, x, zi=state)
    return y, after


def _public_linear(b: Floats, a: Floats, x: Floats, state: Floats) -> tuple[Floats, Floats]:
    y, after = lfilter(b, a, x, zi=state)
    return y, after


def alike(direct: Filter, public: Filter, *arguments: Any) -> Filter:
    """`direct` where it does, to the last bit, what `public` does; otherwise `public`."""
    try:
        same = all(map(np.array_equal, direct(*arguments), public(*arguments)))
    except (TypeError, ValueError):
        same = False
    return direct if same else public


_SECTION, _TRIED = np.array([[0.1, 0.2, 0.1, 1.0, -0.9, 0.3]]), np.array([1.0, -2.0, 0.5])

# (k, 6) second-order sections, (m,), state (k, 2) to (m,), state.
sections = alike(_direct_sections, _public_sections, _SECTION, _TRIED, np.ones((1, 2)))
# b and a of equal length p, (..., m), state (..., p - 1) to (..., m), state.
linear = alike(_direct_linear, _public_linear, np.array([0.1, 0.2]), np.array([1.0, -0.9]), _TRIED, np.ones(1))
