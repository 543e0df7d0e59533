"""A TOML text that a person wrote: what is wrong with it is told by file and line."""

import re
import tomllib
from functools import cached_property

from hiplevel.model.errors import Reason, SpecError
from hiplevel.toml_lines import Locator, Path


class TomlText:
    """A text that is TOML, and its values. origin: how the file is called in what is said about it.

    Raises
    ------
    SpecError
        SPEC_SYNTAX for what is not TOML, with the line.
    """

    def __init__(self, text: str, origin: str) -> None:
        self.text, self.origin = text, origin
        try:
            self.values = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            found = re.search(r"\(at (?:line (\d+), column \d+|end of document)\)", str(error))
            line = found[1] if found and found[1] else str(text.rstrip().count("\n") + 1)
            what = re.sub(r"\s*\(at [^)]*\)", "", str(error))
            raise SpecError(f"{origin}, line {line}: this is not TOML: {what}.", Reason.SPEC_SYNTAX) from error

    def wrong(self, path: Path, sentence: str, hint: str = "") -> SpecError:
        """A SpecError (SPEC_INVALID) at the line of `path`, to raise."""
        return SpecError(f"{self.place(path)}: {sentence}", Reason.SPEC_INVALID, hint)

    def place(self, path: Path) -> str:
        """File and line of `path`, in words."""
        return f"{self.origin}, line {self._locator.line(path)}"

    @cached_property
    def _locator(self) -> Locator:
        return Locator(self.text)
