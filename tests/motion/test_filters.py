"""Filters go on from block to block as scipy's do, to the last bit, and without its kernels all the same."""

import numpy as np
import pytest
from scipy.signal import butter, lfilter, sosfilt

from hiplevel.motion import filters

SOS = np.asarray(butter(4, 0.1, output="sos"))
B, A = np.array([0.2]), np.array([1.0, -0.8])
SIGNAL = np.random.default_rng(1).standard_normal(1000)


def changed(*arguments):
    raise TypeError("kernel takes other arguments now")


def wrong(b, a, x, state):
    return 1.01 * x, state


@pytest.mark.parametrize("size", [1, 10, 333])
def test_sections_cut_anywhere_are_scipys(size):
    state, out = np.zeros((2, 2)), []
    for at in range(0, len(SIGNAL), size):
        part, state = filters.sections(SOS, SIGNAL[at : at + size], state)
        out.append(part)
    assert np.concatenate(out).tobytes() == sosfilt(SOS, SIGNAL).tobytes()


@pytest.mark.parametrize("size", [1, 10, 333])
def test_a_linear_filter_of_two_signals_cut_anywhere_is_scipys(size):
    both, state, out = np.stack([SIGNAL, -SIGNAL[::-1]]), np.zeros((2, 1)), []
    for at in range(0, len(SIGNAL), size):
        part, state = filters.linear(B, A, both[:, at : at + size], state)
        out.append(part)
    assert np.concatenate(out, axis=1).tobytes() == lfilter(B, A, both).tobytes()


def test_what_went_in_is_left_as_it_was():
    signal, state = SIGNAL.copy(), np.ones((2, 2))
    filters.sections(SOS, signal, state)
    assert np.array_equal(signal, SIGNAL)
    assert np.array_equal(state, np.ones((2, 2)))


@pytest.mark.parametrize("kernel", [changed, wrong])
def test_another_kernel_gives_way_to_scipys_own_function(kernel):
    def public(b, a, x, state):
        return lfilter(b, a, x, zi=state)

    assert filters.alike(kernel, public, B, A, SIGNAL, np.ones(1)) is public
