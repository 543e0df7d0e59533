"""Simulated samples written as the apps of sensors write theirs, in their genuine layouts."""

import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from hiplevel.model.samples import Floats, Samples

START_MS = 1_795_000_000_000
G, DEG = 9.80665, 180.0 / np.pi

DOT_PREAMBLE = """sep=,
DeviceTag:,Pelvis
FirmwareVersion:,2.4.0
AppVersion:,2023.6.0
SyncStatus:,Unsynced
OutputRate:,{rate:g}Hz
FilterProfile:,General
Measurement Mode:,Rate Quantities (with mag)
StartTime:,2026-11-20_10-51-15-834
© Movella Technologies B. V. 2005-2023

"""


def dot(samples: Samples, *, first_us: int = 1_000_000, first_packet: int = 0) -> str:
    """A table of the Movella DOT app: microseconds in 32 bits, a packet counter in 16, and a comma behind each row."""
    lines = ["PacketCounter,SampleTimeFine,Acc_X,Acc_Y,Acc_Z,Gyr_X,Gyr_Y,Gyr_Z,Mag_X,Mag_Y,Mag_Z,"]
    stamps = first_us + np.round(samples.time_s * 1e6).astype(np.int64)
    packets = first_packet + np.round(samples.time_s / np.median(np.diff(samples.time_s))).astype(np.int64)
    rows = np.column_stack([samples.acc_m_s2, samples.gyr_rad_s * DEG])
    for packet, stamp, row in zip(packets % 65536, stamps % (1 << 32), rows.tolist(), strict=True):
        lines.append(f"{packet},{stamp}," + ",".join(f"{value:.9f}" for value in row) + ",0.1,0.2,0.3,")
    return DOT_PREAMBLE.format(rate=1.0 / np.median(np.diff(samples.time_s))) + "\n".join(lines) + "\n"


MT_PREAMBLE = """// Start Time: Unknown
// Update Rate: {rate:.1f}Hz
// Filter Profile: human (46.1)
// Option Flags: AHS Disabled ICC Disabled
// Firmware Version: 4.0.2
"""


def mt_manager(samples: Samples, *, first_packet: int = 0, fine: bool = False, tail: str = "") -> str:
    """A table of Xsens' MT Manager: a packet counter in 16 bits, rad/s, and mostly no `SampleTimeFine` (0.1 ms).

    tail: stands behind every row, not behind the header.
    """
    rate_hz = 1.0 / float(np.median(np.diff(samples.time_s)))
    lines = ["PacketCounter\tSampleTimeFine\tYear\tAcc_X\tAcc_Y\tAcc_Z\tGyr_X\tGyr_Y\tGyr_Z\tMat[1][1]"]
    for time_s, acc, gyr in zip(samples.time_s, samples.acc_m_s2.tolist(), samples.gyr_rad_s.tolist(), strict=True):
        packet = (first_packet + round(time_s * rate_hz)) % 65536
        stamp = str(round(time_s * 1e4)) if fine else ""
        lines.append(f"{packet:05d}\t{stamp}\t\t" + "\t".join(f"{v:.9f}" for v in [*acc, *gyr, 1.0]) + tail)
    return MT_PREAMBLE.format(rate=rate_hz) + "\n".join(lines) + "\n"


def metabase(folder: Path, samples: Samples, *, acc_every: int = 1, streamed: bool = False) -> tuple[Path, Path]:
    """The two files of MetaMotion's app, to the millisecond as it writes them.

    Streamed, the accelerometer's come three in a packet and the gyroscope's two, stamped up to 30 ms late.
    """
    paths = []
    for name, unit, values, every, packed in (
        ("Accelerometer", "g", samples.acc_m_s2 / G, acc_every, 3),
        ("Gyroscope", "deg/s", samples.gyr_rad_s * DEG, 1, 2),
    ):
        times_s = samples.time_s[::every]
        if streamed:
            came = times_s[packed - 1 :: packed]
            late = np.random.default_rng(packed).uniform(0.0, 0.03, came.size)
            times_s = np.repeat(np.maximum.accumulate(came + late), packed)
        lines = ["epoc (ms),timestamp (-0700),elapsed (s)," + ",".join(f"{axis}-axis ({unit})" for axis in "xyz")]
        for time_s, row in zip(times_s, values[::every].tolist(), strict=False):
            epoch_ms = START_MS + round(time_s * 1e3)
            clock = str(np.datetime64(epoch_ms, "ms"))
            lines.append(f"{epoch_ms},{clock},{time_s:.3f}," + ",".join(f"{value:.9f}" for value in row))
        path = folder / f"MetaWear_2026-11-20T10.51.15.834_F0F1F2F3F4F5_{name}.csv"
        path.write_text("\n".join(lines) + "\n")
        paths.append(path)
    return paths[0], paths[1]


def phone_table(time_s: Floats, values: Floats) -> str:
    """A table of Sensor Logger: the axes run backwards."""
    lines = ["time,seconds_elapsed,z,y,x"]
    for at, (x, y, z) in zip(time_s, values.tolist(), strict=True):
        lines.append(f"{START_MS * 1_000_000 + round(at * 1e9)},{at:.6f},{z:.9f},{y:.9f},{x:.9f}")
    return "\n".join(lines) + "\n"


def phone(folder: Path, samples: Samples, *, platform: str = "android", standard: bool = False) -> Path:
    """A session of Sensor Logger: on an iPhone raw acceleration is in g and points the other way."""
    folder.mkdir()
    apple = platform == "ios" and not standard
    total = samples.acc_m_s2 * (-1.0 / G if apple else 1.0)
    name = "AccelerometerUncalibrated" if platform == "ios" else "TotalAcceleration"
    up = np.mean(samples.acc_m_s2, axis=0)
    (folder / f"{name}.csv").write_text(phone_table(samples.time_s, total))
    (folder / "Accelerometer.csv").write_text(phone_table(samples.time_s, samples.acc_m_s2 - up))
    (folder / "Gyroscope.csv").write_text(phone_table(samples.time_s, samples.gyr_rad_s))
    (folder / "Magnetometer.csv").write_text(phone_table(samples.time_s, samples.acc_m_s2 * 4.0))
    (folder / "Metadata.csv").write_text(
        "version,device name,recording epoch time,recording time,recording timezone,platform,appVersion,device id,"
        "sensors,sampleRateMs,standardisation,platform version\n"
        f"3,Phone,{START_MS},2026-11-20_10-51-15,Europe/Berlin,{platform},1.64,x,"
        f"Accelerometer|Gyroscope|Magnetometer,10|10|10,{str(standard).lower()},36\n"
    )
    return folder


def add_gravity(folder: Path, samples: Samples, sign: float) -> None:
    """What an iPhone makes of its accelerometer: gravity, and the acceleration without it, at the same moments."""
    up = np.mean(samples.acc_m_s2, axis=0)
    (folder / "Gravity.csv").write_text(phone_table(samples.time_s, sign * np.tile(up, (len(samples), 1))))
    (folder / "Accelerometer.csv").write_text(phone_table(samples.time_s, sign * (samples.acc_m_s2 - up)))


def zipped(folder: Path) -> Path:
    """The folder as the archive that the app exports."""
    path = folder.with_suffix(".zip")
    with zipfile.ZipFile(path, "w") as archive:
        for file in folder.iterdir():
            archive.write(file, file.name)
    return path


def xdf_stream(name: str, kind: str, labels: Sequence[str], units: Sequence[str], rate_hz: float) -> str:
    """The head of a stream as LabRecorder writes it."""
    channels = "".join(
        f"<channel><label>{label}</label><unit>{unit}</unit></channel>"
        for label, unit in zip(labels, units, strict=True)
    )
    return (
        f"<?xml version='1.0'?><info><name>{name}</name><type>{kind}</type><channel_count>{len(labels)}</channel_count>"
        f"<nominal_srate>{rate_hz}</nominal_srate><channel_format>double64</channel_format>"
        f"<desc><channels>{channels}</channels></desc></info>"
    )


def xdf(path: Path, streams: Sequence[tuple[str, Floats, Floats]]) -> Path:
    """An XDF 1.0 file of streams: head, stamps (n,) s, values (n, channels)."""
    head = "<?xml version='1.0'?><info><version>1.0</version><datetime>2026-11-20T10:51:15+0100</datetime></info>"
    parts = [b"XDF:", _chunk(1, head.encode())]
    for number, (info, time_s, values) in enumerate(streams, 1):
        stream = struct.pack("<I", number)
        rows = b"".join(struct.pack("<Bd", 8, at) + row.tobytes() for at, row in zip(time_s, values, strict=True))
        parts.append(_chunk(2, stream + info.encode()))
        parts.append(_chunk(3, stream + struct.pack("<BI", 4, len(time_s)) + rows))
        parts.append(_chunk(6, stream + b"<?xml version='1.0'?><info><sample_count>1</sample_count></info>"))
    path.write_bytes(b"".join(parts))
    return path


def _chunk(tag: int, content: bytes) -> bytes:
    return struct.pack("<BIH", 4, len(content) + 2, tag) + content
