"""What every export into one file refuses."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hiplevel.model.errors import HiplevelError, Reason, UsageError
from hiplevel.recording.export_edf import export_edf
from hiplevel.recording.export_parquet import export_parquet

from .exporting import WHOLE, shipped

Export = Callable[..., Any]


@pytest.mark.parametrize(("export", "name"), [(export_edf, "s.bdf"), (export_parquet, "s.parquet")])
def test_nothing_is_written_over(export: Export, name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("mine")
    with pytest.raises(HiplevelError) as caught:
        export(shipped(WHOLE), tmp_path / name)
    assert caught.value.reason is Reason.EXISTS
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [(name, "mine")]


@pytest.mark.parametrize(
    ("export", "module", "extra"), [(export_edf, "edfio", "edf"), (export_parquet, "pyarrow.parquet", "parquet")]
)
def test_without_the_package_it_says_what_to_install(
    export: Export, module: str, extra: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(UsageError, match=f"{module.partition('.')[0]}, which is not installed") as caught:
        export(shipped(WHOLE), tmp_path / "s")
    assert f"hiplevel[{extra}]" in caught.value.hint
