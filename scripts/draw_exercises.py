"""Draw the set-up of every exercise of the catalogue: python scripts/draw_exercises.py [FOLDER]"""

import math
import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from stick_figure import (
    ARM,
    BODY,
    FAR,
    FLOOR,
    FORE,
    GHOST,
    HEAD,
    LEVEL,
    MOVE,
    PROP,
    SHANK,
    SHOULDER,
    THIGH,
    TRUNK,
    UPPER,
    Behind,
    Beside,
    Sheet,
    along,
)

FOLDER = Path(__file__).parents[1] / "src" / "hiplevel" / "exercises" / "drawings"
SOLE = 10.0  # from the ankle to the floor


def _pelvic_drop(sheet: Sheet) -> None:
    sheet.floor()
    sheet.box(96.0, FLOOR - 24.0, 72.0, 24.0, PROP)
    ankle = (146.0, FLOOR - 24.0 - SOLE)
    sheet.line([(82.0, 66.0), (82.0, FLOOR)], PROP, 4.0)
    up = Behind(left_arm=(-40.0, -70.0), right=(3.0, 3.0)).draw(sheet, ankle, ghost=True)
    level(sheet, up.pelvis[1])
    down = Behind(tilt=15.0, left_arm=(-40.0, -70.0), right=(3.0, 3.0)).draw(sheet, ankle)
    beside = down.right_hip[0] + 30.0
    sheet.arrow((beside, up.right_hip[1] - 14.0), (beside, down.right_hip[1] + 24.0), both=True)


def _standing_abduction(sheet: Sheet) -> None:
    sheet.floor()
    ankle = (136.0, FLOOR - SOLE)
    still = Behind(left_arm=(-34.0, 40.0)).draw(sheet, ankle, ghost=True)
    out = Behind(left_arm=(-34.0, 40.0), right=(28.0, 28.0)).draw(sheet, ankle)
    sheet.line([(40.0, 150.0), (40.0, FLOOR)], PROP, 5.0)
    sheet.line([(40.0, FLOOR - 24.0), (out.right_ankle[0] - 2.0, out.right_ankle[1] - 6.0)], MOVE, 3.0, "2 7")
    level(sheet, still.pelvis[1])
    start, end = (still.right_ankle[0] + 34.0, 168.0), (out.right_ankle[0] + 38.0, 168.0)
    sheet.arc(start, (0.5 * (start[0] + end[0]), 164.0), end, both=True)


def _side_lying_abduction(sheet: Sheet) -> None:
    lying(sheet, 6.0, ghost=True)
    lying(sheet, 34.0)
    sheet.arc((282.0, 148.0), (288.0, 112.0), (268.0, 86.0), both=True)


def _side_lying_hold(sheet: Sheet) -> None:
    lying(sheet, 28.0)
    sheet.clock((276.0, 52.0))


def _clamshell(sheet: Sheet) -> None:
    lying(sheet, 40.0, feet_together=True)
    sheet.arc((228.0, 178.0), (246.0, 150.0), (226.0, 120.0), both=True)


def _lateral_band_walk(sheet: Sheet) -> None:
    sheet.floor()
    arms = {"left_arm": (-24.0, 30.0), "right_arm": (24.0, -30.0)}
    walk = Behind(left=(-9.0, -9.0), right=(17.0, 17.0), left_length=0.92, right_length=0.95, **arms)
    joints = walk.draw(sheet, (122.0, FLOOR - SOLE))
    low = [(joint[0], joint[1] - 8.0) for joint in (joints.left_ankle, joints.right_ankle)]
    sheet.line(low, MOVE, 4.0)
    level(sheet, joints.pelvis[1])
    sheet.arrow((214.0, 172.0), (272.0, 172.0))


def _single_leg_deadlift(sheet: Sheet) -> None:
    sheet.floor()
    ankle = (158.0, FLOOR - SOLE)
    Beside(near=(0.0, 0.0)).draw(sheet, ankle, ghost=True)
    Beside(near=(10.0, -6.0), far=(-84.0, -84.0), trunk=76.0, arm=(4.0, 4.0), point=0.0).draw(sheet, ankle)
    sheet.arc((190.0, 44.0), (240.0, 48.0), (254.0, 82.0), both=True)


def _sideways_hop(sheet: Sheet) -> None:
    sheet.floor()
    arms = {"left_arm": (-30.0, -50.0), "right_arm": (30.0, 50.0)}
    Behind(right=(16.0, -14.0), right_length=0.72, trunk=3.0, **arms).draw(sheet, (86.0, FLOOR - SOLE), ghost=True)
    landed = Behind(left=(-16.0, 14.0), left_length=0.72, trunk=-3.0, **arms)
    landed.draw(sheet, (234.0, FLOOR - SOLE), "right")
    sheet.arc((112.0, 222.0), (164.0, 116.0), (206.0, 214.0), both=True)


def _single_leg_squat(sheet: Sheet) -> None:
    sheet.floor()
    ankle = (150.0, FLOOR - SOLE)
    Beside(arm=(80.0, 84.0)).draw(sheet, ankle, ghost=True)
    Beside(near=(60.0, -24.0), far=(24.0, -86.0), trunk=30.0, arm=(84.0, 88.0), point=-20.0).draw(sheet, ankle)
    sheet.arrow((62.0, 104.0), (62.0, 164.0), both=True)


def _step_down(sheet: Sheet) -> None:
    sheet.floor()
    sheet.box(66.0, FLOOR - 24.0, 84.0, 24.0, PROP)
    ankle = (134.0, FLOOR - 24.0 - SOLE)
    Beside(arm=(10.0, 20.0)).draw(sheet, ankle, ghost=True)
    Beside(near=(62.0, -40.0), far=(38.0, 14.0), trunk=16.0, arm=(30.0, 60.0), point=112.0).draw(sheet, ankle)
    sheet.arrow((252.0, 120.0), (252.0, 176.0), both=True)


def _squat(sheet: Sheet) -> None:
    sheet.floor()
    ankle = (150.0, FLOOR - SOLE)
    Beside(arm=(80.0, 84.0)).draw(sheet, ankle, ghost=True)
    Beside(near=(78.0, -28.0), trunk=38.0, arm=(84.0, 88.0)).draw(sheet, ankle)
    sheet.arrow((62.0, 104.0), (62.0, 170.0), both=True)


def _single_leg_stand(sheet: Sheet) -> None:
    sheet.floor()
    ankle = (146.0, FLOOR - SOLE)
    arms = {"left_arm": (-20.0, 34.0), "right_arm": (20.0, -34.0)}
    joints = Behind(tilt=-10.0, right=(12.0, -10.0), right_length=0.74, **arms).draw(sheet, ankle)
    beside = joints.right_hip[0] + 30.0
    sheet.arrow((beside, joints.right_hip[1] + 24.0), (beside, joints.right_hip[1] - 16.0))
    level(sheet, joints.left_hip[1])
    sheet.clock((262.0, 60.0))


def _walking(sheet: Sheet) -> None:
    sheet.floor()
    Beside(near=(22.0, 16.0), far=(-20.0, -30.0), arm=(-20.0, -8.0), far_arm=(20.0, 36.0), point=52.0).draw(
        sheet, (188.0, FLOOR - SOLE)
    )
    sheet.arrow((214.0, 110.0), (270.0, 110.0))


def _running(sheet: Sheet) -> None:
    sheet.floor()
    Beside(
        near=(48.0, -26.0),
        far=(-24.0, -78.0),
        trunk=10.0,
        arm=(-50.0, 38.0),
        far_arm=(36.0, 118.0),
        point=4.0,
        near_point=76.0,
    ).draw(sheet, (172.0, FLOOR - SOLE - 22.0))
    sheet.arrow((226.0, 110.0), (288.0, 110.0))
    sheet.line([(44.0, 128.0), (84.0, 128.0)], PROP, 3.0)
    sheet.line([(32.0, 148.0), (74.0, 148.0)], PROP, 3.0)


def _generic(sheet: Sheet) -> None:
    sheet.floor()
    arms = {"left_arm": (-44.0, -30.0), "right_arm": (44.0, 30.0)}
    joints = Behind(left=(-6.0, -4.0), right=(6.0, 4.0), **arms).draw(sheet, (122.0, FLOOR - SOLE))
    thigh = ((joints.right_hip[0] + joints.right_knee[0]) / 2.0, (joints.right_hip[1] + joints.right_knee[1]) / 2.0)
    sheet.clip(thigh, 84.0)
    sheet.clip((joints.right_ankle[0] - 1.0, joints.right_ankle[1] - 8.0), 86.0)
    neck = along(joints.pelvis, 180.0, TRUNK)
    elbow = along((neck[0] + SHOULDER, neck[1] + 6.0), 44.0, UPPER)
    sheet.line([along(elbow, 30.0, FORE - 12.0), along(elbow, 30.0, FORE - 3.0)], MOVE, 5.0)
    wave = [(212.0 + x, 118.0 - 18.0 * math.sin(x / 72.0 * 6.0 * math.pi)) for x in range(0, 73, 2)]
    sheet.line(wave, MOVE, 3.5)


def level(sheet: Sheet, y: float) -> None:
    """The pelvis stays level, or is measured against it."""
    sheet.line([(34.0, y), (286.0, y)], LEVEL, 1.5, "5 6")


def lying(sheet: Sheet, raised_deg: float, *, feet_together: bool = False, ghost: bool = False) -> None:
    """Lying on the side, head to the left, from behind; the upper leg raised by so much from the horizontal."""
    ground = 194.0
    hip, lower = (158.0, ground - 34.0), (160.0, ground - 14.0)
    neck = (158.0 - TRUNK, ground - 26.0)
    lower_knee = along(lower, 88.0, THIGH)
    lower_foot = along(lower_knee, 279.0, SHANK - 8.0)
    knee = along(hip, 90.0 + raised_deg, THIGH)
    foot = lower_foot if feet_together else along(knee, 90.0 + raised_deg, SHANK)
    if not ghost:
        sheet.line([(24.0, ground), (296.0, ground)], PROP, 3.0)
        sheet.line([lower, lower_knee, lower_foot], FAR, 11.0)
        sheet.line([neck, (70.0, ground - 12.0), (38.0, ground - 10.0)], FAR, 8.0)
        sheet.line([(neck[0] + 4.0, neck[1] - 4.0), (116.0, ground - 56.0), (124.0, ground - 32.0)], ARM, 8.0)
    sheet.line([hip, knee, foot], GHOST if ghost else BODY, 11.0)
    if ghost:
        return
    sheet.line([(154.0, ground - 25.0), neck], BODY, 22.0)
    sheet.dot((neck[0] - 26.0, neck[1] - 8.0), HEAD, BODY)
    sheet.line([hip, lower], LEVEL, 13.0)
    sheet.clip((159.0, ground - 24.0), 84.0)


DRAWINGS: dict[str, tuple[str, Callable[[Sheet], None]]] = {
    "pelvic-drop": ("On a block on one leg, the other side of the pelvis sinks and rises", _pelvic_drop),
    "standing-abduction": ("One leg moves out against a band, the pelvis stays level", _standing_abduction),
    "side-lying-abduction": ("Lying on the side, the upper leg rises and sinks", _side_lying_abduction),
    "side-lying-hold": ("Lying on the side, the upper leg is held up", _side_lying_hold),
    "clamshell": ("Lying on the side with bent knees, the upper knee opens and closes", _clamshell),
    "lateral-band-walk": ("A step sideways against a band around the ankles", _lateral_band_walk),
    "single-leg-deadlift": ("On one leg, hinging forward at the hip", _single_leg_deadlift),
    "sideways-hop": ("From one leg to the other, sideways", _sideways_hop),
    "single-leg-squat": ("On one leg, the knee bends and straightens", _single_leg_squat),
    "step-down": ("From a step, the other heel touches the floor", _step_down),
    "squat": ("On both legs, the knees bend and straighten", _squat),
    "single-leg-stand": ("On one leg, the other side of the pelvis is held up for 30 s", _single_leg_stand),
    "walking": ("Walking", _walking),
    "running": ("Running", _running),
    "generic": ("The clip on pelvis, thigh, ankle or wrist; any movement that comes again", _generic),
}


def drawings() -> dict[str, str]:
    """The SVG of every exercise, by id."""
    out = {}
    for exercise_id, (title, draw) in DRAWINGS.items():
        sheet = Sheet(title)
        draw(sheet)
        out[exercise_id] = sheet.text()
    return out


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, svg in drawings().items():
        (folder / f"{name}.svg").write_text(svg, encoding="utf-8", newline="\n")
