"""What the rooms below say in English, in the window's language."""

from hiplevel.gui import words
from hiplevel.language import sentences
from hiplevel.model.errors import HiplevelError, UsageError
from hiplevel.model.events import Note


class Refused(UsageError):
    """What the window itself refuses, in its own words."""


def of_error(error: HiplevelError) -> str:
    """What an error says to people."""
    if isinstance(error, Refused):
        return str(error)
    return in_language(str(error), error.reason)


def of_note(note: Note) -> str:
    """What a remark says; a person's own words stay as they are."""
    return note.text if note.author != "machine" else in_language(note.text, note.code)


def in_language(text: str, reason: str = "") -> str:
    """The text in the language spoken; where it has none, in English behind what the reason means."""
    return sentences.in_language(text, reason, words.current())
