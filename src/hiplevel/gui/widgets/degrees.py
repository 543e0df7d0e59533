"""A field for a limit in degrees."""

from PySide6.QtWidgets import QDoubleSpinBox

from hiplevel.model.rules import MAX_LIMIT_DEG


def degrees_field(value_deg: float, least_deg: float) -> QDoubleSpinBox:
    """From least_deg to the largest limit that can be meant, in halves; tenths may be typed."""
    spin = QDoubleSpinBox()
    spin.setRange(least_deg, MAX_LIMIT_DEG)
    spin.setDecimals(1)
    spin.setSingleStep(0.5)
    spin.setSuffix("°")
    spin.setValue(value_deg)
    return spin
