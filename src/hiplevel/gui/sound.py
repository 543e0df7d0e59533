"""Sound in the window: its settings, and the cues of a session."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from hiplevel.cues.policy import Policy
from hiplevel.cues.speaker import Later, Output
from hiplevel.cues.speech import SpokenNumbers, speaker_program
from hiplevel.cues.view import CueView
from hiplevel.exercises import load_exercise
from hiplevel.gui import words
from hiplevel.gui.live.choice import Choice
from hiplevel.gui.settings import Settings
from hiplevel.model.prescription import FEEDBACKS, Feedback
from hiplevel.model.tempo import Tempo


class Sound(QObject):
    """Opens the loudspeaker when it is first needed. Signals: problem (a sentence), changed (muted or not)."""

    problem = Signal(str)
    changed = Signal()

    def __init__(self, settings: Settings, output: Output | None = None) -> None:
        super().__init__()
        self._settings = settings
        self._output = output
        self._numbers: SpokenNumbers | None = None

    @property
    def muted(self) -> bool:
        """Nothing is heard."""
        return bool(self._settings.get("muted", False))

    def set_muted(self, muted: bool) -> None:
        """Hear nothing, or hear again."""
        self._set("muted", muted)

    @property
    def volume(self) -> float:
        """0 to 1."""
        return float(self._settings.get("volume", 0.7))

    def set_volume(self, volume: float) -> None:
        """0 to 1."""
        self._set("volume", min(max(volume, 0.0), 1.0))

    @property
    def ticks(self) -> bool:
        """A tick for each repetition."""
        return bool(self._settings.get("ticks", True))

    def set_ticks(self, on: bool) -> None:
        """From the next session on."""
        self._set("ticks", on)

    @property
    def spoken(self) -> bool:
        """The count is spoken, where something can speak."""
        return bool(self._settings.get("spoken", False)) and self.can_speak

    def set_spoken(self, on: bool) -> None:
        """From the next session on."""
        self._set("spoken", on)

    @property
    def can_speak(self) -> bool:
        """Whether a program that speaks is installed."""
        return speaker_program() is not None

    @property
    def feedback(self) -> Feedback:
        """How many drops are heard."""
        chosen = self._settings.get("feedback", "every")
        return next((one for one in FEEDBACKS if one == chosen), "every")

    def set_feedback(self, feedback: Feedback) -> None:
        """From the next session on."""
        self._set("feedback", feedback)

    @property
    def rep_s(self) -> float:
        """Seconds a repetition that the metronome leads through; 0 is off."""
        return float(self._settings.get("rep_s", 0.0))

    def set_rep_s(self, rep_s: float) -> None:
        """From the next session on."""
        self._set("rep_s", rep_s)

    def tempo(self, choice: Choice) -> Tempo | None:
        """What leads in this session: as prescribed, else as set here; None where the metronome is off."""
        rep_s = (choice.dose.tempo_s or self.rep_s) if self.rep_s else 0.0
        return Tempo(0.5 * rep_s, 0.0, 0.5 * rep_s) if rep_s else None

    def cues(self, choice: Choice) -> Sequence[CueView]:
        """The view that is heard in this session."""
        exercise = load_exercise(choice.exercise)
        asked = choice.dose.feedback
        feedback = self.feedback if asked == "every" else asked
        policy = Policy(feedback, self.ticks, self.spoken, exercise.counting.count_at == "turn")
        return [CueView(self._open(), policy, self._speech())]

    def close(self) -> None:
        """Let go of the loudspeaker."""
        if self._output is not None:
            self._output.close()
            self._output = None

    def _open(self) -> Output:
        if self._output is None:
            self._output = Later(self.problem.emit)
        self._apply()
        return self._output

    def _speech(self) -> SpokenNumbers | None:
        if self.spoken and self._numbers is None:
            self._numbers = SpokenNumbers(words.current())
        return self._numbers

    def _set(self, name: str, value: object) -> None:
        self._settings.set(name, value)
        self._apply()
        self.changed.emit()

    def _apply(self) -> None:
        if self._output is not None:
            self._output.mixer.muted, self._output.mixer.volume = self.muted, self.volume
