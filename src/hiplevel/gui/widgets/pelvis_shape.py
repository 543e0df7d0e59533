"""The pelvis from behind as a drawing: paths in a frame whose origin is the middle between the hips, y down."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath

HIP_X, HIP_Y = 86.0, 46.0
FOOT_Y = 196.0
LEG_WIDTH = 30.0


@dataclass(frozen=True)
class Bones:
    """What turns with the pelvis."""

    wings: QPainterPath
    sacrum: QPainterPath
    clip: QPainterPath


def bones() -> Bones:
    """The two hip bones, the sacrum and the clip that is worn over it."""
    wings = QPainterPath()
    for mirror in (1.0, -1.0):
        wings.addPath(_wing(mirror))
    sacrum = QPainterPath(QPointF(-22.0, -42.0))
    for x, y in ((22.0, -42.0), (12.0, 18.0), (0.0, 36.0), (-12.0, 18.0)):
        sacrum.lineTo(x, y)
    sacrum.closeSubpath()
    clip = QPainterPath()
    clip.addRoundedRect(-22.0, -18.0, 44.0, 30.0, 6.0, 6.0)
    return Bones(wings, sacrum, clip)


def _wing(mirror: float) -> QPainterPath:
    """One hip bone: the rim of the wing, the socket, and back along the notch to the sacrum."""

    def at(x: float, y: float) -> QPointF:
        return QPointF(mirror * x, y)

    path = QPainterPath(at(0.0, -32.0))
    path.cubicTo(at(28.0, -64.0), at(90.0, -68.0), at(124.0, -32.0))
    path.cubicTo(at(136.0, -14.0), at(122.0, 18.0), at(94.0, 34.0))
    path.cubicTo(at(88.0, 46.0), at(80.0, 64.0), at(64.0, 72.0))
    path.cubicTo(at(50.0, 78.0), at(36.0, 66.0), at(32.0, 52.0))
    path.cubicTo(at(26.0, 36.0), at(10.0, 30.0), at(0.0, 30.0))
    path.closeSubpath()
    return path
