"""What the store's first bytes say, before SQLite opens it."""

from pathlib import Path

from hiplevel.clinic.store_errors import foreign, half_written

HEADER = 100  # bytes of SQLite's header; the page count is in it
MAGIC = b"SQLite format 3\x00"


def check_header(path: Path) -> None:
    """Refuse a file shorter than its own header says: it was cut off, and SQLite would notice only when it reads there.

    Raises
    ------
    ClinicError
        FOREIGN_FILE, or DAMAGED_FILE.
    """
    wal = path.with_name(f"{path.name}-wal")
    try:
        size = path.stat().st_size
        if size == 0 or (wal.exists() and wal.stat().st_size):
            return
        with path.open("rb") as file:
            head = file.read(HEADER)
    except OSError:
        return
    if not head.startswith(MAGIC):
        raise half_written(path) if MAGIC.startswith(head[:16]) else foreign(path)
    page = int.from_bytes(head[16:18], "big")
    pages = int.from_bytes(head[28:32], "big")
    if len(head) < HEADER or size < pages * (65536 if page == 1 else page):
        raise half_written(path)
