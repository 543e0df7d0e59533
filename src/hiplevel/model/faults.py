"""What may not fit in a repetition, as codes for programs and as words for people."""

from typing import Final

FAULTS: Final = {
    "range-short": "smaller than this exercise asks for",
    "range-long": "larger than this exercise asks for",
    "too-fast": "faster than this exercise asks for",
    "too-slow": "slower than this exercise asks for",
    "tilt": "the pelvis tipped forward or back along with it",
    "obliquity": "one side of the pelvis sank or rose along with it",
    "rotation": "the pelvis turned along with it",
    "shift": "the body swung to the side along with it",
    "rise": "the body sank and rose along with it: a bent knee",
}
