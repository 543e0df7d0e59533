"""The clock of the state machines: beats of 0.25 s, and whether the body was at rest in each."""

from dataclasses import dataclass

import numpy as np

from hiplevel.model.samples import Floats
from hiplevel.motion.chain import MotionBlock
from hiplevel.motion.stillness import BEAT_CELLS


@dataclass(frozen=True)
class RestParams:
    """Standing quietly sways below both; a slow repetition exceeds one of them."""

    rate_rms_rad_s: float = 0.08
    acc_rms_m_s2: float = 0.35


class Rest:
    """Judges beats; cells of an unfinished beat are carried over."""

    def __init__(self, params: RestParams | None = None) -> None:
        self.params = params or RestParams()
        self._carried = np.empty((0, 2))

    def restart(self) -> None:
        """Begin a new stretch."""
        self._carried = np.empty((0, 2))

    def process(self, block: MotionBlock) -> dict[int, bool]:
        """For each row of the block that ends a beat, whether the beat was rest."""
        energy = np.column_stack([_squares(block.rate_rad_s), _squares(block.acc_m_s2)])
        energy = np.concatenate([self._carried, energy])
        offset, k = len(self._carried), len(energy) // BEAT_CELLS
        self._carried = energy[k * BEAT_CELLS :]
        if k == 0:
            return {}
        mean = np.cumsum(energy[: k * BEAT_CELLS].reshape(k, BEAT_CELLS, 2), axis=1)[:, -1] / BEAT_CELLS
        rest = (mean[:, 0] < self.params.rate_rms_rad_s**2) & (mean[:, 1] < self.params.acc_rms_m_s2**2)
        rows = np.arange(1, k + 1) * BEAT_CELLS - 1 - offset
        return dict(zip(rows.tolist(), rest.tolist(), strict=True))


def _squares(v: Floats) -> Floats:
    c = np.ascontiguousarray(v.T)
    return np.asarray(c[0] * c[0] + c[1] * c[1] + c[2] * c[2])
