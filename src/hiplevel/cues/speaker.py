"""The loudspeaker, through PortAudio; where there is none, silence and a sentence that says so."""

import threading
from collections.abc import Callable
from typing import Any, Protocol

from hiplevel.cues.mixer import Mixer
from hiplevel.cues.tones import RATE_HZ, Sound

HINT = "On Debian and Ubuntu: sudo apt-get install libportaudio2."


class Output(Protocol):
    """Where sounds go."""

    @property
    def mixer(self) -> Mixer:
        """Volume, mute and metronome."""

    @property
    def problem(self) -> str:
        """Why nothing is heard; '' when all is well."""

    def play(self, sound: Sound) -> None:
        """Begin now."""

    def close(self) -> None:
        """Let go of the device."""


class Silent:
    """No device: everything works but is not heard. problem: why, in a sentence; '' when that was wished."""

    def __init__(self, problem: str = "") -> None:
        self.mixer = Mixer()
        self.problem = problem

    def play(self, sound: Sound) -> None:
        """Nothing."""

    def close(self) -> None:
        """Nothing."""


class Speaker:
    """The system's own output device, with as little delay as it offers."""

    problem = ""

    def __init__(self, sounddevice: Any) -> None:
        self.mixer = Mixer()
        self._stream = sounddevice.OutputStream(
            samplerate=RATE_HZ, channels=2, dtype="float32", latency="low", callback=self._fill
        )
        self._stream.start()

    def play(self, sound: Sound) -> None:
        """Begin now."""
        self.mixer.play(sound)

    def close(self) -> None:
        """Let go of the device."""
        self._stream.stop()
        self._stream.close()

    def _fill(self, out: Any, frames: int, _time: Any, _status: Any) -> None:
        out[:] = self.mixer.render(frames)


class Later:
    """A loudspeaker that is opened in a thread: looking for devices takes its time, and nobody waits for it.

    told: called in that thread with the problem, if there is one.
    """

    def __init__(self, told: Callable[[str], None], open_: Callable[[], Output] | None = None) -> None:
        self._silent: Output = Silent()
        self._real: Output | None = None
        self._closed = False
        self._told, self._open = told, open_ or open_speaker
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._main, name="hiplevel-sound", daemon=True)
        self._thread.start()

    @property
    def mixer(self) -> Mixer:
        """Of the device, once it is open."""
        return (self._real or self._silent).mixer

    @property
    def problem(self) -> str:
        """Why nothing is heard."""
        return "" if self._real is None else self._real.problem

    def play(self, sound: Sound) -> None:
        """Begin now, if it is open."""
        if self._real is not None:
            self._real.play(sound)

    def wait(self) -> None:
        """Until it is open, or known not to."""
        self._thread.join()

    def close(self) -> None:
        """Let go of the device."""
        with self._lock:
            self._closed = True
            if self._real is not None:
                self._real.close()

    def _main(self) -> None:
        opened = self._open()
        before = self._silent.mixer
        opened.mixer.volume, opened.mixer.muted = before.volume, before.muted
        with self._lock:
            if self._closed:
                opened.close()
                return
            self._real = opened
        if opened.problem:
            self._told(opened.problem)


def open_speaker() -> Output:
    """The loudspeaker, or silence with the reason: a missing device stops nothing."""
    try:
        import sounddevice
    except OSError:  # raised on import where the PortAudio library is missing
        return Silent(f"No sound: the PortAudio library is missing. {HINT}")
    try:
        return Speaker(sounddevice)
    except (sounddevice.PortAudioError, ValueError) as error:
        return Silent(f"No sound: no loudspeaker was found ({error}). Everything else works.")
