"""What is not there: samples, or the link that brings them."""

from dataclasses import dataclass

from hiplevel.model.known import Known


@dataclass(frozen=True)
class Gap(Known):
    """No usable samples in [start_s, end_s): nothing was counted there. reason: 'missing', 'paused' or
    'not-finite'."""

    start_s: float
    end_s: float
    reason: str = "missing"


@dataclass(frozen=True)
class LinkLost(Known):
    """The Bluetooth link broke at `time_s`; or, with the reason 'stalled', it stands and nothing comes over it."""

    time_s: float
    reason: str = "lost"


@dataclass(frozen=True)
class LinkRestored(Known):
    """The link is back at `time_s`, after `gap_s` seconds."""

    time_s: float
    gap_s: float
