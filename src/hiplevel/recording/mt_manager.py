"""What is peculiar to the tables of Xsens' MT Manager (MTw Awinda, MTi): text with tabs under a few lines of comment.

Acceleration is in m/s2 and angular rate in rad/s, unlike Movella DOT's, which has columns of the same names.
`SampleTimeFine` is often empty, and counts 0.1 ms where it is not: the rows are dated by their counter and by the rate
that the comment tells, so that packets lost on air are gaps.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from hiplevel.recording.csv_columns import SAMPLES
from hiplevel.recording.csv_head import head_text

HOW = "as Xsens MT Manager writes them"
COUNTERS = frozenset(("PacketCounter", "Counter"))


def is_mt(path: Path) -> bool:
    """Whether the file begins as MT Manager's do."""
    return head_text(path).lstrip().startswith("// Start Time:")


def told(header: Sequence[str]) -> Mapping[str, str]:
    """Time and units of a table with this header."""
    counter = next(name for name in header if name in COUNTERS)
    return {"time": counter, "time_unit": SAMPLES, "acc_unit": "m/s2", "gyr_unit": "rad/s"}
