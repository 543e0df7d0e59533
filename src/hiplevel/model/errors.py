"""What can go wrong, as few exceptions; each carries a reason for programs and a sentence for people."""

from enum import StrEnum
from typing import ClassVar, Self


class Reason(StrEnum):
    """Why an operation was refused; the value is what `--json` prints."""

    USAGE = "usage"
    NOT_FOUND = "not-found"
    UNKNOWN_EXERCISE = "unknown-exercise"
    UNKNOWN_SPEC = "unknown-spec"
    UNKNOWN_COLUMN = "unknown-column"
    NO_TABLE = "no-table"
    EMPTY = "empty"
    SHAPE = "shape"
    NOT_FINITE = "not-finite"
    NOT_A_NUMBER = "not-a-number"
    TIME_BACKWARDS = "time-backwards"
    TIME_REPEATED = "time-repeated"
    UNITS = "units"
    RATE = "rate"
    RULE = "rule"
    CALIBRATION = "calibration"
    SPEC_SYNTAX = "spec-syntax"
    SPEC_INVALID = "spec-invalid"
    FOREIGN_FILE = "foreign-file"
    DAMAGED_FILE = "damaged-file"
    NEWER_FILE = "newer-file"
    EXISTS = "exists"
    IN_USE = "in-use"
    DISK = "disk"
    NO_ADAPTER = "no-adapter"
    BLUETOOTH_OFF = "bluetooth-off"
    NO_PERMISSION = "no-permission"
    SENSOR_NOT_FOUND = "sensor-not-found"
    SENSOR_REFUSED = "sensor-refused"
    SENSOR_TAKEN = "sensor-taken"
    OTHER_SENSOR = "other-sensor"
    SEVERAL_SENSORS = "several-sensors"
    FIRMWARE_OLD = "firmware-old"
    NOT_PAIRED = "not-paired"
    LINK_LOST = "link-lost"
    NOT_ALLOWED = "not-allowed"
    PASSPHRASE = "passphrase"
    TAMPERED = "tampered"
    EXPIRED = "expired"
    UNKNOWN_SIGNER = "unknown-signer"
    OTHER_CLIENT = "other-client"
    PRESCRIPTION = "prescription"


class HiplevelError(Exception):
    """Base of every error this package raises on purpose.

    `reason` is for programs, `str(error)` for people, `exit_code` for shells.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, sentence: str, reason: Reason, hint: str = "") -> None:
        super().__init__(f"{sentence} {hint}".strip())
        self.sentence = sentence
        self.reason = reason
        self.hint = hint

    def __reduce__(self) -> tuple[type[Self], tuple[str, Reason, str]]:
        """So that an error in a process of its own arrives as what it was."""
        return type(self), (self.sentence, self.reason, self.hint)


class UsageError(HiplevelError, ValueError):
    """The caller asked for something that does not exist: an exercise, a spec, a column, a limit out of range."""

    exit_code = 2


class InputError(HiplevelError, ValueError):
    """The samples themselves cannot be used as they are: units, time, shape, not finite, nothing there."""

    exit_code = 3


class SpecError(HiplevelError, ValueError):
    """A firmware spec or an exercise file is wrong; the sentence names file, line and what to write instead."""

    exit_code = 4


class RecordingError(HiplevelError):
    """A recording cannot be read or written."""

    exit_code = 5


class LinkError(HiplevelError):
    """Bluetooth: no adapter, no sensor, a refused command, a lost link."""

    exit_code = 6


class ClinicError(HiplevelError):
    """The clinic's store, its keys or a prescription file: in use, damaged, not allowed, tampered with, expired."""

    exit_code = 7
