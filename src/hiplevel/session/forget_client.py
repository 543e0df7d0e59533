"""What this computer remembers of a client outside the clinic's store, and forgetting it."""

from hiplevel.recording.calibrations import Calibrations
from hiplevel.session.remembered_sensors import forget


def forget_client(code: str) -> int:
    """The sensor used last, and calibrations; how many things that were. Raises as `Calibrations.forget` does."""
    return int(forget(code)) + Calibrations().forget(code)
