"""Firmware specs: a sensor is data, not code. `firmware_specs/README.md` is the format's manual."""

from hiplevel.sensors.spec.catalogue import family_of, list_specs, load_spec
from hiplevel.sensors.spec.model import Char, FullScale, Match, Step
from hiplevel.sensors.spec.packet import Frame, Vector
from hiplevel.sensors.spec.parse import parse_spec
from hiplevel.sensors.spec.sensor import Spec
from hiplevel.sensors.spec.vars import Var

__all__ = [
    "Char",
    "Frame",
    "FullScale",
    "Match",
    "Spec",
    "Step",
    "Var",
    "Vector",
    "family_of",
    "list_specs",
    "load_spec",
    "parse_spec",
]
