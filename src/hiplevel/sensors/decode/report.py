"""One packet, or a few, decoded for people: what `hiplevel sensors decode` prints."""

import math
import re
from collections.abc import Sequence
from typing import Any

from hiplevel.model.errors import InputError, Reason, UsageError
from hiplevel.sensors.decode.decoder import Decoder
from hiplevel.sensors.decode.types import NO_FRAME, Decoded
from hiplevel.sensors.spec.scale import Value
from hiplevel.sensors.spec.sensor import Spec


def decode_report(
    spec: Spec, payload_hex: str | Sequence[str], characteristic: str | None = None, **settings: Value
) -> dict[str, Any]:
    """What the notifications carry, ready for JSON; what they do not carry is left out.

    Parameters
    ----------
    payload_hex : one notification, or several in order (a joined packet, a byte stream); blanks, colons and 0x are fine
    characteristic : alias or UUID; None takes the one of which a frame fits

    Returns
    -------
    acc_m_s2, gyr_rad_s (n rows of x, y, z; None where not a number), time_ns (the sensor's own clock), counter, lost,
    battery_percent, clipped (only when some are), characteristic, errors (reason and sentence each)

    Raises
    ------
    UsageError
        USAGE for what is not hex, or a characteristic the spec does not have.
    InputError
        SHAPE when no frame of the spec fits.
    """
    texts = [payload_hex] if isinstance(payload_hex, str) else list(payload_hex)
    payloads = [_bytes(text) for text in texts]
    alias = _alias(spec, characteristic) if characteristic else None
    candidates = [alias] if alias else list(dict.fromkeys(frame.on for frame in spec.frames))
    decoded, chosen = _best(spec, candidates, payloads, settings)
    if (
        not len(decoded)
        and decoded.battery_percent is None
        and (decoded.errors or not _expected(spec, chosen, payloads))
    ):
        why = " ".join(error.sentence for error in decoded.errors) or "The packet is not complete."
        raise InputError(f"{spec.id} gives no samples for these bytes on {chosen}. {why}", Reason.SHAPE)
    return _report(decoded, chosen)


def _best(spec: Spec, candidates: list[str], payloads: list[bytes], settings: dict[str, Value]) -> tuple[Decoded, str]:
    """The first characteristic that gives something, else the one with the most telling complaint."""
    results = []
    for alias in candidates:
        decoded = Decoder(spec, settings).feed_many([alias] * len(payloads), payloads)
        worth = (
            len(decoded) > 0,
            decoded.battery_percent is not None,
            all(e.reason != NO_FRAME for e in decoded.errors),
        )
        results.append((worth, decoded, alias))
    _, decoded, alias = max(results, key=lambda result: result[0])
    return decoded, alias


def _expected(spec: Spec, alias: str, payloads: list[bytes]) -> bool:
    """Whether the spec knows these packets as such that carry no samples: answers to commands."""
    frames = [frame for frame in spec.frames if frame.on == alias and frame.skip]
    return bool(payloads) and all(
        any(all(when.holds(payload) for when in frame.when) for frame in frames) for payload in payloads
    )


def _report(decoded: Decoded, alias: str) -> dict[str, Any]:
    report: dict[str, Any] = {}
    if len(decoded):
        for name, values in (("acc_m_s2", decoded.acc_m_s2), ("gyr_rad_s", decoded.gyr_rad_s)):
            if values is not None:
                report[name] = [[v if math.isfinite(v) else None for v in row] for row in values.tolist()]
        if decoded.time_ns is not None:
            report["time_ns"] = decoded.time_ns.tolist()
        if decoded.counter is not None:
            report["counter"] = decoded.counter
        if decoded.lost is not None:
            report["lost"] = decoded.lost
        if decoded.clipped.any():
            report["clipped"] = decoded.clipped.tolist()
    if decoded.battery_percent is not None:
        report["battery_percent"] = decoded.battery_percent
    report["characteristic"] = alias
    report["errors"] = [{"reason": error.reason, "sentence": error.sentence} for error in decoded.errors]
    return report


def _bytes(text: str) -> bytes:
    digits = re.sub(r"0[xX]|[\s:,_-]", "", text)
    try:
        payload = bytes.fromhex(digits)
    except ValueError:
        raise UsageError(
            f"{text!r} is not hex.", Reason.USAGE, "Write two digits a byte, like 01 00 2a; blanks are fine."
        ) from None
    if not payload:
        raise UsageError("There are no bytes to decode.", Reason.USAGE, "Write two hex digits a byte.")
    return payload


def _alias(spec: Spec, characteristic: str) -> str:
    alias = spec.alias(characteristic)
    if alias is None:
        raise UsageError(
            f"{spec.id} has no characteristic {characteristic!r}.", Reason.USAGE, f"There are: {', '.join(spec.chars)}."
        )
    return alias
