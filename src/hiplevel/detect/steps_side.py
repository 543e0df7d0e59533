"""Which foot: what each contact says by itself, and that feet take turns."""

import math

# More than this no single contact is worth.
_MOST = 6.0
# Beyond this tanh is 1 to the last bit, and its inverse infinite.
_CERTAIN = 0.999999


class SideBelief:
    """Log-odds of left, contact by contact: a hidden Markov chain of two states that usually alternates."""

    def __init__(self, alternate: float) -> None:
        self._keep = 1.0 - 2.0 * alternate
        self.log_odds = 0.0

    def restart(self) -> None:
        """Forget the contacts before."""
        self.log_odds = 0.0

    def add(self, evidence: float) -> float:
        """Log-odds of left for the next contact, given all so far."""
        self.log_odds = _bounded(evidence) + self._turned(self.log_odds)
        return self.log_odds

    def add_together(self, evidence: list[float]) -> list[float]:
        """Log-odds of left for the first contacts of a bout, each given all of them."""
        forward = [self.add(one) for one in evidence]
        out, later = list[float](), 0.0
        for log_odds, one in zip(reversed(forward), reversed(evidence), strict=True):
            out.append(log_odds + later)
            later = self._turned(_bounded(one) + later)
        return out[::-1]

    def _turned(self, log_odds: float) -> float:
        """What one contact says about the next, or the next about it."""
        share = self._keep * math.tanh(0.5 * log_odds)
        return 2.0 * math.atanh(max(-_CERTAIN, min(_CERTAIN, share)))


def _bounded(evidence: float) -> float:
    return max(-_MOST, min(_MOST, evidence))
