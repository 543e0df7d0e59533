"""The numbers of a look back beside its plots: what the limit is, what it finds, and what it found as recorded."""

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from hiplevel.gui.live.unit import total_words, unit_of
from hiplevel.gui.replay.edit_buttons import EditButtons
from hiplevel.gui.replay.limit_field import LimitField
from hiplevel.gui.replay.review import Review, SideFigures
from hiplevel.gui.widgets.parts import button, column, label, rule, scrolled, set_role
from hiplevel.gui.widgets.plot import SIDES, clock
from hiplevel.gui.words import count, tr, written
from hiplevel.model.rules import DropRule, Side

PANEL_PX = 288
AROUND_PX = (22, 46)  # the figures and the corrections, sideways and in height


class Panel(QFrame):
    """Signals: limit_set (side, degrees)."""

    limit_set = Signal(str, float)

    def __init__(self, handlers: dict[str, Callable[[], None]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setMinimumWidth(PANEL_PX)
        self.setMaximumWidth(2 * PANEL_PX)
        self.count, self.counted_words = label("", "heading"), label("", "muted", wrap=True)
        self.range = label("", "muted")
        self.blocks = {side: _SideBlock(side, self.limit_set.emit) for side in SIDES}
        self.reset = button(tr("replay.as_recorded"), handlers["reset_limits"])
        self.in_brackets = label(tr("replay.in_brackets"), "muted", wrap=True)
        keeps = self.in_brackets.sizePolicy()
        keeps.setRetainSizeWhenHidden(True)  # nothing moves while a limit is dragged
        self.in_brackets.setSizePolicy(keeps)
        self.changed = label("", "muted", wrap=True)
        self.here = label("", wrap=True, name=tr("replay.drop_name"))
        self.verdict = label("", "small", wrap=True)
        self.edits = EditButtons(handlers)
        self._figures = figures = QWidget()
        sides = [self.blocks[side] for side in SIDES]
        parts = (
            self.count,
            self.counted_words,
            self.range,
            *sides,
            self.changed,
            self.in_brackets,
            self.reset,
            self.here,
            None,
            self.verdict,
        )
        within = column(*parts, spacing=8)
        within.setContentsMargins(0, 0, 4, 0)
        figures.setLayout(within)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 14, 8, 14)
        layout.setSpacing(8)
        layout.addWidget(scrolled(figures), 1)  # two sides and a verdict are more than a small window has room for
        layout.addWidget(rule())
        layout.addWidget(self.edits)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """More or less room."""
        super().resizeEvent(event)
        self._fold()

    def show_review(self, review: Review, recorded: Review) -> None:
        """These figures; recorded: those with the limits of the recording, to compare with."""
        counted = review.counted
        computed = review.computed
        unit = unit_of(computed.pipeline.exercise)
        self.count.setText(total_words(unit, counted.done, len(review.holds), len(review.step_times_s)))
        sets = count("replay.sets", sum(one.done > 0 for one in counted.sets))
        corrected = counted.done != counted.machine_reps
        self.counted_words.setText(tr("replay.machine_count", n=counted.machine_reps) if corrected else "")
        self.counted_words.setVisible(corrected)
        range_deg = review.range_deg
        self.range.setVisible(unit == "reps" or bool(counted.reps))
        self.range.setText(sets if range_deg is None else f"{sets}  ·  {tr('replay.range', deg=f'{range_deg:.0f}')}")
        self.show_limits(review, recorded)
        self._fold()

    def show_limits(self, review: Review, recorded: Review) -> None:
        """Only what a limit changes."""
        other = False
        graded = review.computed.graded
        for side, block in self.blocks.items():
            block.setVisible(side in review.sides)
            if side in review.sides:
                was, now = recorded.figures(side), review.figures(side)
                tried = side in review.tried
                block.show_figures(now, was, review.measured, graded, tried)
                other = other or tried
        self.reset.setEnabled(other)
        self.in_brackets.setVisible(other and graded)
        words = changed_words(review)
        self.changed.setText(words)
        self.changed.setVisible(bool(words))

    def show_rule(self, rule: DropRule) -> None:
        """The limits in force at another moment."""
        for side, block in self.blocks.items():
            block.limit.show_limit(rule.limit_deg(side))

    def _fold(self) -> None:
        """The figures come first: where they would have to be scrolled for, the corrections fold."""
        figures = self._figures.layout()
        assert figures is not None
        width = self.width() - AROUND_PX[0]
        self.edits.fold(figures.totalHeightForWidth(width) + self.edits.full_px + AROUND_PX[1] > self.height())


def changed_words(review: Review) -> str:
    """From when on which limit was in force, where a clinician changed it while it was recorded; '' where not."""
    told = []
    for side in review.sides:
        steps = [(at_s, rule.limit_deg(side)) for at_s, rule in review.steps]
        news = [step for before, step in pairwise(steps) if before[1] != step[1]]
        if side not in review.tried and news:
            later = (tr("replay.limit_from", at=clock(at_s), deg=written(deg, "g")) for at_s, deg in news)
            first = tr("replay.limit_first", side=tr(f"sides.{side}"), deg=written(steps[0][1], "g"))
            told.append(", ".join([first, *later]))
    return tr("replay.limit_changed", steps="; ".join(told)) if told else ""


class _SideBlock(QWidget):
    """One side: its limit, and what it finds."""

    def __init__(self, side: Side, changed: Callable[[str, float], None]) -> None:
        super().__init__()
        self.limit = LimitField(side, changed)
        self.spin = self.limit.spin
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        grid.addWidget(rule(), 0, 0, 1, 3)
        grid.addWidget(self.limit, 1, 0, 1, 3)
        self.values: dict[str, tuple[QLabel, QLabel]] = {}
        self.names: dict[str, QLabel] = {}
        for at, name in enumerate(("drops", "over", "passed"), 2):
            self.values[name] = (label("", "heading"), label("", "muted"))
            self.names[name] = label(tr(f"replay.{name}"), "muted")
            grid.addWidget(self.names[name], at, 0)
            for place, value in enumerate(self.values[name], 1):
                grid.addWidget(value, at, place)
        grid.setColumnStretch(0, 1)

    def show_figures(self, now: SideFigures, was: SideFigures, reps: int, graded: bool, other: bool) -> None:
        """These, and in brackets, where another limit is tried, those of the limit as it was."""
        self.limit.show_limit(now.limit_deg)
        texts = {
            "drops": (f"{now.drops}", f"({was.drops})"),
            "over": (f"{written(now.over_s, '.1f')} s", f"({written(was.over_s, '.1f')})"),
            "passed": (tr("replay.of", n=now.passed, all=reps), f"({was.passed})"),
        }
        for part in (self.names["passed"], *self.values["passed"]):
            part.setVisible(reps > 0)  # steps and holds are no repetitions
        for name, (new, old) in self.values.items():
            new.setText(texts[name][0] if graded else tr("replay.not_judged"))
            old.setText(texts[name][1] if graded and other else "")
        set_role(self.values["drops"][0], "alarm" if now.drops and graded else "heading")
