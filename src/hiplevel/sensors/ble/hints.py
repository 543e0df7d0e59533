"""What to do when Bluetooth does not work, said for the system in use."""

import sys

_SYSTEMS = {"linux": "linux", "darwin": "macos", "win32": "windows"}
_HINTS = {
    "off": {
        "linux": "Switch it on in the desktop's settings, or: rfkill unblock bluetooth; bluetoothctl power on.",
        "macos": "Switch it on in the menu bar or in System Settings > Bluetooth.",
        "windows": "Switch it on in Settings > Bluetooth & devices.",
        "": "Switch it on in the system's settings.",
    },
    "no-adapter": {
        "linux": "Plug in a Bluetooth dongle for Bluetooth 4.0 or newer; `bluetoothctl list` must name it.",
        "macos": "Macs have one built in: see System Information > Bluetooth whether it is recognised.",
        "windows": "Plug in a Bluetooth dongle; the Device Manager must show it under Bluetooth.",
        "": "Plug in a Bluetooth dongle for Bluetooth 4.0 or newer.",
    },
    "no-permission": {
        "linux": "Add yourself to the group that may use it (sudo usermod -aG bluetooth $USER), then log in again.",
        "macos": "Allow the terminal in System Settings > Privacy & Security > Bluetooth, then start it again.",
        "windows": "Allow it in Settings > Privacy & security > Radios, then start again.",
        "": "Allow it in the system's privacy settings, then start again.",
    },
    "no-service": {
        "linux": "Start the Bluetooth service: sudo systemctl enable --now bluetooth (package bluez).",
        "macos": "Log out and in again; if that does not help, restart the computer.",
        "windows": "Start the Bluetooth Support Service (services.msc), or restart the computer.",
        "": "Restart the computer's Bluetooth service.",
    },
    "pairing": {
        "linux": "Pair it once with bluetoothctl: scan on, pair ADDRESS. Paired before? First: remove ADDRESS.",
        "macos": "Accept the request that macOS shows. Paired before? First forget it in Settings > Bluetooth.",
        "windows": "Pair it in Settings > Bluetooth & devices. Paired before? First remove it there.",
        "": "Pair it in the system's Bluetooth settings.",
    },
    "taken": {
        "linux": "Close the app on the phone, or disconnect it there; here: bluetoothctl disconnect ADDRESS.",
        "macos": "Close the app on the phone or computer that uses it, or switch its Bluetooth off.",
        "windows": "Close the app on the phone or computer that uses it, or switch its Bluetooth off.",
        "": "Close the app on the phone or computer that uses it.",
    },
}
KINDS = tuple(_HINTS)


def system() -> str:
    """linux, macos, windows, or '' for another system."""
    return _SYSTEMS.get(sys.platform, "")


def hint(kind: str, on: str | None = None) -> str:
    """What to do about one of KINDS; `on` another system than this one."""
    return _HINTS[kind][system() if on is None else on]
