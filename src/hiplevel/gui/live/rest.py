"""Between sets: how long is left, and how the set went."""

from statistics import median

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from hiplevel.detect.corrections import CountedSet
from hiplevel.gui.theme import Theme
from hiplevel.gui.widgets.count import RepCount
from hiplevel.gui.widgets.parts import button, card, column, label, set_role
from hiplevel.gui.words import tr, written
from hiplevel.model.events import Drop
from hiplevel.model.rules import DropRule, Side

SECOND_MS = 1000


class RestScreen(QWidget):
    """Signals: over (the countdown reached zero), go_on (pressed)."""

    over = Signal()
    go_on = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("place")
        self.left_s = 0
        self._last = False
        self._title = label("", "title")
        self._lines: list[tuple[QLabel, QLabel]] = []
        self._used = 0
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(24)
        self._rows.setVerticalSpacing(12)
        self.next = button(tr("live.next_set"), self.go_on.emit, "primary", hint="N")
        self._next_words = label("", "muted", wrap=True)
        self._seconds = _Seconds(theme)
        self._seconds.setAccessibleName(tr("live.rest_name"))
        left = column(self._seconds, spacing=8)
        right = card(self._title, self._rows, column(None), self._next_words, self.next, spacing=16, margin=24)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(20)
        layout.addLayout(left, 1)
        layout.addWidget(right, 1)
        self._timer = QTimer(self, interval=SECOND_MS)
        self._timer.timeout.connect(self._tick)

    def begin(self, rest_s: float) -> None:
        """Count down from rest_s; 0 counts nothing down, nor does anything after the last set."""
        self.left_s = 0 if self._last else round(rest_s)
        self._show()
        if self.left_s:
            self._timer.start()

    def tell(
        self,
        done: CountedSet,
        target: int,
        sets: int,
        drops: list[Drop],
        rule: DropRule,
        sides: tuple[Side, ...],
    ) -> None:
        """Show this set's summary."""
        self._title.setText(tr("live.set_done", n=done.number))
        self._used = 0
        for line in (line for pair in self._lines for line in pair):
            line.hide()
        aim = tr("live.of_target_short", done=done.done, n=target) if target else str(done.done)
        self._row(tr("live.col_reps"), aim)
        work = [one.rep for one in done.reps if one.rep is not None and not one.warm_up]
        roms = [rep.rom_deg for rep in work]
        if roms:
            spread = f"{median(roms):.0f}°  ({min(roms):.0f} – {max(roms):.0f})"
            self._row(tr("live.range"), spread)
        outs, backs = [rep.out_s for rep in work], [rep.back_s for rep in work]
        if outs:
            tempo = tr("live.rep_tempo", out=written(median(outs), ".1f"), back=written(median(backs), ".1f"))
            self._row(tr("live.tempo"), tempo)
        mine = [drop for drop in drops if drop.start_s < done.end_s and drop.end_s > done.start_s]
        for side in sides:
            of_side = [drop for drop in mine if drop.side == side]
            words = tr("live.no_drops")
            if of_side:
                worst, beyond_s = max(d.peak_deg for d in of_side), sum(d.duration_s for d in of_side)
                words = tr("live.drops_words", n=len(of_side), deg=f"{worst:.0f}", s=written(beyond_s, ".1f"))
            self._row(tr(f"live.drops_{side}", deg=written(rule.limit_deg(side), "g")), words, alarm=bool(of_side))
        last = self._last = bool(sets) and done.number >= sets
        self._next_words.setText(tr("live.all_sets_done") if last else tr("live.next_set_words", n=done.number + 1))

    def stop(self) -> None:
        """The rest is over, or is not looked at any more."""
        self._timer.stop()

    def _tick(self) -> None:
        self.left_s = max(0, self.left_s - 1)
        self._show()
        if self.left_s == 0:
            self._timer.stop()
            self.over.emit()

    def _show(self) -> None:
        self._seconds.show_seconds(self.left_s)

    def _row(self, name: str, value: str, *, alarm: bool = False) -> None:
        if self._used == len(self._lines):
            pair = (label("", "muted"), label("", "heading"))
            for place, words in enumerate(pair):
                self._rows.addWidget(words, self._used, place)
            self._lines.append(pair)
        pair = self._lines[self._used]
        self._used += 1
        for words, text in zip(pair, (name, value), strict=True):
            words.setText(text)
            words.show()
        set_role(pair[1], "alarm" if alarm else "heading")


class _Seconds(RepCount):
    """The countdown, drawn like the count."""

    def show_seconds(self, left_s: int) -> None:
        """So many seconds left; 0 means ready."""
        self._left_s = left_s
        self.show_count(left_s, 0, 0, 0)
        self.update()

    _left_s = 0

    @property
    def set_words(self) -> str:
        """What to do meanwhile."""
        return tr("live.rest_words") if self._left_s else tr("live.rest_ready")

    @property
    def target_words(self) -> str:
        """The unit."""
        return tr("live.seconds_left") if self._left_s else tr("live.go_on_when_ready")
