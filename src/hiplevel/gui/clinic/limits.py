"""Where a limit comes from, and what another one would have found."""

from dataclasses import replace

from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from hiplevel.clinic import what_if as trying
from hiplevel.clinic.analyzed import analyze_recording
from hiplevel.clinic.database import Store
from hiplevel.clinic.prescribed import Prescribed, limits_of, programme
from hiplevel.clinic.presets import presets
from hiplevel.clinic.sessions import sessions
from hiplevel.clinic.suggestion import Suggestion, suggest
from hiplevel.gui.clinic.desk import Desk
from hiplevel.gui.clinic.forms import Form
from hiplevel.gui.clinic.limit_form import limit_form
from hiplevel.gui.clinic.wording import limits_words, stance_words
from hiplevel.gui.sentences import in_language
from hiplevel.gui.spoken import name_of
from hiplevel.gui.widgets.parts import button, card, label, row, scrolled, tall
from hiplevel.gui.widgets.whole_table import WholeTable
from hiplevel.gui.words import count, current, tr, written


class Limits(QWidget):
    """Of one prescribed exercise at a time."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.asked: list[Prescribed] = []
        self.exercise = QComboBox()
        self.exercise.setAccessibleName(tr("clinic.head_exercise"))
        self.exercise.currentIndexChanged.connect(lambda _at: self._show_one())
        self.now = label("", "heading", wrap=True)
        self.known = label("", "muted", wrap=True)
        self.caution = label(tr("clinic.no_consensus"), "small", wrap=True)
        self.baseline = button(tr("clinic.suggest"), self.ask_baseline)
        self.change = button(tr("clinic.change_limit"), lambda: self.form().ask(), "primary")
        self.try_all = button(tr("clinic.try_limits"), self.try_limits)
        heads = ("side", "limit", "drops", "beyond", "passed", "set")
        self.table = WholeTable(tr("clinic.try_limits"), [tr(f"clinic.head_{head}") for head in heads])
        self.tried = label("", "muted", wrap=True)
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(tall(self.exercise))
        head = row(self.now, self.change)
        head.setStretch(0, 1)
        layout.addLayout(head)
        layout.addWidget(card(self.known, self.caution, row(self.baseline, None)))
        tried = row(self.try_all, self.tried)
        tried.setStretch(1, 1)
        layout.addLayout(tried)
        layout.addWidget(self.table)
        layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 12, 0, 0)
        outer.addWidget(scrolled(inside))

    def show_all(self) -> None:
        """As the store has it now."""
        code = self.desk.client
        chosen = self.exercise.currentText()
        self.asked = self.desk.ask(lambda store: programme(store, code), []) if code else []
        self.exercise.blockSignals(True)
        self.exercise.clear()
        for one in self.asked:
            asked = one.prescription
            self.exercise.addItem(f"{name_of(asked.exercise)}, {stance_words(asked.stance, asked.exercise)}")
        self.exercise.setCurrentIndex(max(self.exercise.findText(chosen), 0))
        self.exercise.blockSignals(False)
        self._show_one()

    @property
    def chosen(self) -> Prescribed | None:
        """The prescription whose limit is looked at."""
        at = self.exercise.currentIndex()
        return self.asked[at] if 0 <= at < len(self.asked) else None

    def form(self) -> Form:
        """New limits of both sides and the reason."""
        assert self.chosen is not None
        return limit_form(self.desk, self.chosen, self)

    def try_limits(self) -> None:
        """Each limit on all sessions of the exercise; in a thread, for angles may have to be computed."""
        one = self.chosen
        if one is None:
            return
        code, asked = self.desk.client, one.prescription

        def work(store: Store) -> trying.WhatIf:
            left_out: list[str] = []
            found = sessions(store, code, asked.exercise, asked.stance)
            answer = trying.what_if(
                trying.angles_of(store, found, left_out=left_out), asked.rule, trying.grid(), left_out=left_out
            )
            return replace(answer, left_out=tuple(left_out))

        self.tried.setText(tr("clinic.computing"))
        self.desk.later(work, self._show_tried, changes=False)

    def ask_baseline(self) -> None:
        """What the last session of the exercise suggests."""
        one = self.chosen
        if one is None:
            return
        code, asked = self.desk.client, one.prescription

        def work(store: Store) -> tuple[Suggestion, ...]:
            found = sessions(store, code, asked.exercise, asked.stance)
            return suggest(analyze_recording(found[-1].path)) if found else ()

        self.desk.later(work, self._show_suggested, changes=False)

    def _show_one(self) -> None:
        one = self.chosen
        for part in (self.baseline, self.try_all):
            part.setEnabled(one is not None)
        self.change.setEnabled(one is not None and self.desk.clinician is not None)
        self.change.setToolTip("" if self.desk.clinician is not None else tr("clinic.needs_role"))
        self.table.show_rows([])
        self.tried.setText("")
        if one is None:
            self.now.setText(tr("clinic.nothing_prescribed"))
            self.known.setText("")
            return
        words = limits_words(limits_of(one.prescription.rule))
        self.now.setText(tr("clinic.limit_now", limits=words, author=one.prescription.author))
        told = [
            tr(
                "clinic.preset",
                warn=written(preset.warn_deg, "g"),
                limit=written(preset.alarm_deg, "g"),
                basis=preset.basis,
                people=preset.population,
                source=preset.source,
            )
            for preset in presets(one.prescription.exercise, current())
        ]
        self.known.setText("\n\n".join(told))

    def _show_suggested(self, found: tuple[Suggestion, ...]) -> None:
        if not found:
            self.desk.said.emit(tr("clinic.no_sessions"))
        for one in found:
            self.desk.said.emit(
                tr(
                    "clinic.suggested",
                    side=tr(f"sides.{one.side}"),
                    median=written(one.median_deg, ".1f"),
                    p90=written(one.p90_deg, ".1f"),
                    band=written(one.band_deg, ".1f"),
                    warn=written(one.warn_deg, "g"),
                    limit=written(one.alarm_deg, "g"),
                    least=written(one.smallest_change_deg, "g"),
                )
            )

    def _show_tried(self, answer: trying.WhatIf) -> None:
        rows = [
            [
                tr(f"sides.{curve.side}"),
                f"{written(point.limit_deg, 'g')}°",
                str(point.drops),
                f"{written(point.over_s, '.1f')} s",
                tr("clinic.of", n=point.passed, all=curve.reps),
                "◀" if point.limit_deg == curve.current_deg else "",
            ]
            for curve in answer.curves
            for point in curve.points
        ]
        self.table.show_rows(rows)
        self.tried.setText(" ".join([count("clinic.tried", answer.sessions), *map(in_language, answer.left_out)]))
