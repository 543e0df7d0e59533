"""The views of a session: one that fails is put away, and the session goes on."""

from collections.abc import Callable, Iterable, Sequence

from hiplevel.model.events import Event
from hiplevel.pipeline import MotionOutput
from hiplevel.session.view import Health, View


class Views:
    """Told in order; what each of these returns are sentences about views that failed just now."""

    def __init__(self, views: Iterable[View] = ()) -> None:
        self._views = list(views)

    def add(self, view: View) -> None:
        """One more."""
        self._views.append(view)

    def events(self, events: Sequence[Event]) -> list[str]:
        """These have just become certain."""
        return self._tell(lambda view: view.on_events(events))

    def motion(self, motion: MotionOutput) -> list[str]:
        """These angles have just become known."""
        return self._tell(lambda view: view.on_motion(motion))

    def health(self, health: Health) -> list[str]:
        """How the data comes in."""
        return self._tell(lambda view: view.on_health(health))

    def _tell(self, tell: Callable[[View], None]) -> list[str]:
        failed = list[str]()
        for view in tuple(self._views):
            try:
                tell(view)
            except BrokenPipeError:  # whoever read the output has gone, which ends a command
                raise
            except Exception as error:  # a view may be anybody's: whatever goes wrong in it must not cost the recording
                self._views.remove(view)
                failed.append(
                    f"{type(view).__name__} shows nothing any more ({type(error).__name__}: {error}). "
                    "Counting and recording go on."
                )
        return failed
