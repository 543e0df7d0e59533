"""hiplevel: repetitions and pelvic drops from one sensor clipped to the pelvis, live and in replay."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from hiplevel.version import __version__

if TYPE_CHECKING:
    from hiplevel.detect.corrections import corrected
    from hiplevel.detect.session_summary import session_summary
    from hiplevel.exercises import list_exercises, load_exercise
    from hiplevel.model.calibration import Calibration
    from hiplevel.model.edits import BadSpan, Correction
    from hiplevel.model.errors import (
        ClinicError,
        HiplevelError,
        InputError,
        LinkError,
        Reason,
        RecordingError,
        SpecError,
        UsageError,
    )
    from hiplevel.model.events import (
        Clipped,
        Compensation,
        CompensationStarted,
        Drop,
        DropStarted,
        DropUpdated,
        DropWarned,
        Event,
        Gap,
        Hold,
        HoldBroken,
        HoldStarted,
        HoldUpdated,
        LinkLost,
        LinkRestored,
        Mark,
        Note,
        Pass,
        Rep,
        RepRevised,
        RepTurned,
        Rezero,
        SetArmed,
        SetDisarmed,
        SetEnded,
        SetStarted,
        Step,
        StepDrop,
        UsualDrop,
    )
    from hiplevel.model.exercise import Exercise
    from hiplevel.model.hip_check import HipCheck, check_left_hip
    from hiplevel.model.prescription import Prescription
    from hiplevel.model.rules import DropRule
    from hiplevel.model.samples import Samples
    from hiplevel.model.targets import RestStarted, TargetReached
    from hiplevel.model.tempo import Tempo
    from hiplevel.motion.merge import Merger
    from hiplevel.pipeline import Analysis, Pipeline, analyze
    from hiplevel.recording.reader import Recording, open_recording
    from hiplevel.sensors.spec import Spec, load_spec

_HOMES = {
    "hiplevel.detect.corrections": ("corrected",),
    "hiplevel.detect.session_summary": ("session_summary",),
    "hiplevel.exercises": ("list_exercises", "load_exercise"),
    "hiplevel.model.calibration": ("Calibration",),
    "hiplevel.model.edits": ("BadSpan", "Correction"),
    "hiplevel.model.errors": (
        "ClinicError",
        "HiplevelError",
        "InputError",
        "LinkError",
        "Reason",
        "RecordingError",
        "SpecError",
        "UsageError",
    ),
    "hiplevel.model.events": (
        "Clipped",
        "Compensation",
        "CompensationStarted",
        "Drop",
        "DropStarted",
        "DropUpdated",
        "DropWarned",
        "Event",
        "Gap",
        "Hold",
        "HoldBroken",
        "HoldStarted",
        "HoldUpdated",
        "LinkLost",
        "LinkRestored",
        "Mark",
        "Note",
        "Pass",
        "Rep",
        "RepRevised",
        "RepTurned",
        "Rezero",
        "SetArmed",
        "SetDisarmed",
        "SetEnded",
        "SetStarted",
        "Step",
        "StepDrop",
        "UsualDrop",
    ),
    "hiplevel.model.exercise": ("Exercise",),
    "hiplevel.model.hip_check": ("HipCheck", "check_left_hip"),
    "hiplevel.model.prescription": ("Prescription",),
    "hiplevel.model.rules": ("DropRule",),
    "hiplevel.model.samples": ("Samples",),
    "hiplevel.model.targets": ("RestStarted", "TargetReached"),
    "hiplevel.model.tempo": ("Tempo",),
    "hiplevel.motion.merge": ("Merger",),
    "hiplevel.pipeline": ("Analysis", "Pipeline", "analyze"),
    "hiplevel.recording.reader": ("Recording", "open_recording"),
    "hiplevel.sensors.spec": ("Spec", "load_spec"),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Analysis",
    "BadSpan",
    "Calibration",
    "ClinicError",
    "Clipped",
    "Compensation",
    "CompensationStarted",
    "Correction",
    "Drop",
    "DropRule",
    "DropStarted",
    "DropUpdated",
    "DropWarned",
    "Event",
    "Exercise",
    "Gap",
    "HipCheck",
    "HiplevelError",
    "Hold",
    "HoldBroken",
    "HoldStarted",
    "HoldUpdated",
    "InputError",
    "LinkError",
    "LinkLost",
    "LinkRestored",
    "Mark",
    "Merger",
    "Note",
    "Pass",
    "Pipeline",
    "Prescription",
    "Reason",
    "Recording",
    "RecordingError",
    "Rep",
    "RepRevised",
    "RepTurned",
    "RestStarted",
    "Rezero",
    "Samples",
    "SetArmed",
    "SetDisarmed",
    "SetEnded",
    "SetStarted",
    "Spec",
    "SpecError",
    "Step",
    "StepDrop",
    "TargetReached",
    "Tempo",
    "UsageError",
    "UsualDrop",
    "__version__",
    "analyze",
    "check_left_hip",
    "corrected",
    "list_exercises",
    "load_exercise",
    "load_spec",
    "open_recording",
    "session_summary",
]


def __getattr__(name: str) -> Any:
    """Load a public name's module when it is first used: importing hiplevel stays fast."""
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module 'hiplevel' has no attribute {name!r}")
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
