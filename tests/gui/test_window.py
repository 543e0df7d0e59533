"""What the window does whatever is in it: keys, theme, settings, names for screen readers."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.bench import BAD_LEFT, opened, shipped, stops
from hiplevel.gui import shortcuts
from hiplevel.gui.help import HelpDialog
from hiplevel.gui.live.choice import Choice
from hiplevel.gui.rail import Rail
from hiplevel.gui.settings import Settings
from hiplevel.gui.sound_dialog import SettingsDialog
from hiplevel.gui.theme import DARK, LIGHT, Theme
from hiplevel.gui.widgets.elided import Elided
from hiplevel.gui.widgets.printed import on_screen
from hiplevel.gui.window import Window
from hiplevel.gui.words import written
from hiplevel.report import svg
from hiplevel.resources import folder

CONTROLS = (QAbstractButton, QAbstractSpinBox, QLineEdit, QListWidget)


def nameless(root: QWidget) -> list[str]:
    """Controls that a screen reader could not name."""
    found = [control for kind in CONTROLS for control in root.findChildren(kind)]
    return [
        f"{type(control).__name__} {control.objectName()}"
        for control in found
        if not control.accessibleName()
        and not (isinstance(control, QAbstractButton) and control.text())
        and not control.objectName().startswith("qt_")
    ]


def test_every_control_is_named(window: Window) -> None:
    assert nameless(window) == []


def test_the_question_mark_shows_every_key(qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []

    def look(dialog: QDialog) -> int:
        shown.extend(words.text() for words in dialog.findChildren(QLabel))
        return 0

    monkeypatch.setattr(HelpDialog, "exec", look)
    qtbot.keyClick(window, Qt.Key.Key_Question, Qt.KeyboardModifier.ShiftModifier)
    rows = [row for place in shortcuts.PLACES for row in shortcuts.help_rows(place)]
    assert rows
    assert [keys for keys, what in rows if keys not in shown or what not in shown] == []


def test_the_theme_is_switched_by_a_key_and_remembered(qtbot: QtBot, window: Window, settings: Settings) -> None:
    assert window.theme is DARK
    qtbot.keyClick(window, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert window.theme is LIGHT
    assert Window(settings).theme is LIGHT


def test_size_is_remembered(qtbot: QtBot, settings: Settings, tmp_path: Path) -> None:
    first = Window(settings, folder=tmp_path)
    first.resize(960, 712)
    first.show()
    first.close()
    again = Window(settings, folder=tmp_path)
    assert (again.width(), again.height()) == (960, 712)


def test_settings_that_cannot_be_read_are_as_if_never_set(tmp_path: Path) -> None:
    path = tmp_path / "window.ini"
    path.write_text('[General]\ntheme=5\nrecent="{nonsense"\nchoice=[1]\ngeometry=zzz\n', encoding="utf-8")
    settings = Settings(path)
    assert settings.get("theme", "dark") == "dark"
    assert settings.recent() == []
    window = Window(settings, folder=tmp_path)
    assert window.theme is DARK
    window.close()


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255.0 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_words_stand_out_from_their_ground_as_accessibility_asks(theme: Theme) -> None:
    """WCAG 2: 4.5 for words."""
    for ground in (theme.window, theme.surface):
        assert contrast(theme.text, ground) >= 7.0
        assert contrast(theme.muted, ground) >= 4.5
        for sign in (theme.level, theme.warn, theme.alarm):
            assert contrast(sign, ground) >= 4.5  # each is the colour of words too
    drawing = "".join(svg.text(0.0, 0.0, "words", fill=ink) for ink in (svg.INK, svg.QUIET))
    for ink in re.findall("#[0-9a-f]{6}", on_screen(theme, drawing)):  # the clinic's course, as the report draws it
        assert contrast(ink, theme.surface) >= 4.5
    assert contrast(theme.on_accent, theme.accent) >= 4.5
    assert contrast(theme.on_alarm, theme.alarm) >= 4.5


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_a_tick_and_a_frame_say_what_colour_alone_would_not(qtbot: QtBot, window: Window, theme: Theme) -> None:
    window.set_theme(theme)
    dialog = SettingsDialog(window.sound, window)
    dialog.ticks.setChecked(True)
    dialog.show()
    qtbot.waitExposed(dialog)
    box = dialog.ticks.grab().toImage()
    shown = {box.pixelColor(x, y).name() for x in range(26) for y in range(box.height())}
    assert theme.on_accent in shown  # the tick, drawn on the colour
    field = dialog.metronome.grab().toImage()
    left = [field.pixelColor(x, field.height() // 2).name() for x in range(3)]
    assert max(contrast(one, theme.surface) for one in left) >= 3.0  # WCAG 2: 3 for what is to be hit
    dialog.close()


def unseen(qtbot: QtBot, root: QWidget) -> list[str]:
    """Controls that look alike with the keys and without them."""
    found = []
    root.activateWindow()
    qtbot.waitUntil(root.isActiveWindow)
    for control, name in stops(root):
        control.setFocus(Qt.FocusReason.TabFocusReason)
        with_keys = control.grab().toImage()
        control.clearFocus()
        if control.grab().toImage() == with_keys:
            found.append(f"{type(control).__name__} {name}")
    return found


def test_where_the_keys_go_is_seen_on_every_control(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    assert nameless(window) == []
    for page in range(3):
        window.live.guide.go(page)
        assert unseen(qtbot, window) == []
    opened(qtbot, window, shipped(BAD_LEFT, tmp_path / "r"))
    assert unseen(qtbot, window) == []
    for dialog in (SettingsDialog(window.sound, window), HelpDialog(window)):
        dialog.show()
        assert [name for _, name in stops(dialog) if not name] == []
        assert unseen(qtbot, dialog) == []
        dialog.close()


def test_mute_by_key_is_remembered_and_shown(qtbot: QtBot, window: Window, settings: Settings) -> None:
    assert not window.sound.muted
    qtbot.keyClick(window, Qt.Key.Key_M)
    assert window.sound.muted
    assert Settings(tmp_file(settings)).get("muted", False) is True
    qtbot.keyClick(window, Qt.Key.Key_M)
    assert not window.sound.muted


def tmp_file(settings: Settings) -> Path:
    settings.save()
    return Path(settings._file.fileName())


def test_another_language_is_spoken_at_once(qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    def choose(dialog: SettingsDialog) -> int:
        dialog.languages.setCurrentIndex(1)
        return 0

    monkeypatch.setattr(SettingsDialog, "exec", choose)
    window.commands.change_settings()
    assert window.live.guide.next.text() == "Weiter"
    assert nameless(window) == []


def test_settings_of_sound_are_kept(qtbot: QtBot, window: Window) -> None:
    dialog = SettingsDialog(window.sound)
    qtbot.addWidget(dialog)
    assert nameless(dialog) == []
    dialog.feedback.setCurrentIndex(3)
    dialog.metronome.setValue(3.5)
    dialog.volume.setValue(20)
    dialog.ticks.setChecked(False)
    assert window.sound.feedback == "fading"
    tempo = window.sound.tempo(Choice())
    assert tempo is not None
    assert tempo.rep_s == 3.5
    assert window.sound.volume == 0.2
    assert not window.sound.ticks
    dialog.metronome.setValue(dialog.metronome.minimum())
    assert window.sound.tempo(Choice()) is None


def test_keys_are_called_as_on_the_keyboards_of_the_language(window: Window) -> None:
    assert shortcuts.hint("pause", "live") == "Space"
    window.set_language("de")
    assert shortcuts.hint("pause", "live") == "Leertaste"
    assert "Strg+T" in window.centralWidget().findChild(Rail).findChildren(QAbstractButton)[-3].toolTip()
    window.set_language("en")
    assert shortcuts.hint("theme", "") == "Ctrl+T"


def test_all_keys_can_be_read_on_a_small_screen(window: Window) -> None:
    dialog = HelpDialog(window)
    dialog.show()
    room = dialog.screen().availableSize()
    assert dialog.width() <= room.width()
    assert dialog.height() <= room.height()
    scroll = dialog.findChild(QScrollArea)
    assert scroll.horizontalScrollBar().maximum() == 0
    assert scroll.verticalScrollBar().maximum() > 0
    dialog.close()


@pytest.mark.parametrize("size", [(1024, 640), (960, 600)])
@pytest.mark.parametrize("language", ["en", "de"])
def test_nothing_is_cut_in_a_small_window(qtbot: QtBot, window: Window, size: tuple[int, int], language: str) -> None:
    """No button or heading is given less room than its words need."""
    window.set_language(language)
    window.resize(*size)
    window.open_files([folder("recordings") / "walking.mcap"])
    qtbot.waitUntil(lambda: window.replay.review is not None and window.replay.review.computed.complete, timeout=60_000)
    qtbot.waitUntil(lambda: window.width() == size[0], timeout=5_000)

    def cut() -> list[str]:
        parts = [one for kind in (QPushButton, QLabel) for one in window.replay.findChildren(kind) if one.isVisible()]
        fixed = [one for one in parts if one.text() and not one.property("wordWrap") and not isinstance(one, Elided)]
        return [one.text() for one in fixed if one.width() < one.minimumSizeHint().width()]

    def settled() -> None:
        assert cut() == []

    qtbot.waitUntil(settled, timeout=5_000)


def test_numbers_are_written_and_typed_as_in_the_language(window: Window) -> None:
    window.set_language("de")
    assert window.live.guide.dose.left.text() == "10,0°"
    assert window.live.guide.dose.left.valueFromText("6,5°") == 6.5
    assert (written(6.5, "g"), written(1.25, ".1f")) == ("6,5", "1,2")
    window.set_language("en")
    assert window.live.guide.dose.left.text() == "10.0°"
    assert written(6.5, "g") == "6.5"
