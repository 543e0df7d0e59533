"""Line figures for the catalogue's drawings: one style, in SVG so plain that every viewer shows it alike.

Screen coordinates: x to the right, y down. Angles in degrees from straight down, positive towards the right of the
drawing. Front-on figures are seen from behind, so that their left is the viewer's left and the clip can be seen.
"""

import math
from dataclasses import dataclass, field

Point = tuple[float, float]

PAPER, BODY, GHOST, LEVEL, MOVE, PROP = "#f4f6f7", "#33424e", "#c3ccd3", "#0a6fb5", "#cc4400", "#8a97a1"
FAR, ARM = "#6b7a86", "#4c5c68"  # the leg behind, and the arm before the trunk
WIDTH, HEIGHT, FLOOR = 320, 260, 238.0
HEAD, NECK, TRUNK, THIGH, SHANK, FOOT, UPPER, FORE = 13.0, 9.0, 60.0, 49.0, 47.0, 16.0, 31.0, 29.0
HIP, SHOULDER = 14.0, 20.0


def along(start: Point, angle_deg: float, length: float) -> Point:
    """The end of a limb that hangs at this angle."""
    angle = math.radians(angle_deg)
    return start[0] + length * math.sin(angle), start[1] + length * math.cos(angle)


@dataclass
class Sheet:
    """A drawing that grows; what is added later lies on top."""

    title: str
    parts: list[str] = field(default_factory=list)

    def line(self, points: list[Point], colour: str, width: float, dash: str = "") -> None:
        """A line through points with round ends."""
        path = "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in points)
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(
            f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width:g}" '
            f'stroke-linecap="round" stroke-linejoin="round"{dashed}/>'
        )

    def dot(self, at: Point, radius: float, colour: str, edge: str = "none") -> None:
        """A filled circle."""
        edged = f' stroke="{edge}" stroke-width="2.5"' if edge != "none" else ""
        self.parts.append(f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="{radius:g}" fill="{colour}"{edged}/>')

    def box(self, x: float, y: float, wide: float, high: float, colour: str) -> None:
        """A filled rectangle."""
        self.parts.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}" rx="3" fill="{colour}"/>'
        )

    def floor(self, y: float = FLOOR) -> None:
        """The ground."""
        self.line([(24.0, y), (WIDTH - 24.0, y)], PROP, 3.0)

    def clip(self, at: Point, angle_deg: float = 0.0) -> None:
        """The sensor, on a pelvis that is turned by so much."""
        half = along((0.0, 0.0), 90.0 - angle_deg, 5.5)
        self.line([(at[0] - half[0], at[1] - half[1]), (at[0] + half[0], at[1] + half[1])], PAPER, 9.0)
        self.line([(at[0] - half[0], at[1] - half[1]), (at[0] + half[0], at[1] + half[1])], MOVE, 5.0)

    def arc(self, start: Point, over: Point, end: Point, both: bool = False) -> None:
        """A bent arrow from start to end, drawn towards `over`."""
        self.parts.append(
            f'<path d="M{start[0]:.1f} {start[1]:.1f} Q{over[0]:.1f} {over[1]:.1f} {end[0]:.1f} {end[1]:.1f}" '
            f'fill="none" stroke="{MOVE}" stroke-width="3.5" stroke-linecap="round"/>'
        )
        self._tip(over, end)
        if both:
            self._tip(over, start)

    def arrow(self, start: Point, end: Point, both: bool = False) -> None:
        """A straight arrow."""
        self.arc(start, ((start[0] + end[0]) / 2.0, (start[1] + end[1]) / 2.0), end, both)

    def clock(self, at: Point) -> None:
        """A position is held."""
        self.dot(at, 15.0, PAPER, MOVE)
        self.line([(at[0], at[1] - 9.0), at, (at[0] + 6.0, at[1] + 3.0)], MOVE, 2.5)

    def text(self) -> str:
        """The whole drawing."""
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
        )
        paper = f'<rect x="0" y="0" width="{WIDTH}" height="{HEIGHT}" rx="14" fill="{PAPER}"/>'
        return "\n".join([head, f"<title>{self.title}</title>", paper, *self.parts, "</svg>"]) + "\n"

    def _tip(self, come_from: Point, at: Point) -> None:
        way = math.degrees(math.atan2(at[0] - come_from[0], at[1] - come_from[1]))
        self.line([along(at, way + 180.0 - 32.0, 9.0), at, along(at, way + 180.0 + 32.0, 9.0)], MOVE, 3.5)


@dataclass(frozen=True)
class Behind:
    """Somebody from behind. tilt: of the pelvis, + = right side lower; legs: (thigh, shank), arms: (upper, fore)."""

    tilt: float = 0.0
    left: tuple[float, float] = (0.0, 0.0)
    right: tuple[float, float] = (0.0, 0.0)
    trunk: float = 0.0
    left_arm: tuple[float, float] = (-14.0, -4.0)
    right_arm: tuple[float, float] = (14.0, 4.0)
    left_length: float = 1.0  # a leg looks shorter when the knee bends away from the viewer
    right_length: float = 1.0

    def draw(self, sheet: Sheet, ankle: Point, on: str = "left", *, ghost: bool = False) -> "Joints":
        """On the sheet, with this ankle of the standing leg; where the joints are."""
        joints = self.joints(ankle, on)
        body, pelvis = (GHOST, GHOST) if ghost else (BODY, LEVEL)
        for hip, knee, foot, out in (
            (joints.left_hip, joints.left_knee, joints.left_ankle, -1.0),
            (joints.right_hip, joints.right_knee, joints.right_ankle, 1.0),
        ):
            sheet.line([hip, knee, foot, (foot[0] + 7.0 * out, foot[1] + 4.0)], body, 11.0)
        middle = joints.pelvis
        neck = along(middle, 180.0 - self.trunk, TRUNK)
        across = along((0.0, 0.0), 90.0 - self.trunk, SHOULDER)
        for sign, arm in ((-1.0, self.left_arm), (1.0, self.right_arm)):
            shoulder = (neck[0] + sign * across[0], neck[1] + sign * across[1] + 6.0)
            elbow = along(shoulder, arm[0], UPPER)
            sheet.line([(neck[0], neck[1] + 4.0), shoulder, elbow, along(elbow, arm[1], FORE)], body, 8.0)
        sheet.line([middle, neck], body, 20.0)
        sheet.dot(along(neck, 180.0 - self.trunk, NECK + HEAD), HEAD, body)
        sheet.line([joints.left_hip, joints.right_hip], pelvis, 13.0)
        if not ghost:
            sheet.clip(middle, self.tilt)
        return joints

    def joints(self, ankle: Point, on: str) -> "Joints":
        """Where everything is."""
        across = along((0.0, 0.0), 90.0 - self.tilt, HIP)
        left, right, on_left = self.left_length, self.right_length, on == "left"
        leg, length = (self.left, left) if on_left else (self.right, right)
        hip = along(along(ankle, leg[1] + 180.0, SHANK * length), leg[0] + 180.0, THIGH * length)
        sign = 1.0 if on_left else -1.0
        middle = (hip[0] + sign * across[0], hip[1] + sign * across[1])
        left_hip = (middle[0] - across[0], middle[1] - across[1])
        right_hip = (middle[0] + across[0], middle[1] + across[1])
        left_knee, right_knee = (
            along(left_hip, self.left[0], THIGH * left),
            along(right_hip, self.right[0], THIGH * right),
        )
        left_ankle, right_ankle = (
            along(left_knee, self.left[1], SHANK * left),
            along(right_knee, self.right[1], SHANK * right),
        )
        return Joints(middle, left_hip, right_hip, left_knee, right_knee, left_ankle, right_ankle)


@dataclass(frozen=True)
class Joints:
    """Where the joints of a figure seen from behind are."""

    pelvis: Point
    left_hip: Point
    right_hip: Point
    left_knee: Point
    right_knee: Point
    left_ankle: Point
    right_ankle: Point


@dataclass(frozen=True)
class Beside:
    """Somebody who looks to the right. near stands, far is behind it; trunk: + = leant forward; arm: (upper, fore)."""

    near: tuple[float, float] = (0.0, 0.0)
    far: tuple[float, float] | None = None
    trunk: float = 0.0
    arm: tuple[float, float] = (6.0, 14.0)
    far_arm: tuple[float, float] | None = None
    point: float = 90.0  # where the far foot points
    near_point: float = 90.0

    def draw(self, sheet: Sheet, ankle: Point, *, ghost: bool = False) -> Point:
        """On the sheet, with this ankle of the near leg; where the hip is."""
        body, behind, pelvis = (GHOST, GHOST, GHOST) if ghost else (BODY, FAR, LEVEL)
        hip = along(along(ankle, self.near[1] + 180.0, SHANK), self.near[0] + 180.0, THIGH)
        neck = along(hip, 180.0 - self.trunk, TRUNK)
        shoulder = along(neck, -self.trunk, 7.0)
        if self.far_arm is not None:
            self._arm(sheet, shoulder, self.far_arm, behind)
        if self.far is not None:
            self._leg(sheet, hip, self.far, behind, self.point)
        self._leg(sheet, hip, self.near, body, self.near_point)
        sheet.line([hip, neck], body, 18.0)
        sheet.dot(along(neck, 180.0 - self.trunk, NECK + HEAD), HEAD, body)
        sheet.line([along(hip, 90.0 - self.trunk, 4.0), along(hip, 180.0 - self.trunk, 7.0)], pelvis, 17.0)
        self._arm(sheet, shoulder, self.arm, body if ghost else ARM)
        if not ghost:
            sheet.clip(along(along(hip, 180.0 - self.trunk, 8.0), -90.0 - self.trunk, 11.0), 90.0 + self.trunk)
        return hip

    def _leg(self, sheet: Sheet, hip: Point, leg: tuple[float, float], colour: str, point: float) -> None:
        knee = along(hip, leg[0], THIGH)
        foot = along(knee, leg[1], SHANK)
        sheet.line([hip, knee, foot, along(foot, point, FOOT)], colour, 11.0)

    def _arm(self, sheet: Sheet, shoulder: Point, arm: tuple[float, float], colour: str) -> None:
        elbow = along(shoulder, arm[0], UPPER)
        sheet.line([shoulder, elbow, along(elbow, arm[1], FORE)], colour, 8.0)
