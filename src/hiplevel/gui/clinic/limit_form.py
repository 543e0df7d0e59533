"""Changing a limit with a reason; while that client trains in this window, for the session that runs as well."""

from PySide6.QtWidgets import QDoubleSpinBox, QLineEdit, QWidget

from hiplevel.clinic.live_limit import change_live
from hiplevel.clinic.prescribed import Prescribed
from hiplevel.clinic.prescribing import change_limit
from hiplevel.gui.clinic.desk import Desk
from hiplevel.gui.clinic.forms import Form
from hiplevel.gui.widgets.degrees import degrees_field
from hiplevel.gui.words import tr
from hiplevel.model.rules import DropRule

LEAST_DEG = 0.5


class SideLimits:
    """One field a side, as somebody may be asked for more on one of them.

    Attributes
    ----------
    fields : their names and the fields
    """

    def __init__(self, rule: DropRule) -> None:
        self.left = degrees_field(rule.limit_deg("left"), LEAST_DEG)
        self.right = degrees_field(rule.limit_deg("right"), LEAST_DEG)
        self.fields: list[tuple[str, QDoubleSpinBox]] = [
            (tr("clinic.left_limit"), self.left),
            (tr("clinic.right_limit"), self.right),
        ]

    def put_into(self, rule: DropRule) -> DropRule:
        """The same rule with these limits."""
        left, right = self.left.value(), self.right.value()
        sides = (None, None) if left == right else (left, right)
        return rule.with_limits(max(left, right), *sides)


def limit_form(desk: Desk, one: Prescribed, parent: QWidget) -> Form:
    """New limits of both sides of what is prescribed, and why."""
    asked = one.prescription
    limits, reason = SideLimits(asked.rule), QLineEdit()

    def do() -> None:
        by = desk.by()
        new = limits.put_into(asked.rule)
        whose = (desk.client, asked.exercise, asked.stance)
        running = desk.running()
        now = running is not None and (running.client, running.exercise, running.stance) == whose
        with desk.changing() as store:
            if running is not None and now:
                change_live(store, running.live, *whose, new, reason.text(), by=by)
            else:
                change_limit(store, *whose, new, reason.text(), by=by)
        desk.changed.emit()
        if now:
            desk.said.emit(tr("clinic.from_now_on"))

    fields = [*limits.fields, (tr("clinic.head_why"), reason)]
    return Form(tr("clinic.change_limit"), fields, do, parent)
