"""The screen while someone trains: count, pelvis, trace, link; large enough to read from across the room."""

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from hiplevel.detect.hold_params import target_s
from hiplevel.gui import shortcuts
from hiplevel.gui.live.choice import Choice
from hiplevel.gui.live.link_words import link_words
from hiplevel.gui.live.rest import RestScreen
from hiplevel.gui.live.state import LiveState
from hiplevel.gui.live.unit import unit_of
from hiplevel.gui.sentences import in_language
from hiplevel.gui.spoken import load_spoken, stance_words
from hiplevel.gui.theme import Theme
from hiplevel.gui.widgets.count import RepCount
from hiplevel.gui.widgets.edge import Edge, edge_px
from hiplevel.gui.widgets.elided import Elided
from hiplevel.gui.widgets.key_button import KeyButton
from hiplevel.gui.widgets.last_rep import LastRep
from hiplevel.gui.widgets.notices import Notices
from hiplevel.gui.widgets.parts import column, label, row, set_role
from hiplevel.gui.widgets.pelvis import PelvisView
from hiplevel.gui.widgets.trace import LiveTrace
from hiplevel.gui.words import tr, written
from hiplevel.model.errors import Reason
from hiplevel.model.events import Drop, DropStarted
from hiplevel.model.rules import DropRule, Side, Stance
from hiplevel.model.sides import watched
from hiplevel.model.targets import TargetReached
from hiplevel.session.view import Health

ACTIONS = ("hold", "rezero", "undo", "add", "next_set", "pause", "note", "end")


class Training(QWidget):
    """Shows what it is told; `handlers` are what its buttons do, by the names of ACTIONS."""

    def __init__(
        self,
        theme: Theme,
        choice: Choice,
        handlers: dict[str, Callable[[], None]],
        badge: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("place")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._choice, self._rule, self._dose = choice, choice.rule, choice.dose
        self._stance = cast(Stance, choice.stance)
        self._exercise = load_spoken(choice.exercise)
        self.unit = unit_of(self._exercise)
        self.count, self.pelvis, self.trace = RepCount(theme), PelvisView(theme), LiveTrace(theme)
        self.count.set_unit(self.unit)
        self.last_rep, self.rest, self.notices = LastRep(), RestScreen(theme), Notices()
        self.last_rep.setVisible(self.unit == "reps")
        self.link = label(tr("link.connecting"), "small", name=tr("link.name"))
        self._about = Elided("muted")
        self.message = label("", "heading", wrap=True, name=tr("live.message_name"))
        self.buttons = {
            name: KeyButton(
                tr(f"live.{name}"),
                shortcuts.hint(name, "live"),
                handlers[name],
                tip=tr(f"keys.{name}"),
                checkable=name == "pause",
            )
            for name in ACTIONS
            if name != "hold" or self.unit == "seconds"
        }
        for made in self.buttons.values():
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys to the screen
        self._reached = self._unknown = ""
        self.edges: dict[Side, Edge] = {side: Edge(self, side, theme) for side in ("left", "right")}
        self._build(badge)
        self.set_rule(self._rule)
        self.show_state(LiveState(self._rule), paused=False)

    def set_rule(self, rule: DropRule, *, by_clinician: bool = False) -> None:
        """Other limits from now on."""
        self._rule = rule
        choice = self._choice
        own = by_clinician or choice.own_limit or choice.prescribed
        limits = " / ".join(
            f"{written(rule.limit_deg(side), 'g')}° {tr(f'sides.{side}')}" for side in watched(self._stance)
        )
        whose = tr("live.limit_own" if own else "live.limit_preset")
        words = f"{stance_words(choice.stance, self._exercise)}  ·  {tr('live.limit_words', limits=limits)}, {whose}"
        self._about.setText(words)
        self.pelvis.set_rule(rule, self._stance)
        self.trace.set_rule(rule, self._stance)

    def show_state(self, state: LiveState, *, paused: bool) -> None:
        """The count and the last repetition."""
        quiet = paused or not state.ready
        if state.resting or (state.holding and not self._held(state)):
            self._reached = ""
        if self.unit == "seconds":
            self.count.show_count(
                int(state.held_s), round(self._target_s), state.holds, 0, dimmed=quiet or not state.holding
            )
        elif self.unit == "steps":
            self.count.show_count(state.steps, 0, 0, 0, dimmed=quiet)
        else:
            asked = self._dose.reps if self.unit == "reps" else 0
            self.count.show_count(state.reps, asked, state.set_number, self._dose.sets, dimmed=quiet)
        word = "next_set" if state.resting or not state.set_number else "restart_set"
        self.buttons["next_set"].set_word(tr(f"live.{word}"), tr(f"keys.{word}"))
        self.last_rep.show_rep(state.last_rep, self._rule.lowest_deg)
        if paused:
            self._say(tr("live.paused"))
        elif not state.ready:
            self._say(tr("live.stand_still"))
        else:
            self._say(tr("live.doubted", press=shortcuts.hint("hold", "live")) if state.doubted else self._reached)

    @property
    def _target_s(self) -> float:
        return self._dose.hold_s or target_s(self._exercise)

    def _held(self, state: LiveState) -> bool:
        """Whether it is held as long as asked for; else what was said of the one before is over."""
        return state.held_s >= self._target_s

    def reached(self, event: TargetReached) -> None:
        """So much was asked for, and it is done."""
        self._reached = tr(f"live.reached_{event.what}")
        self._say(self._reached)

    def _say(self, text: str) -> None:
        self.message.setText(text)
        self.message.setVisible(bool(text))
        self._about.setVisible(not text)

    def show_health(self, health: Health) -> None:
        """The link in one line."""
        self.link.setText(link_words(health))
        set_role(self.link, "small" if health.connected else "alarm")
        self.pelvis.placeholder = self._unknown if health.connected else tr("live.no_link")
        if health.trouble:
            self.notices.add(in_language(health.trouble, Reason.DISK))

    def alarm(self, event: DropStarted | Drop) -> None:
        """Light the edge on the side that dropped, or let it go out."""
        if isinstance(event, DropStarted):
            self.edges[event.side].light()
        else:
            self.edges[event.side].fade()

    def lose_sight(self) -> None:
        """Nothing is known of the pelvis for now: neither its level nor whether a drop goes on."""
        self._unknown = self.pelvis.placeholder = tr("live.level_unseen")
        self.pelvis.set_level(None)
        for edge in self.edges.values():
            edge.fade()

    def show_rest(self, shown: bool) -> None:
        """The rest screen in place of the training screen, or not."""
        self._middle.setCurrentIndex(1 if shown else 0)
        if not shown:
            self.rest.stop()

    @property
    def resting(self) -> bool:
        """Whether the rest screen is shown."""
        return self._middle.currentIndex() == 1

    @property
    def sides(self) -> tuple[Side, ...]:
        """The sides that are watched."""
        return watched(self._stance)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep out of the edges."""
        side = edge_px(self.width()) + 8
        self._outer.setContentsMargins(side, 14, side, 10)
        super().resizeEvent(event)

    def _build(self, badge: str) -> None:
        title = label(self._exercise.name, "heading")
        head: QHBoxLayout = row(column(title, self._about, self.message, spacing=2), spacing=16)
        head.setStretch(0, 1)
        if badge:
            head.addWidget(label(badge, "badge"), 0, Qt.AlignmentFlag.AlignVCenter)
        training = QWidget()
        upper = row(column(self.count, self.last_rep, spacing=10), self.pelvis, spacing=18)
        upper.setStretch(0, 2)
        upper.setStretch(1, 3)
        inner = QVBoxLayout(training)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(12)
        inner.addLayout(upper, 5)
        inner.addWidget(self.trace, 2)
        middle = QWidget()
        self._middle = QStackedLayout(middle)
        self._middle.addWidget(training)
        self._middle.addWidget(self.rest)
        outer = self._outer = QVBoxLayout(self)
        outer.setContentsMargins(64, 14, 64, 10)
        outer.setSpacing(12)
        outer.addLayout(head)
        outer.addWidget(self.notices)
        outer.addWidget(middle, 1)
        keys: QHBoxLayout = row(
            *(made for name, made in self.buttons.items() if name != "end"), None, self.buttons["end"], spacing=8
        )
        outer.addLayout(keys)
        outer.addWidget(self.link)
