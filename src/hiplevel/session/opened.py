"""What is opened on entering and closed on leaving, also when opening it fails half-way."""

from abc import ABC, abstractmethod
from types import TracebackType
from typing import Self


class Opened(ABC):
    """A context manager; `close` must bear being called when little or nothing was opened, and twice."""

    @abstractmethod
    def open(self) -> None:
        """Take what is needed; raises what keeps it from it."""

    @abstractmethod
    def close(self) -> None:
        """Give it all back."""

    def __enter__(self) -> Self:
        try:
            self.open()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
