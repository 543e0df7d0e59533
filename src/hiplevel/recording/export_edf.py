"""A recording as EDF+ (16 bit) or BDF+ (24 bit): one fixed rate, annotations for what happened.

The format: Kemp & Olivan 2003, Clin Neurophysiol 114:1755 (EDF+); BDF+ is the same with three bytes a value.
"""

import math
from collections.abc import Iterator
from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from hiplevel.language.local_time import local_time
from hiplevel.recording.export_events import Happened, first_sample_ns, happened
from hiplevel.recording.exported import Exported, lacking
from hiplevel.recording.fixed_rate import TICKS, FixedRate, at_fixed_rate
from hiplevel.recording.reader import Recording
from hiplevel.recording.whole_file import whole_file

if TYPE_CHECKING:
    from edfio import EdfAnnotation

    from hiplevel.model.samples import Floats

CHANNELS = ("acc_x", "acc_y", "acc_z", "gyr_x", "gyr_y", "gyr_z")
LEVELS = {16: 32767, 24: 8388607}  # as many below zero, so that zero is zero


def export_edf(recording: Recording, out: Path, *, bits: int = 24, overwrite: bool = False) -> Exported:
    """Write six channels, m/s2 and rad/s in the sensor's frame, with repetitions, drops and holes as annotations.

    bits: 16 makes EDF+, 24 BDF+. A hole holds zeros and is annotated; so is what fills up the last second.

    Raises
    ------
    UsageError
        when edfio is not installed.
    InputError
        as `at_fixed_rate`.
    RecordingError
        EXISTS or DISK.
    """
    try:
        import edfio
    except ImportError as error:
        raise lacking("EDF+", "edfio", "edf") from error
    fixed = at_fixed_rate(recording.samples)
    padding = -len(fixed.values) % fixed.per_block
    values = np.vstack([fixed.values, np.zeros((padding, 6))])
    limits = np.repeat([_limit(fixed.values[:, :3]), _limit(fixed.values[:, 3:])], 3)
    units = np.repeat(["m/s2", "rad/s"], 3)
    kind: Any = edfio.BdfSignal if bits == 24 else edfio.EdfSignal
    file: Any = edfio.Bdf if bits == 24 else edfio.Edf
    signals = [
        kind(
            np.ascontiguousarray(column),
            fixed.rate_hz,
            label=name,
            transducer_type="inertial sensor on the pelvis, its own frame",
            physical_dimension=str(unit),
            physical_range=(-limit, limit),
            digital_range=(-LEVELS[bits], LEVELS[bits]),
        )
        for name, column, unit, limit in zip(CHANNELS, values.T, units, limits.tolist(), strict=True)
    ]
    with whole_file(out, overwrite=overwrite) as part:
        file(signals, **_header(recording, fixed), annotations=_annotations(recording, fixed, padding)).write(part)
    facts = _facts(fixed, padding, {"acc": float(limits[0]) / LEVELS[bits], "gyr": float(limits[3]) / LEVELS[bits]})
    return Exported(out, len(fixed.values), tuple(_notices(facts)), facts)


def _limit(values: "Floats") -> float:
    """The whole number above all values: the range of their channels."""
    return float(max(1, math.ceil(np.abs(values).max())))


def _header(recording: Recording, fixed: FixedRate) -> dict[str, Any]:
    import edfio

    info = recording.info
    began_ns = first_sample_ns(recording)
    late_s = fixed.start_s - float(recording.samples.time_s[0])
    began_s = round((began_ns * 1e-9 + late_s) * TICKS) / TICKS  # the packet that told it is far less exact
    began = local_time(began_s * 1e9, info.utc_offset_min) if began_ns else None
    return {
        "patient": edfio.Patient(code=_ascii(info.client, 60)),
        "recording": edfio.Recording(
            startdate=began.date() if began else None,
            equipment_code=_ascii(f"{info.sensor_name} {info.spec_id}", 40),
            additional=("SIMULATED",) if info.simulated else (),
        ),
        "starttime": began.time().replace(tzinfo=None) if began else time(),
        "data_record_duration": fixed.block_s,
    }


def _ascii(text: str, most: int) -> str:
    """As one subfield of the header can carry it."""
    return "_".join(text.encode("ascii", "ignore").decode().split())[:most] or "X"


def _annotations(recording: Recording, fixed: FixedRate, padding: int) -> "list[EdfAnnotation]":
    from edfio import EdfAnnotation

    told = [
        EdfAnnotation(round(max(one.start_s, 0.0), 6), round(one.end_s - one.start_s, 6), _words(one))
        for one in happened(recording, fixed.start_s)
        if one.kind != "gap"
    ]
    holes = [(start, end, "No samples: zeros") for start, end in fixed.holes_s]
    if padding:
        end_s = len(fixed.values) / fixed.rate_hz
        holes.append((end_s, end_s + padding / fixed.rate_hz, "Recording over: zeros"))
    return sorted(told + [EdfAnnotation(round(a, 6), round(b - a, 6), text) for a, b, text in holes])


def _words(one: Happened) -> str:
    side = f", {one.side}" if one.side in ("left", "right") else ""
    degrees = "" if one.value_deg is None else f", {one.value_deg:.1f} deg"
    match one.kind:
        case "set":
            return f"Set {one.set_number}"
        case "rep":
            warm_up = ", warm-up" if one.warm_up else ""
            return f"Repetition {one.rep_number} of set {one.set_number}{side}{degrees}{warm_up}"
        case "limit":
            return f"Limit{side}{degrees} from here on"
        case "bad":
            return "Not to be trusted"
        case _:
            return f"{one.kind.capitalize()}{side}{degrees}"


def _facts(fixed: FixedRate, padding: int, steps: dict[str, float]) -> dict[str, float]:
    return {
        "rate_hz": fixed.rate_hz,
        "stray_s": fixed.stray_s,
        "holes": len(fixed.holes_s),
        "missing_s": sum(end - start for start, end in fixed.holes_s),
        "bridged_values": fixed.bridged,
        "padding_s": padding / fixed.rate_hz,
        "acc_error_m_s2": steps["acc"] / 2.0,
        "gyr_error_rad_s": steps["gyr"] / 2.0,
    }


def _notices(facts: dict[str, float]) -> Iterator[str]:
    yield (
        f"One fixed rate of {facts['rate_hz']:.6g} Hz: the samples' own times were up to "
        f"{facts['stray_s'] * 1e3:.3g} ms off it, and values between samples are on a straight line."
    )
    yield (
        f"Rounded to {facts['acc_error_m_s2']:.2g} m/s2 and {facts['gyr_error_rad_s']:.2g} rad/s at most by the number "
        "of bits."
    )
    if facts["holes"]:
        where = f"{facts['holes']:.0f} stretch{'' if facts['holes'] == 1 else 'es'}"
        yield f"{facts['missing_s']:.2f} s without samples ({where}) hold zeros and are annotated."
    if facts["bridged_values"]:
        yield f"{facts['bridged_values']:.0f} values stand for samples lost in holes of up to 0.2 s."
