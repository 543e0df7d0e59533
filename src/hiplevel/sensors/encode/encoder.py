"""The inverse of the decoder: physical samples to the notifications that the sensor would send."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from hiplevel.model.errors import InputError, Reason, UsageError
from hiplevel.model.samples import Floats
from hiplevel.sensors.decode.frame import KINDS
from hiplevel.sensors.encode.frame import FrameWriter, Start
from hiplevel.sensors.spec.packet import Frame, SampleBlock
from hiplevel.sensors.spec.scale import Value
from hiplevel.sensors.spec.sensor import Spec

Notification = tuple[str, bytes]


class Encoder:
    """Samples in, notifications out; samples short of a whole packet wait for the next call.

    Parameters
    ----------
    max_payload : longest notification, bytes (ATT MTU - 3); longer packets are sent in parts where the spec can join
    first_counter, first_tick : where counter and clock stand at sample 0

    Raises
    ------
    UsageError
        with reason USAGE when a packet does not fit `max_payload`.
    """

    def __init__(
        self,
        spec: Spec,
        settings: Mapping[str, Value] | None = None,
        *,
        max_payload: int | None = None,
        first_counter: int = 0,
        first_tick: int = 0,
    ) -> None:
        self.spec = spec
        self.settings = spec.settings(settings)
        start = Start(first_counter, first_tick)
        self._writers = [FrameWriter(spec, frame, self.settings, start) for frame in _frames_to_send(spec)]
        self.batch = batch_size(spec, self._writers[0].block, self.settings)
        self._packets = 0
        self._acc, self._gyr = np.zeros((0, 3)), np.zeros((0, 3))
        self._index = 0
        self._max_payload = max_payload
        size = max(writer.size(self.batch) for writer in self._writers)
        if max_payload is not None and size > max_payload and any(w.frame.join is None for w in self._writers):
            raise UsageError(
                f"{spec.id} sends {size} bytes at once; the link carries {max_payload}.", Reason.USAGE, "Send fewer."
            )

    def encode(self, acc_m_s2: ArrayLike, gyr_rad_s: ArrayLike, first_index: int | None = None) -> list[Notification]:
        """Notifications of all whole packets: (n, 3) m/s2, (n, 3) rad/s; sample i is measured at i / rate.

        first_index is the number of the first sample; a jump in it is a gap in the sensor's time, before which what
        waited is sent as a short packet or forgotten. Values are rounded to the wire's scale and kept within full
        scale.
        """
        acc, gyr = _rows(acc_m_s2), _rows(gyr_rad_s)
        if acc.shape != gyr.shape:
            raise InputError(f"acc has {len(acc)} samples and gyr {len(gyr)}.", Reason.SHAPE)
        sent: list[Notification] = []
        if first_index is not None and first_index != self._index + len(self._acc):
            sent = self.flush()
            self._index = first_index
        self._acc, self._gyr = np.concatenate([self._acc, acc]), np.concatenate([self._gyr, gyr])
        whole = len(self._acc) // self.batch
        return sent + self._send(whole, self.batch)

    def flush(self) -> list[Notification]:
        """What waits as one short packet, where the format allows it; it is forgotten otherwise."""
        n = len(self._acc)
        short = n > 0 and all(not isinstance(writer.block.count, int) for writer in self._writers)
        sent = self._send(1, n) if short else []
        self._index += len(self._acc)
        self._acc, self._gyr = self._acc[:0], self._gyr[:0]
        return sent

    def _send(self, packets: int, n: int) -> list[Notification]:
        if packets == 0:
            return []
        used = packets * n
        acc, gyr = (values[:used].reshape(packets, n, 3) for values in (self._acc, self._gyr))
        index = self._index + np.arange(packets, dtype=np.int64) * n
        number = self._packets + np.arange(packets, dtype=np.int64)
        sent: list[list[Notification]] = [[] for _ in range(packets)]
        for writer in self._writers:
            for place, parts in enumerate(writer.write(acc, gyr, index, number, self._max_payload)):
                sent[place] += [(writer.frame.on, part) for part in parts]
        self._acc, self._gyr = self._acc[used:], self._gyr[used:]
        self._index += used
        self._packets += packets
        return [notification for group in sent for notification in group]


def batch_size(spec: Spec, block: SampleBlock, settings: Mapping[str, Value]) -> int:
    """Samples a packet usually carries with these settings."""
    if isinstance(block.batch, int):
        return block.batch
    name, _, code = block.batch.partition(".")
    return spec.vars[name].code_of(settings[name]) if code else int(settings[name])


def _frames_to_send(spec: Spec) -> list[Frame]:
    """For acc and for gyr the first frame that carries it."""
    found: list[Frame] = []
    for kind in KINDS:
        carriers = [frame for frame in spec.frames if frame.samples and frame.samples.has(kind)]
        if carriers and not any(frame.samples and frame.samples.has(kind) for frame in found):
            found.append(carriers[0])
    return found


def _rows(values: ArrayLike) -> Floats:
    rows = np.asarray(values, dtype=np.float64)
    if rows.size and (rows.ndim != 2 or rows.shape[1] != 3):
        raise InputError(f"Samples must have the shape (n, 3), not {rows.shape}.", Reason.SHAPE)
    return rows.reshape(-1, 3)
