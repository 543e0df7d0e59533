"""One open recording on the screen: pelvis and count, the plots, the numbers, the row of buttons."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from hiplevel.detect.hold_params import target_s
from hiplevel.gui.live.unit import unit_of
from hiplevel.gui.replay.compare import Compare
from hiplevel.gui.replay.detail import Detail
from hiplevel.gui.replay.drop_here import words_at
from hiplevel.gui.replay.overlay import Overlay
from hiplevel.gui.replay.panel import Panel
from hiplevel.gui.replay.player import Player
from hiplevel.gui.replay.recording_plot import RecordingPlot
from hiplevel.gui.replay.review import Review
from hiplevel.gui.replay.timeline import Timeline
from hiplevel.gui.replay.transport import Transport, tip
from hiplevel.gui.spoken import spoken, stance_words
from hiplevel.gui.theme import Theme
from hiplevel.gui.when import moment
from hiplevel.gui.widgets.count import RepCount
from hiplevel.gui.widgets.elided import Elided
from hiplevel.gui.widgets.notices import Notices
from hiplevel.gui.widgets.parts import button, column, label, row
from hiplevel.gui.widgets.pelvis import PelvisView
from hiplevel.gui.words import tr

SIDE_PX = 190
VIEWS = ("detail", "overlay", "compare")


class Screen(QWidget):
    """Shows a Review at a moment; what can be done is in `handlers`."""

    def __init__(
        self, theme: Theme, player: Player, handlers: dict[str, Callable[[], None]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("place")
        self.player = player
        self.notices = Notices()
        self.name, self.about = label("", "heading"), Elided("muted")
        self.badge = label("", "badge")
        self.count, self.pelvis = RepCount(theme), PelvisView(theme)
        self.count.setMinimumSize(150, 150)
        self.detail, self.overlay, self.compare = Detail(theme), Overlay(theme), Compare(theme, handlers)
        self.timeline = Timeline(theme)
        self.panel = Panel(handlers)
        self.transport = Transport(player, handlers)
        self._views = QStackedWidget()
        for view in (self.detail, self.overlay, self.compare):
            self._views.addWidget(view)
        self._choices = QButtonGroup(self)
        chosen = []
        for place, name in enumerate(VIEWS):
            made = button(tr(f"replay.{name}"), handlers[f"show_{name}"], "tight", checkable=True)
            self._choices.addButton(made, place)
            chosen.append(made)
        chosen[0].setChecked(True)
        self.open = button(tr("replay.list"), handlers["list"], "tight", tip=tip("list"))
        head: QHBoxLayout = row(self.name, self.badge, *chosen, self.open, spacing=8)
        head.setStretch(0, 1)
        head.setAlignment(self.badge, Qt.AlignmentFlag.AlignVCenter)
        self._side = QWidget()
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.addWidget(self.count, 2)
        side.addWidget(self.pelvis, 3)
        self._side.setMinimumWidth(SIDE_PX)
        self._side.setMaximumWidth(2 * SIDE_PX)
        middle: QHBoxLayout = row(self._side, self._views, self.panel, spacing=14)
        for place, share in enumerate((10, 24, 11)):
            middle.setStretch(place, share)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 14, 20, 12)
        outer.setSpacing(10)
        outer.addLayout(column(head, self.about, spacing=2))
        outer.addWidget(self.notices)
        outer.addLayout(middle, 4)
        outer.addWidget(self.timeline, 1)
        outer.addWidget(self.transport)

    @property
    def view(self) -> str:
        """Which of VIEWS is shown in the middle."""
        return VIEWS[self._views.currentIndex()]

    def show_view(self, name: str) -> None:
        """Another one in the middle."""
        self._views.setCurrentIndex(VIEWS.index(name))
        self._choices.button(VIEWS.index(name)).setChecked(True)
        alone = name != "compare"  # two sessions have no moment in common: what is of one gives them its room
        for part in (self._side, self.panel, self.timeline, self.transport):
            part.setVisible(alone)
        if not alone:
            self.player.stop()

    @property
    def plot(self) -> QWidget:
        """What is copied or saved."""
        return {"detail": self.detail, "overlay": self.overlay, "compare": self.compare}[self.view]

    def show_review(self, review: Review, recorded: Review) -> None:
        """All of it."""
        computed = review.computed
        info = computed.recording.info
        self.name.setText(computed.path.stem)
        when = moment(info.started_ns, info.utc_offset_min) if info.started_ns else ""
        exercise = computed.pipeline.exercise
        self.count.set_unit("reps" if review.counted.reps else unit_of(exercise))
        what = tr("replay.no_exercise") if exercise is None else spoken(exercise).name
        whose = "" if info.simulated else info.client  # the badge says that it is nobody's
        parts = [what, stance_words(computed.stance, exercise), whose, when]
        self.about.setText("  ·  ".join(part for part in parts if part))
        self.badge.setText(tr("live.simulated_badge"))
        self.badge.setVisible(info.simulated)
        self.timeline.show_review(review)
        self.detail.show_review(review)
        self.overlay.show_review(review)
        self.panel.show_review(review, recorded)
        self._show_rule(review)

    def show_limits(self, review: Review, recorded: Review) -> None:
        """Only what a limit changes."""
        for plot in (self.timeline, self.detail):
            plot.show_limits(review)
        if self.view == "overlay":
            self.overlay.show_limits(review)
        self.panel.show_limits(review, recorded)
        self.panel.here.setText(words_at(review, self.player.at_s))
        self._show_rule(review)

    def _show_rule(self, review: Review) -> None:
        """The limits in force at the moment."""
        rule = review.rule_at(self.player.at_s)
        self.pelvis.set_rule(rule, review.computed.stance)
        self.panel.show_rule(rule)

    def show_moment(self, review: Review, at_s: float) -> None:
        """The level, the count and the plots at this moment."""
        computed = review.computed
        if review.changed:
            self._show_rule(review)
        self.panel.here.setText(words_at(review, at_s))
        self.timeline.show_moment(at_s, *self.detail.show_moment(at_s))
        if self.view == "overlay":
            self.overlay.show_moment(at_s)
        row_ = int(computed.time_s.searchsorted(at_s, side="right")) - 1
        near = 0 <= row_ < len(computed.time_s) and at_s - computed.time_s[row_] < 0.3
        self.pelvis.set_level(float(computed.obliquity_deg[row_]) if near else None)
        asked = computed.recording.info.prescription
        target, sets = (asked.reps, asked.sets) if asked is not None else (0, 0)
        if self.count.unit == "steps":
            self.count.show_count(int(np.searchsorted(review.step_times_s, at_s, side="right")), 0, 0, 0)
            return
        if self.count.unit == "seconds":
            number, held_s, lasts = review.hold_at(at_s)
            exercise = computed.pipeline.exercise
            wanted_s = asked.hold_s if asked is not None and asked.hold_s else target_s(exercise) if exercise else 0.0
            self.count.show_count(int(held_s), round(wanted_s), number, 0, dimmed=not lasts)
            return
        now = review.counted.set_at(at_s)
        if now is None:
            self.count.show_count(0, target, 0, sets)
            return
        reps = sum(rep.time_s <= at_s for rep in now.reps)
        self.count.show_count(reps, target, now.number, sets)


def plots_of(screen: Screen) -> tuple[RecordingPlot, ...]:
    """Those that can be clicked."""
    return (screen.timeline, screen.detail)
