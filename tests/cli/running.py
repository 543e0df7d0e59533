"""What running `hiplevel` gave."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def error(self) -> dict[str, str]:
        """The error object that --json ends in."""
        error = json.loads(self.out.splitlines()[-1])["error"]
        assert isinstance(error, dict)
        return error


Hiplevel = Callable[..., Ran]
