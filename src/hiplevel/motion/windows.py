"""Windows of so many cells, one after the other, the same however the cells come; and sums over them."""

import numpy as np

from hiplevel.model.samples import Floats


class Windows:
    """Cells of a window that is not full are kept for the next call; begun: how many."""

    def __init__(self, series: int, cells: int) -> None:
        self._open = np.empty((series, cells))
        self.begun = 0

    def restart(self) -> None:
        """Begin a new window."""
        self.begun = 0

    def cut(self, rows: Floats) -> list[Floats]:
        """The windows that end in these cells (c, m), as parts (c, k, cells) in order; what is whole is not copied."""
        cells, begun, m = self._open.shape[1], self.begun, rows.shape[1]
        count, self.begun = divmod(begun + m, cells)
        if count == 0:
            self._open[:, begun : self.begun] = rows
            return []
        first, last = cells - begun, m - self.begun
        self._open[:, begun:] = rows[:, :first]
        parts = [self._open[:, None].copy()]
        if count > 1:
            parts.append(rows[:, first:last].reshape(len(rows), count - 1, cells))
        self._open[:, : self.begun] = rows[:, last:]
        return parts


# Over each window of (c, k, cells): (c, k). Along the last axis `einsum` adds in an order that depends on its length
# alone, and makes no array of the products.
def sums(windows: Floats) -> Floats:
    """Of the values."""
    return np.asarray(np.einsum("ckj->ck", windows))


def squares(windows: Floats) -> Floats:
    """Of their squares."""
    return np.asarray(np.einsum("ckj,ckj->ck", windows, windows))


def weighted(windows: Floats, weights: Floats) -> Floats:
    """Of the values times weights (cells,)."""
    return np.asarray(np.einsum("ckj,j->ck", windows, weights))
