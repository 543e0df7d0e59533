"""One table of keys: the handler, the help page and the buttons' hints all read it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtGui import QKeyEvent, QKeySequence

from hiplevel.gui.words import tr


@dataclass(frozen=True)
class Shortcut:
    """What a key does: `action` in `place` ('' anywhere); its words are `keys.<action>`."""

    action: str
    place: str
    keys: tuple[str, ...]


SHORTCUTS = (
    Shortcut("help", "", ("?", "F1")),
    Shortcut("live", "", ("Ctrl+1",)),
    Shortcut("replay", "", ("Ctrl+2",)),
    Shortcut("clinic", "", ("Ctrl+3",)),
    Shortcut("open", "", ("Ctrl+O",)),
    Shortcut("mute", "", ("M",)),
    Shortcut("theme", "", ("Ctrl+T",)),
    Shortcut("settings", "", ("Ctrl+,",)),
    Shortcut("full_screen", "", ("F11",)),
    Shortcut("hold", "live", ("S",)),
    Shortcut("rezero", "live", ("Z",)),
    Shortcut("undo", "live", ("Backspace", "U")),
    Shortcut("add", "live", ("+", "A")),
    Shortcut("take_back", "live", ("Ctrl+Z",)),
    Shortcut("next_set", "live", ("N",)),
    Shortcut("pause", "live", ("Space", "P")),
    Shortcut("beat", "live", ("B",)),
    Shortcut("note", "live", ("T",)),
    Shortcut("end", "live", ("E",)),
    Shortcut("play", "replay", ("Space", "K")),
    Shortcut("step_back", "replay", ("Left",)),
    Shortcut("step_on", "replay", ("Right",)),
    Shortcut("rep_back", "replay", ("Ctrl+Left", "J")),
    Shortcut("rep_on", "replay", ("Ctrl+Right", "L")),
    Shortcut("drop_back", "replay", ("Shift+Left", "Shift+D")),
    Shortcut("drop_on", "replay", ("Shift+Right", "D")),
    Shortcut("slower", "replay", ("-", "[")),
    Shortcut("faster", "replay", ("+", "]")),
    Shortcut("loop", "replay", ("O",)),
    Shortcut("limit_down", "replay", ("Down",)),
    Shortcut("limit_up", "replay", ("Up",)),
    Shortcut("note_here", "replay", ("T",)),
    Shortcut("select_here", "replay", ("I",)),
    Shortcut("bad_span", "replay", ("B",)),
    Shortcut("add_rep", "replay", ("A",)),
    Shortcut("remove_rep", "replay", ("Delete", "R")),
    Shortcut("warm_up", "replay", ("U",)),
    Shortcut("undo_edit", "replay", ("Ctrl+Z",)),
    Shortcut("copy_plot", "replay", ("Ctrl+C",)),
    Shortcut("save_plot", "replay", ("Ctrl+S",)),
    Shortcut("save_report", "replay", ("Ctrl+P",)),
    Shortcut("whole", "replay", ("W",)),
    Shortcut("list", "replay", ("Ctrl+W",)),
)
PLACES = ("", "live", "replay")


def pressed(event: QKeyEvent, place: str) -> str | None:
    """The action of this key in `place`, None when it has none there."""
    combined = event.keyCombination()
    sequence = QKeySequence(combined)
    text = event.text()
    for shortcut in SHORTCUTS:
        if shortcut.place == place:
            for key in shortcut.keys:
                # What needs Shift on one keyboard needs none on another: signs are taken by what they write.
                if sequence == QKeySequence(key) or (len(key) == 1 and not key.isalnum() and text == key):
                    return shortcut.action
    return None


def handle(event: QKeyEvent, place: str, handlers: Mapping[str, Callable[[], None]]) -> bool:
    """Do what the key is for; whether it was for anything."""
    action = pressed(event, place)
    if action is None or action not in handlers:
        return False
    handlers[action]()
    return True


def hint(action: str, place: str) -> str:
    """The first key of an action, as it is written on this system's keyboards."""
    for shortcut in SHORTCUTS:
        if shortcut.action == action and shortcut.place == place:
            return key_text(shortcut.keys[0])
    return ""


def key_text(key: str) -> str:
    """A key in words, or as its sign where that is well known."""
    if key == "Backspace":
        return "⌫"
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def help_rows(place: str) -> list[tuple[str, str]]:
    """(keys, what they do) of a place, for the help page."""
    return [
        (f" {tr('keys.or')} ".join(key_text(key) for key in shortcut.keys), tr(f"keys.{shortcut.action}"))
        for shortcut in SHORTCUTS
        if shortcut.place == place
    ]
