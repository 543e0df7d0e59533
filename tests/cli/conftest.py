"""Running the command line the way a shell does, without starting a process."""

import pytest

from cli.running import Hiplevel, Ran
from hiplevel.cli.main import run


@pytest.fixture
def hiplevel(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Hiplevel:
    """`hiplevel("sensors", "list")` -> exit code, stdout, stderr."""
    monkeypatch.delenv("HIPLEVEL_DEBUG", raising=False)

    def call(*args: object) -> Ran:
        capsys.readouterr()
        code = run([str(arg) for arg in args])
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return call
