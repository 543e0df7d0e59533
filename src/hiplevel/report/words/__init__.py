"""Every word of the reports, one file a language: texts, numbers, days, and what the rooms below say in English."""

from dataclasses import dataclass

from hiplevel.exercises.translated import in_language
from hiplevel.language import ENGLISH as EN
from hiplevel.language import catalogue, number, sentences
from hiplevel.language.local_time import local_time
from hiplevel.model.exercise import Exercise


@dataclass(frozen=True)
class Words:
    """A language to report in. Calling it gives the words for a key with the values put in."""

    language: str = EN

    def __call__(self, key: str, **values: object) -> str:
        """Raises KeyError for a key that there is not."""
        return catalogue(__name__, self.language)[key].format(**values)

    def count(self, key: str, many: int) -> str:
        """`key.one` for 1, `key.many` otherwise."""
        return self(f"{key}.one" if many == 1 else f"{key}.many", n=many)

    def of(self, done: int, asked: int) -> str:
        """Such as `6 of 8`; without what was asked where nothing was."""
        return self("of", n=done, all=asked) if asked else str(done)

    def number(self, value: float, form: str) -> str:
        """With the language's decimal mark; form: as of `format`."""
        return number(value, form, self.language)

    def percent(self, share: float, form: str = ".0f") -> str:
        """A share, 0 to 1."""
        return self("percent", n=self.number(100.0 * share, form))

    def day(self, ns: float, form: str = "day", utc_offset_min: int | None = None) -> str:
        """The day where it was, as `local_time` knows it, such as 3 Nov 2026; form: a key with one of `strftime`."""
        told = local_time(ns, utc_offset_min).strftime(self(form))
        return told.lstrip("0") if self(form).startswith("%d ") else told  # no zero where the month has a name

    def exercise(self, one: Exercise) -> Exercise:
        """The same with its texts in this language."""
        return in_language(one, self.language)

    def sentence(self, text: str) -> str:
        """What a room below says."""
        return text if self.language == EN else sentences.in_language(text, "", self.language)


ENGLISH = Words()
