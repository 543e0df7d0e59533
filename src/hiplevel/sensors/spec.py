"""Firmware specs: a sensor is data, not code. `firmware_specs/README.md` is the format's manual."""

from hiplevel.sensors.catalogue import list_specs, load_spec
from hiplevel.sensors.spec_model import Char, FullScale, Match, Step
from hiplevel.sensors.spec_packet import Frame, Vector
from hiplevel.sensors.spec_parse import parse_spec
from hiplevel.sensors.spec_sensor import Spec
from hiplevel.sensors.spec_vars import Var

__all__ = [
    "Char",
    "Frame",
    "FullScale",
    "Match",
    "Spec",
    "Step",
    "Var",
    "Vector",
    "list_specs",
    "load_spec",
    "parse_spec",
]
