"""Bluetooth, sound and the window, as `hiplevel doctor` looks at them."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from hiplevel.cli.common import count
from hiplevel.cli.doctor.check import Check, ok
from hiplevel.model.errors import HiplevelError

LISTEN_S = 3.0
QT_S = 30.0
LIBRARY = "Install PortAudio; on Debian: sudo apt-get install libportaudio2"
WITHOUT = "Without Bluetooth hiplevel demo, replay, analyze and report work."
QT = "import PySide6, PySide6.QtGui, PySide6.QtWidgets, pyqtgraph; print(PySide6.__version__, pyqtgraph.__version__)"


def bluetooth() -> Iterator[Check]:
    """Whether there is an adapter, switched on, that this program may use; and what it hears."""
    from hiplevel.session.nearby import nearby

    try:
        heard = nearby(LISTEN_S)
    except HiplevelError as error:
        sentence = str(error).removesuffix(error.hint).strip()
        yield Check("Bluetooth", "problem", f"{sentence} ({error.reason.value})", f"{error.hint}\n{WITHOUT}".strip())
        yield from _adapters()
        return
    known = [one for one in heard if one.specs]
    yield ok("Bluetooth", f"listens; {count(len(heard), 'device')} heard in {LISTEN_S:g} s")
    if known:
        names = ", ".join(f"{one.name} ({one.specs[0].id}, {one.rssi_dbm} dBm)" for one in known)
        yield ok("Sensors", names)
    else:
        yield Check("Sensors", "notice", "none that hiplevel knows was heard.", "Wake it; see that no phone holds it.")
    yield from _adapters()


def _adapters() -> Iterator[Check]:
    """What the Linux kernel has, which tells a missing adapter from a service that does not run."""
    if sys.platform != "linux":
        return
    folder = Path("/sys/class/bluetooth")
    names = sorted(path.name for path in folder.glob("hci*")) if folder.is_dir() else []
    if not names:
        yield Check(
            "Adapter",
            "notice",
            "The kernel has no Bluetooth adapter.",
            "Plug in a dongle; dmesg tells of it.",
        )
        return
    blocked = [rfkill for name in names for rfkill in (folder / name).glob("rfkill*") if _blocked(rfkill)]
    if blocked:
        yield Check(
            "Adapter",
            "problem",
            f"{', '.join(names)} is blocked.",
            "rfkill unblock bluetooth",
        )
    else:
        yield ok("Adapter", ", ".join(names))


def _blocked(rfkill: Path) -> bool:
    try:
        return any((rfkill / kind).read_text(encoding="ascii").strip() == "1" for kind in ("soft", "hard"))
    except OSError:
        return False


def sound() -> Iterator[Check]:
    """Whether there is something to beep with."""
    try:
        import sounddevice

        name = sounddevice.query_devices(kind="output")["name"]
    except Exception as error:  # whatever the audio system of this computer comes up with
        text = f"no sound ({str(error).splitlines()[0] if str(error) else type(error).__name__})."
        missing = isinstance(error, (ImportError, OSError))  # PortAudio itself: without a device it fails otherwise
        what = LIBRARY if missing else "Switch on a loudspeaker or headphones."
        yield Check("Sound", "notice", text, f"Alarms are shown, not heard. {what}")
        return
    yield ok("Sound", str(name))


def window() -> Iterator[Check]:
    """Whether Qt starts, in a process of its own: a broken one takes its process with it."""
    try:
        ran = subprocess.run([sys.executable, "-c", QT], capture_output=True, text=True, timeout=QT_S, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        yield Check("Window", "notice", f"Qt does not start ({type(error).__name__}).", "Everything else works.")
        return
    if ran.returncode:
        why = (ran.stderr.strip().splitlines() or [f"exit code {ran.returncode}"])[-1]
        hint = "Everything but the window works. On Linux scripts/system-libs names the libraries that are missing."
        yield Check("Window", "notice", f"Qt does not start: {why}", hint)
        return
    qt, plots = ran.stdout.split()
    yield ok("Window", f"Qt {qt}, pyqtgraph {plots}")
