"""Numbers as spoken words, made beforehand by eSpeak where it is installed: the count is never kept waiting."""

import shutil
import subprocess
import threading
import wave
from io import BytesIO

import numpy as np

from hiplevel.cues.tones import RATE_HZ, Sound, from_mono

PROGRAMS = ("espeak-ng", "espeak")
MOST = 40
WAIT_S = 10.0
WORDS_A_MINUTE = "175"


def speaker_program() -> str | None:
    """The program that speaks; None where there is none, and the count is then ticked only."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


class SpokenNumbers:
    """Numbers from 1 on in one language, rendered in a thread as fast as they come."""

    def __init__(self, language: str = "en", program: str | None = None, most: int = MOST) -> None:
        self._program = program or speaker_program()
        self._language, self._most = language, most
        self._sounds: dict[int, Sound] = {}
        self._thread = threading.Thread(target=self._make, name="hiplevel-speech", daemon=True)
        if self._program is not None:
            self._thread.start()

    def get(self, number: int) -> Sound | None:
        """The word for a number; None when it is not made (yet)."""
        return self._sounds.get(number)

    def wait(self) -> None:
        """Until all are made."""
        if self._thread.ident is not None:
            self._thread.join()

    def _make(self) -> None:
        for number in range(1, self._most + 1):
            sound = say(str(number), self._language, self._program or "")
            if sound is None:
                return
            self._sounds[number] = sound


def say(text: str, language: str, program: str) -> Sound | None:
    """Words as a sound; None when the program cannot."""
    command = [program, "-v", language, "-s", WORDS_A_MINUTE, "--stdout", text]
    try:
        made = subprocess.run(command, capture_output=True, timeout=WAIT_S, check=True)
        with wave.open(BytesIO(made.stdout)) as file:
            if file.getsampwidth() != 2:
                return None
            rate_hz, channels = file.getframerate(), file.getnchannels()
            data = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2")
    except (OSError, subprocess.SubprocessError, wave.Error, EOFError):
        return None
    mono = data.reshape(-1, channels)[:, 0].astype(np.float32) / 32768.0
    at = np.arange(round(len(mono) * RATE_HZ / rate_hz)) * (rate_hz / RATE_HZ)
    return from_mono(np.interp(at, np.arange(len(mono)), mono).astype(np.float32))
