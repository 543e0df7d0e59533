"""EDF+ and BDF+ read back from the bytes, by the text of the format alone."""

import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Read:
    """Texts as in the header; values (m, n): physical; annotations: onset and duration in s, text.

    began_s: what the first record says it began after the start of the header.
    """

    patient: str
    recording: str
    start: str
    reserved: str
    labels: list[str]
    units: list[str]
    rate_hz: float
    values: NDArray[np.float64]
    began_s: float
    annotations: list[tuple[float, float, str]]


def read_edf(path: Path) -> Read:
    data = path.read_bytes()
    wide = 3 if data[0] == 255 else 2
    fixed = [data[a:b].decode("ascii").strip() for a, b in ((8, 88), (88, 168), (168, 184), (192, 236))]
    records, record_s, count = int(data[236:244]), float(data[244:252]), int(data[252:256])
    fields, at = [], 256
    for length in (16, 80, 8, 8, 8, 8, 8, 80, 8, 32):
        fields.append([data[at + n * length :][:length].decode("ascii").strip() for n in range(count)])
        at += count * length
    labels, per_record = fields[0], [int(text) for text in fields[8]]
    low, high, digital_low, digital_high = ([float(text) for text in field] for field in fields[3:7])
    channels: list[list[NDArray[np.float64]]] = [[] for _ in labels]
    notes: list[bytes] = []
    for _ in range(records):
        for n, (label, length) in enumerate(zip(labels, per_record, strict=True)):
            block = data[at : at + wide * length]
            at += len(block)
            if label.endswith("Annotations"):
                notes += block.split(b"\0")
                continue
            raw = np.frombuffer(block, np.uint8).reshape(length, wide).astype(np.int64)
            whole = sum(raw[:, k] << 8 * k for k in range(wide))
            whole = np.where(whole >= 1 << 8 * wide - 1, whole - (1 << 8 * wide), whole)
            gain = (high[n] - low[n]) / (digital_high[n] - digital_low[n])
            channels[n].append(low[n] + gain * (whole - digital_low[n]))
    assert at == len(data)
    told = [re.fullmatch(r"([+-][\d.]+)(?:\x15([\d.]+))?\x14(.*)\x14", note.decode("utf-8")) for note in notes if note]
    kept = [Decimal(one[1]) for one in told if one and not one[3]]
    # as EDFlib, to the last digit: a reader that checks continuity refuses a record that begins anywhere else
    assert kept == [kept[0] + n * Decimal(data[244:252].decode()) for n in range(records)]
    began = float(kept[0])
    return Read(
        *fixed,
        labels=[label for label in labels if not label.endswith("Annotations")],
        units=[unit for unit, label in zip(fields[2], labels, strict=True) if not label.endswith("Annotations")],
        rate_hz=per_record[0] / record_s,
        values=np.column_stack([np.concatenate(blocks) for blocks in channels if blocks]),
        began_s=began,
        annotations=[(float(one[1]) - began, float(one[2]), one[3]) for one in told if one and one[3]],
    )
