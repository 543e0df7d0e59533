"""Differences: hand-made packets with known answers, and there and back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiplevel.sensors.decode import delta
from hiplevel.sensors.spec.elements import ELEMENTS

I16, F32 = ELEMENTS["i16"], ELEMENTS["f32"]


def test_a_packet_worked_out_by_hand() -> None:
    # 1, -2, 300; then two samples of 3-bit differences (+1, -1, +3) and (-4, 0, +2), lowest bit first:
    # 100 111 110 | 001 000 010 -> 10011111 00010000 10(000000) -> f9 08 01
    body = bytes.fromhex("0100 feff 2c01  03 02 f9 08 01")
    assert delta.count(body, 3, I16) == 3
    assert delta.unpack(body, 3, I16).tolist() == [[1, -2, 300], [2, -3, 303], [-2, -3, 305]]


def test_differences_of_no_bits_repeat_the_sample() -> None:
    body = bytes.fromhex("0500 0600 0700  00 04")
    assert delta.unpack(body, 3, I16).tolist() == [[5, 6, 7]] * 5


def test_floats_differ_in_their_bit_patterns() -> None:
    rows = np.array([[1.0, -2.5, 0.0], [1.0000001, -2.5, -0.0], [3e38, 1e-40, 7.0]], dtype=np.float32)
    body = delta.pack(rows, F32, 10)
    assert delta.unpack(body, 3, F32).tobytes() == rows.tobytes()


@pytest.mark.parametrize(
    "text", ["0100 feff 2c", "0100feff2c01 03", "0100feff2c01 0302f908", "0100feff2c01 1201000000"]
)
def test_what_does_not_come_out_even_is_no_packet(text: str) -> None:
    assert delta.count(bytes.fromhex(text), 3, I16) == -1


@given(st.lists(st.tuples(*[st.integers(-32768, 32767)] * 3), min_size=1, max_size=60), st.integers(1, 255))
def test_what_is_packed_is_unpacked(rows: list[tuple[int, ...]], block: int) -> None:
    body = delta.pack(np.array(rows), I16, block)
    assert delta.count(body, 3, I16) == len(rows)
    assert delta.unpack(body, 3, I16).tolist() == [list(row) for row in rows]
