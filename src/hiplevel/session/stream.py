"""What turns a session's notifications into samples; an imported file has samples and no notifications."""

from collections.abc import Sequence
from typing import Protocol

from hiplevel.model.samples import Samples
from hiplevel.sensors.stream import LinkHealth


class Stream(Protocol):
    """What a session needs of `sensors.stream.SensorStream`."""

    @property
    def health(self) -> LinkHealth:
        """How good the link was so far."""

    def feed(self, characteristic: str, payload: bytes, arrival_ns: int) -> Samples:
        """The samples of one notification, dated; may be empty."""

    def feed_many(
        self, characteristics: Sequence[str], payloads: Sequence[bytes], arrival_ns: Sequence[int]
    ) -> Samples:
        """The samples of many notifications in order: what `feed` gives one by one, joined."""

    def finish(self) -> Samples:
        """What was held back."""


class NoLink:
    """The stream of a session that was never on the air: its source gives samples."""

    health = LinkHealth(lost=None)

    def feed(self, characteristic: str, payload: bytes, arrival_ns: int) -> Samples:  # noqa: ARG002 - there is no spec
        """Nothing: there is no spec to decode with."""
        return Samples.empty()

    def feed_many(
        self,
        characteristics: Sequence[str],  # noqa: ARG002 - there is no spec
        payloads: Sequence[bytes],  # noqa: ARG002
        arrival_ns: Sequence[int],  # noqa: ARG002
    ) -> Samples:
        """Nothing."""
        return Samples.empty()

    def finish(self) -> Samples:
        """Nothing."""
        return Samples.empty()
