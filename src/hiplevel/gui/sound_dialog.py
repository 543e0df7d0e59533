"""What is heard, and how loud."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QDoubleSpinBox, QFormLayout, QSlider, QVBoxLayout, QWidget

from hiplevel.gui import words
from hiplevel.gui.sound import Sound
from hiplevel.gui.widgets.parts import button, card, label, row, tall
from hiplevel.gui.words import tr
from hiplevel.language import LANGUAGES
from hiplevel.model.prescription import FEEDBACKS

REP_S, STEP_S = (1.0, 15.0), 0.5


class SettingsDialog(QDialog):
    """Takes effect at once, what belongs to a session from the next one on. language: chosen, '' when it stayed."""

    def __init__(self, sound: Sound, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("app.settings"))
        self.language = ""
        self.muted = QCheckBox(tr("sound.muted"))
        self.muted.setChecked(sound.muted)
        self.muted.toggled.connect(sound.set_muted)
        self.volume = QSlider(Qt.Orientation.Horizontal)
        self.volume.setRange(0, 100)
        self.volume.setValue(round(sound.volume * 100.0))
        self.volume.valueChanged.connect(lambda value: sound.set_volume(value / 100.0))
        self.feedback = QComboBox()
        for one in FEEDBACKS:
            self.feedback.addItem(tr(f"sound.feedback_{one}"), one)
        self.feedback.setCurrentIndex(FEEDBACKS.index(sound.feedback))
        self.feedback.currentIndexChanged.connect(lambda at: sound.set_feedback(FEEDBACKS[at]))
        self.ticks, self.spoken = QCheckBox(tr("sound.ticks")), QCheckBox(tr("sound.spoken"))
        self.ticks.setChecked(sound.ticks)
        self.ticks.toggled.connect(sound.set_ticks)
        self.spoken.setChecked(sound.spoken)
        self.spoken.setEnabled(sound.can_speak)
        self.spoken.toggled.connect(sound.set_spoken)
        self.metronome = QDoubleSpinBox()
        self.metronome.setRange(REP_S[0] - STEP_S, REP_S[1])
        self.metronome.setSingleStep(STEP_S)
        self.metronome.setDecimals(1)
        self.metronome.setSpecialValueText(tr("live.none"))
        self.metronome.setSuffix(tr("sound.a_repetition"))
        self.metronome.setValue(sound.rep_s or self.metronome.minimum())
        self.metronome.valueChanged.connect(lambda rep_s: sound.set_rep_s(rep_s if rep_s >= REP_S[0] else 0.0))
        self.languages = QComboBox()
        for code, name in LANGUAGES.items():
            self.languages.addItem(name, code)
        self.languages.setCurrentIndex(list(LANGUAGES).index(words.current()))
        self.languages.currentIndexChanged.connect(self._choose)
        form = QFormLayout()
        form.setVerticalSpacing(14)
        form.setHorizontalSpacing(20)
        for name, widget in (
            ("volume", self.volume),
            ("feedback", self.feedback),
            ("metronome", self.metronome),
        ):
            widget.setAccessibleName(tr(f"sound.{name}"))
            form.addRow(label(tr(f"sound.{name}")), tall(widget))
        self.languages.setAccessibleName(tr("app.language"))
        hint = tr("sound.feedback_hint") if sound.can_speak else f"{tr('sound.feedback_hint')} {tr('sound.no_voice')}"
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(label(tr("app.settings"), "title"))
        layout.addWidget(
            card(
                label(tr("sound.title"), "heading"),
                self.muted,
                form,
                self.ticks,
                self.spoken,
                label(hint, "muted", wrap=True),
                spacing=12,
            )
        )
        layout.addWidget(card(row(label(tr("app.language")), None, tall(self.languages))))
        layout.addLayout(row(None, button(tr("common.close"), self.accept, "primary")))
        self.setMinimumWidth(660)

    def _choose(self, at: int) -> None:
        self.language = list(LANGUAGES)[at]
