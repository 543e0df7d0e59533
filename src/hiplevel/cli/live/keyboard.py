"""Single keys from the terminal, without Enter, while something else runs."""

import codecs
import contextlib
import re
import sys
import threading
from collections.abc import Callable, Iterator

LOOK_S = 0.05
ARROWS = re.compile(r"\x1b(\[[0-9;]*[A-Za-z~]|O[A-Za-z])")  # and function keys: several characters each


@contextlib.contextmanager
def keys(on_key: Callable[[str], object]) -> Iterator[bool]:
    """Inside, every key pressed is given to `on_key`, on a thread of its own; yields whether there is a keyboard."""
    if not sys.stdin.isatty():
        yield False
        return
    over = threading.Event()
    listen = _windows if sys.platform == "win32" else _posix
    with _unbuffered():
        thread = threading.Thread(target=listen, args=(on_key, over), name="hiplevel-keys", daemon=True)
        thread.start()
        try:
            yield True
        finally:
            over.set()
            thread.join()


@contextlib.contextmanager
def _unbuffered() -> Iterator[None]:
    """The terminal gives keys at once and does not show them."""
    if sys.platform == "win32":
        yield
        return
    import termios
    import tty

    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    try:
        tty.setcbreak(descriptor)
        yield
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


def _posix(on_key: Callable[[str], object], over: threading.Event) -> None:
    import os
    import select

    descriptor = sys.stdin.fileno()
    decoder = codecs.getincrementaldecoder("utf-8")("ignore")
    while not over.is_set():
        if not select.select([descriptor], [], [], LOOK_S)[0]:
            continue
        pressed = os.read(descriptor, 64)
        if not pressed:
            return
        for key in ARROWS.sub("", decoder.decode(pressed)):
            on_key(key)


def _windows(on_key: Callable[[str], object], over: threading.Event) -> None:
    import importlib

    console = importlib.import_module("msvcrt")
    while not over.wait(LOOK_S):
        while console.kbhit():
            key = console.getwch()
            if key in ("\x00", "\xe0"):
                console.getwch()  # an arrow or a function key comes in two parts
            else:
                on_key(key)
