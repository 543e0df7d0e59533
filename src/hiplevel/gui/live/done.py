"""After a session: what it came to, and where to go from here."""

import math
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from hiplevel.gui.live.state import LiveState
from hiplevel.gui.live.unit import total_words
from hiplevel.gui.widgets.count import Unit
from hiplevel.gui.widgets.notices import Notices
from hiplevel.gui.widgets.parts import button, card, column, label, row
from hiplevel.gui.words import tr
from hiplevel.model.events import Drop
from hiplevel.model.rules import Side


class Done(QWidget):
    """One line a set; the recording's name; what comes next, look at it, or train again.

    asked: repetitions over all sets, 0 for none; unit: what is counted. go_on: what comes next, in words, and how.
    """

    def __init__(
        self,
        state: LiveState,
        path: Path | None,
        sides: tuple[Side, ...],
        look: Callable[[], None],
        again: Callable[[], None],
        asked: int = 0,
        unit: Unit = "reps",
        go_on: tuple[str, Callable[[], None]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("place")
        grid = QGridLayout()
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(10)
        heads = (tr("live.col_set"), tr("live.col_reps"), *(tr(f"live.col_drops_{side}") for side in sides))
        for place, text in enumerate(heads):
            grid.addWidget(label(text, "muted"), 0, place)
        counted = state.tally.corrected()
        rows = [(str(one.number), one.done, (one.start_s, one.end_s)) for one in counted.sets]
        in_sets = sum(_during(drop, span) for drop in state.drops for _, _, span in rows)
        if len(rows) != 1 or in_sets != len(state.drops):  # what fell between sets is in no other row
            rows.append((tr("live.in_all"), counted.done, (-math.inf, math.inf)))
        for at, (name, reps, span) in enumerate(rows, 1):
            grid.addWidget(label(name, "heading"), at, 0)
            grid.addWidget(label(str(reps) if unit == "reps" or reps else "–", "heading"), at, 1)
            for place, side in enumerate(sides, 2):
                mine = [drop for drop in state.drops if drop.side == side and _during(drop, span)]
                words = tr("live.worst", n=len(mine), deg=f"{max(d.peak_deg for d in mine):.0f}") if mine else "0"
                grid.addWidget(label(words, "alarm" if mine else "heading"), at, place)
        grid.setColumnStretch(len(heads), 1)
        total = total_words(unit, counted.done, state.holds, state.steps)
        self.headline = label(tr("live.total_of", n=counted.done, all=asked) if asked else total, "title")
        where = label(tr("live.recorded", path=path) if path else tr("live.not_recorded"), "muted", wrap=True)
        where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.go_on = None if go_on is None else button(tr("live.go_on", what=go_on[0]), go_on[1], "primary")
        self.look = button(tr("live.look_back"), look, "primary" if self.go_on is None else "large")
        self.look.setEnabled(path is not None)
        self.again = button(tr("live.again"), again, "large")
        first = [] if self.go_on is None else [self.go_on]
        frame = card(self.headline, grid, where, *first, row(self.look, self.again, None), spacing=20, margin=28)
        frame.setMinimumWidth(620)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 22, 28, 20)
        self.notices = Notices()
        layout.addWidget(self.notices)
        layout.addStretch(1)
        layout.addLayout(row(None, frame, None))
        layout.addLayout(column(None))
        layout.addStretch(2)
        self.setFocusProxy(self.go_on or self.look)


def _during(drop: Drop, span: tuple[float, float]) -> bool:
    """As reports have it: it reaches into these seconds."""
    return drop.start_s < span[1] and drop.end_s > span[0]
