"""How the clip sits, learned on the way: a few seconds of standing still, then three slow hinges at the hips."""

from collections.abc import Callable

from hiplevel.model.calibration import Calibration
from hiplevel.model.samples import Samples
from hiplevel.sensors.stream import SensorStream
from hiplevel.session.ble_source import BleSource
from hiplevel.session.source import notifications_of

STILL_S, HINGES_S = 4.0, 18.0


def learn_mounting(source: BleSource, told: Callable[[float], None], stopped: Callable[[], bool]) -> Calibration | None:
    """Listen to a connected sensor for STILL_S + HINGES_S; told: how far it is, s. None when it was stopped.

    What comes in meanwhile is not recorded: the session begins after it.

    Raises
    ------
    InputError
        CALIBRATION when no frame can be had at all, with what to do better.
    """
    stream = SensorStream(source.spec, **source.settings)
    parts: list[Samples] = []
    for item in source.items():
        if stopped():
            return None
        came = [stream.feed(one.characteristic, one.payload, one.arrival_ns) for one in notifications_of(item)]
        parts += [samples for samples in came if len(samples)]
        if not parts:
            continue
        done_s = float(parts[-1].time_s[-1] - parts[0].time_s[0])
        told(done_s)
        if done_s >= STILL_S + HINGES_S:
            break
    if not parts:
        return None
    return Calibration.from_recording_part(parts[0].joined(*parts[1:]))
