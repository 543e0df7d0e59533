"""Colours, dark and light; told apart by blue, amber and vermilion, which most colour-blind see."""

from dataclasses import dataclass, fields
from pathlib import Path

from PySide6.QtGui import QColor, QPalette

from hiplevel.gui.sheet import SHEET

ICONS = Path(__file__).with_name("icons")
FAMILIES = ("Inter", "Segoe UI", "SF Pro Text", "Helvetica Neue", "Noto Sans", "DejaVu Sans")


@dataclass(frozen=True)
class Theme:
    """One set of colours, as #rrggbb.

    Attributes
    ----------
    window, surface, raised : from the back to the front
    line : rules and borders; text, muted : words, and quiet words
    accent, on_accent : what can be pressed first, and the words on it
    level, warn, alarm : within the limit, near it, beyond it; never the only sign of it
    on_alarm : words on alarm
    bone, bone_line, leg : the pelvis that is drawn
    """

    name: str
    window: str
    surface: str
    raised: str
    line: str
    text: str
    muted: str
    accent: str
    on_accent: str
    level: str
    warn: str
    alarm: str
    on_alarm: str
    bone: str
    bone_line: str
    leg: str


DARK = Theme(
    name="dark",
    window="#0f1418",
    surface="#171e24",
    raised="#212a32",
    line="#33404a",
    text="#eef3f6",
    muted="#93a4b0",
    accent="#3f9bdc",
    on_accent="#06121b",
    level="#56b4e9",
    warn="#f0b429",
    alarm="#ff6a2b",
    on_alarm="#190700",
    bone="#d9ccb4",
    bone_line="#8f7e62",
    leg="#34424d",
)
LIGHT = Theme(
    name="light",
    window="#f3f5f6",
    surface="#ffffff",
    raised="#e9edf0",
    line="#cdd5db",
    text="#16212a",
    muted="#566572",
    accent="#0a63a5",
    on_accent="#ffffff",
    level="#0a6fb5",
    warn="#8f5a00",
    alarm="#ba3e00",
    on_alarm="#ffffff",
    bone="#ecdfc8",
    bone_line="#8a7350",
    leg="#c6d0d8",
)
THEMES = {theme.name: theme for theme in (DARK, LIGHT)}


def style_sheet(theme: Theme, base_pt: float) -> str:
    """The style sheet; sizes follow base_pt, the size of plain words."""
    values = {field.name: getattr(theme, field.name) for field in fields(theme)}
    sizes = {"small": base_pt * 0.9, "base": base_pt, "big": base_pt * 1.25, "title": base_pt * 1.7}
    icons = {name: (ICONS / f"{name}-{theme.name}.svg").as_posix() for name in ("tick", "arrow")}
    return SHEET.format(**icons, **values, **{name: f"{size:.1f}pt" for name, size in sizes.items()})


def field_palette(theme: Theme) -> QPalette:
    """For what is typed or chosen in: the style takes the frame from the colour of the window, darkened."""
    made = palette(theme)
    made.setColor(QPalette.ColorRole.Window, QColor(theme.muted))
    return made


def palette(theme: Theme) -> QPalette:
    """For what the style draws by itself: spin boxes, check boxes, selections."""
    made = QPalette()
    roles = QPalette.ColorRole
    colours = {
        roles.Window: theme.window,
        roles.WindowText: theme.text,
        roles.Base: theme.surface,
        roles.AlternateBase: theme.raised,
        roles.Text: theme.text,
        roles.Button: theme.raised,
        roles.ButtonText: theme.text,
        roles.BrightText: theme.alarm,
        roles.Highlight: theme.accent,
        roles.HighlightedText: theme.on_accent,
        roles.PlaceholderText: theme.muted,
        roles.ToolTipBase: theme.raised,
        roles.ToolTipText: theme.text,
        roles.Link: theme.accent,
        roles.Light: theme.line,
        roles.Midlight: theme.raised,
        roles.Mid: theme.line,
        roles.Dark: theme.line,
        roles.Shadow: theme.window,
        roles.Accent: theme.accent,
    }
    for role, colour in colours.items():
        made.setColor(role, QColor(colour))
    for role in (roles.Text, roles.ButtonText, roles.WindowText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.muted))
    return made
