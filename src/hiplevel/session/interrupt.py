"""Ctrl-C ends a session in order: the sensor is stopped, the recording closed."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from hiplevel.session.session import Session
from hiplevel.session.source import Source


@contextmanager
def ctrl_c_ends(session: Session, source: Source) -> Iterator[None]:
    """Inside, the first Ctrl-C ends the session; a second one is a KeyboardInterrupt as ever."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.getsignal(signal.SIGINT)

    def on_ctrl_c(_number: int, _frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, before)
        session.interrupt(source)

    signal.signal(signal.SIGINT, on_ctrl_c)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
