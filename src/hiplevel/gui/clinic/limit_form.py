"""Changing a limit with a reason; while that client trains in this window, for the session that runs as well."""

from PySide6.QtWidgets import QLineEdit, QWidget

from hiplevel.clinic.live_limit import change_live
from hiplevel.clinic.prescribed import Prescribed
from hiplevel.clinic.prescribing import change_limit
from hiplevel.gui.clinic.desk import Desk
from hiplevel.gui.clinic.forms import Form
from hiplevel.gui.widgets.degrees import degrees_field
from hiplevel.gui.words import tr

LEAST_DEG = 0.5


def limit_form(desk: Desk, one: Prescribed, parent: QWidget) -> Form:
    """New limits of both sides of what is prescribed, and why."""
    asked = one.prescription
    left, right = (degrees_field(asked.rule.limit_deg(side), LEAST_DEG) for side in ("left", "right"))
    reason = QLineEdit()

    def do() -> None:
        by = desk.by()
        same = left.value() == right.value()
        new = asked.rule.with_limits(
            max(left.value(), right.value()), None if same else left.value(), None if same else right.value()
        )
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

    fields = [(tr("clinic.left_limit"), left), (tr("clinic.right_limit"), right), (tr("clinic.head_why"), reason)]
    return Form(tr("clinic.change_limit"), fields, do, parent)
