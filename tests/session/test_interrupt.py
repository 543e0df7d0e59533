"""Ctrl-C ends a session in order, wherever it is pressed."""

import signal
import threading
from collections.abc import Callable, Iterator

import pytest

from hiplevel.session.interrupt import ctrl_c_ends
from session.scripted import Recorder, Script, make, notes, packets
from session.sitting import person


def test_ctrl_c_ends_the_session_in_order_and_gives_the_signal_back() -> None:
    recorder = Recorder()
    session, seen = make(recorder)
    items = packets(person(4.0))
    items.insert(40, lambda: signal.raise_signal(signal.SIGINT))
    source = Script(items)
    before = signal.getsignal(signal.SIGINT)
    with ctrl_c_ends(session, source):
        session.run(source)
    assert signal.getsignal(signal.SIGINT) is before
    assert session.interrupted
    assert recorder.calls.count("raw") == 40
    assert recorder.closed
    assert notes(seen.events) == [("cut-short", "info")]


@pytest.fixture
def ctrl_c_as_ever() -> Iterator[None]:
    """As in a terminal: started in the background of a shell, Python leaves SIGINT ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("ctrl_c_as_ever")
def test_a_second_ctrl_c_does_not_wait_and_still_closes_the_recording() -> None:
    recorder = Recorder()
    session, _ = make(recorder)

    class Deaf(Script):
        def stop(self) -> None:
            """A sensor that does not answer."""

    press: Callable[[], None] = lambda: signal.raise_signal(signal.SIGINT)  # noqa: E731
    source = Deaf([*packets(person(1.0)), press, *packets(person(1.0)), press])
    with pytest.raises(KeyboardInterrupt), ctrl_c_ends(session, source):
        session.run(source)
    assert recorder.closed


def test_in_another_thread_ctrl_c_is_left_alone() -> None:
    session, _ = make()
    source = Script([])
    before = signal.getsignal(signal.SIGINT)
    seen: list[object] = []

    def run() -> None:
        with ctrl_c_ends(session, source):
            seen.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert seen == [before]
