"""Angles that were judged, kept beside the store: a limit is tried on a thousand sessions without computing motion.

An entry is `KEY.npy` (obliquity and time, mapped into memory, so that a search reads what it needs) and `KEY.json`,
written last. Losing the folder costs time only; an entry that cannot be read is computed again.
"""

import contextlib
import json
import os
from pathlib import Path

import numpy as np

from hiplevel.clinic.analyzed import Judged
from hiplevel.detect.drop_trace import JudgedCells

FORMAT = 3


def cache_folder(store_path: Path) -> Path:
    """Where the angles of a store's sessions are."""
    return store_path.with_name(f"{store_path.stem}-angles")


def save(folder: Path, key: str, judged: Judged) -> bool:
    """Keep an entry; False when it cannot be written, which costs time later and nothing else."""
    cells = judged.cells
    about = {
        "format": FORMAT,
        "rows": len(cells.time_s),
        "cut_rows": cells.cut_rows.tolist(),
        "lying": cells.lying.tolist(),
        "until_s": cells.until_s.tolist(),
        "reps": judged.reps.tolist(),
        "bad_s": judged.bad_s.tolist(),
        "stance": judged.stance,
        "graded": judged.graded,
    }
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / f"{key}.{os.getpid()}.part"
        with part.open("wb") as file:
            np.save(file, np.stack([cells.obliquity_deg, cells.time_s]))
        part.replace(folder / f"{key}.npy")
        part.write_text(json.dumps(about), encoding="utf-8")
        part.replace(folder / f"{key}.json")
        return True
    return False


def load(folder: Path, key: str) -> Judged | None:
    """The entry, None when there is none or it cannot be read."""
    try:
        about = json.loads((folder / f"{key}.json").read_text(encoding="utf-8"))
        if about["format"] != FORMAT:
            return None
        if about["rows"] == 0:
            rows = np.empty((2, 0))
        else:
            rows = np.load(folder / f"{key}.npy", mmap_mode="r", allow_pickle=False)
        if rows.shape != (2, about["rows"]) or rows.dtype != np.float64:
            return None
        cells = JudgedCells(
            rows[1],
            rows[0],
            np.array(about["cut_rows"], dtype=np.int64),
            np.array(about["lying"], dtype=bool),
            np.array(about["until_s"], dtype=float),
        )
        reps, bad_s = (np.array(about[name], dtype=float) for name in ("reps", "bad_s"))
        return Judged(cells, reps.reshape(-1, 4), about["stance"], about["graded"], bad_s.reshape(-1, 2))
    except (OSError, ValueError, KeyError, TypeError, EOFError):
        return None


def forget(folder: Path, key: str) -> bool:
    """Remove an entry; whether there was one."""
    there = False
    for end in (".json", ".npy"):
        path = folder / f"{key}{end}"
        there |= path.exists()
        path.unlink(missing_ok=True)
    return there
