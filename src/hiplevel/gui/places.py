"""The places of the window, one line each; the clinician's side puts its own in here."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from hiplevel.gui.home import Home
from hiplevel.gui.live.place import LivePlace
from hiplevel.gui.replay.place import ReplayPlace


@dataclass(frozen=True)
class Place:
    """id: its shortcut and words (`app.<id>`); symbol: beside its name; make: called when it is first shown."""

    id: str
    symbol: str
    make: Callable[[Home], QWidget]


def _live(window: Home) -> QWidget:
    sound = window.sound
    live = LivePlace(
        window.theme,
        window.settings,
        make_source=window.make_source,
        cues=sound.cues,
        tempo=sound.tempo,
        folder=window.folder,
    )
    live.look_back.connect(lambda path: window.open_files([path]))
    sound.problem.connect(live.notice)
    return live


def _replay(window: Home) -> QWidget:
    return ReplayPlace(window.theme, window.settings, folder=window.folder)


def _clinic(window: Home) -> QWidget:
    from hiplevel.gui.clinic.desk import Running  # here: who only trains needs none of it
    from hiplevel.gui.clinic.place import ClinicPlace

    def running() -> Running | None:
        run = window.live.run if window.busy else None
        if run is None or run.session is None:
            return None
        return Running(run.plan.client, run.plan.exercise_id, run.plan.stance, run.session)

    clinic = ClinicPlace(window.theme, running=running, forget=window.settings.forget)
    clinic.course.look_back.connect(lambda path: window.open_files([path]))
    return clinic


PLACES: tuple[Place, ...] = (
    Place("live", "●", _live),
    Place("replay", "▶", _replay),
    Place("clinic", "✚", _clinic),
)
