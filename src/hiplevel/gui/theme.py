"""Colours and the style sheet, dark and light; told apart by blue, amber and vermilion, which most colour-blind see."""

from dataclasses import dataclass, fields
from pathlib import Path

from PySide6.QtGui import QColor, QPalette

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
    tick = Path(__file__).with_name(f"tick-{theme.name}.svg").as_posix()
    return _SHEET.format(tick=tick, **values, **{name: f"{size:.1f}pt" for name, size in sizes.items()})


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


_SHEET = """
* {{ font-size: {base}; color: {text}; }}
QMainWindow, QDialog, QWidget#place, QStackedWidget {{ background: {window}; }}
QToolTip {{ background: {raised}; color: {text}; border: 1px solid {line}; padding: 4px; }}
QLabel {{ background: transparent; }}
QLineEdit {{ placeholder-text-color: {muted}; }}
QLabel[role="title"] {{ font-size: {title}; font-weight: 600; }}
QLabel[role="heading"] {{ font-size: {big}; font-weight: 600; }}
QLabel[role="muted"] {{ color: {muted}; }}
QLabel[role="small"] {{ color: {muted}; font-size: {small}; }}
QLabel[role="alarm"] {{ color: {alarm}; font-weight: 600; }}
QLabel[role="badge"] {{ color: {text}; background: {raised}; border: 1px solid {line}; border-radius: 4px;
    padding: 2px 8px; font-weight: 600; }}
QFrame[role="card"] {{ background: {surface}; border: 1px solid {line}; border-radius: 10px; }}
QFrame[role="rail"] {{ background: {surface}; border: none; border-right: 1px solid {line}; }}
QFrame[role="rule"] {{ background: {line}; border: none; max-height: 1px; min-height: 1px; }}
QFrame[role="notice"] {{ background: {raised}; border: 1px solid {warn}; border-left: 6px solid {warn};
    border-radius: 6px; }}
QPushButton, QToolButton {{ background: {raised}; border: 1px solid {line}; border-radius: 8px; padding: 8px 16px;
    min-height: 22px; }}
QPushButton:hover, QToolButton:hover {{ border-color: {muted}; }}
QPushButton:pressed, QToolButton:pressed {{ background: {line}; }}
QPushButton:focus, QToolButton:focus {{ border: 2px solid {accent}; padding: 7px 15px; }}
QPushButton:checked, QToolButton:checked {{ border-color: {accent}; background: {line}; }}
QPushButton:disabled, QToolButton:disabled {{ color: {muted}; background: {surface}; }}
QPushButton[role="primary"] {{ background: {accent}; color: {on_accent}; border-color: {accent}; font-weight: 600;
    font-size: {big}; padding: 12px 18px; min-height: 30px; }}
QPushButton[role="primary"]:focus {{ border-color: {text}; padding: 11px 17px; }}
QPushButton[role="primary"]:disabled {{ background: {raised}; color: {muted}; border-color: {line}; }}
QPushButton[role="large"] {{ font-size: {big}; padding: 12px 18px; min-height: 30px; }}
QPushButton[role="large"]:focus {{ padding: 11px 17px; }}
QToolButton[role="rail"] {{ border: none; border-radius: 8px; background: transparent; padding: 10px 6px;
    color: {muted}; }}
QToolButton[role="rail"]:hover {{ background: {raised}; }}
QToolButton[role="rail"]:checked {{ background: {raised}; color: {text}; }}
QToolButton[role="rail"]:focus {{ border: 2px solid {accent}; padding: 8px 4px; }}
QListWidget:focus, QTableWidget:focus {{ border: 2px solid {accent}; }}
QListWidget, QTableWidget {{ background: {surface}; border: 1px solid {line}; border-radius: 8px; outline: none;
    gridline-color: {line}; alternate-background-color: {surface}; }}
QListWidget::item {{ padding: 9px 10px; border-radius: 4px; }}
QListWidget::item:selected, QTableWidget::item:selected {{ background: {raised}; color: {text}; }}
QListWidget::item:selected {{ border-left: 4px solid {accent}; }}
QHeaderView::section {{ background: {surface}; color: {muted}; border: none; border-bottom: 1px solid {line};
    padding: 6px 8px 6px 10px; }}
QTableCornerButton::section {{ background: {surface}; border: none; }}
QSlider::groove:horizontal {{ height: 6px; background: {line}; border-radius: 3px; }}
QSlider::sub-page:horizontal {{ background: {accent}; border-radius: 3px; }}
QSlider::handle:horizontal {{ background: {text}; width: 18px; height: 18px; margin: -6px 0; border-radius: 9px; }}
QSlider::handle:horizontal:focus {{ background: {accent}; }}
QPushButton[role="tight"] {{ padding: 8px 9px; }}
QPushButton[role="tight"]:focus {{ padding: 7px 8px; }}
QCheckBox, QRadioButton {{ spacing: 8px; padding: 4px; }}
QCheckBox::indicator {{ width: 14px; height: 14px; border: 2px solid {muted}; border-radius: 4px;
    background: {window}; }}
QCheckBox::indicator:checked {{ background: {accent}; border-color: {accent}; image: url("{tick}"); }}
QCheckBox::indicator:focus {{ border-color: {accent}; }}
QCheckBox::indicator:disabled {{ border-color: {line}; }}
QCheckBox::indicator:checked:disabled {{ background: {line}; }}
QCheckBox:focus, QRadioButton:focus {{ color: {accent}; }}
QScrollArea {{ border: none; background: transparent; }}
QScrollArea > QWidget > QWidget {{ background: transparent; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {line}; border-radius: 5px; min-height: 30px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
QMenu {{ background: {surface}; border: 1px solid {line}; padding: 6px; }}
QMenu::item {{ padding: 6px 24px; border-radius: 4px; }}
QMenu::item:selected {{ background: {raised}; }}
QTabWidget::pane {{ border: none; border-top: 1px solid {line}; }}
QTabBar {{ qproperty-drawBase: 0; }}
QTabBar::tab {{ background: transparent; color: {muted}; padding: 8px 16px; border: none;
    border-bottom: 3px solid transparent; }}
QTabBar::tab:hover {{ color: {text}; }}
QTabBar::tab:selected {{ color: {text}; border-bottom: 3px solid {accent}; }}
QTabBar::tab:focus {{ color: {accent}; }}
QSplitter::handle {{ background: {line}; }}
QProgressBar {{ background: {raised}; border: none; border-radius: 4px; max-height: 8px; min-height: 8px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 4px; }}
"""
