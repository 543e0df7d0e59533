"""Somebody who stands on one leg, or lies on the side, and what is told of it."""

from dataclasses import replace

import numpy as np

from detect.moving import cut, motion
from hiplevel import (
    Hold,
)
from hiplevel.detect.hold_params import LYING_DOWN, STANDING
from hiplevel.detect.holds import Holds
from hiplevel.motion.posture import Posture

STAND, LIE = STANDING, LYING_DOWN


def swaying(block, on_one_leg, deg_s=(0.4, 2.0)):
    """Turning to and fro by so much standing on two legs, and by so much on one."""
    size = np.where(on_one_leg, deg_s[1], deg_s[0])
    rate = block.rate_rad_s.copy()
    rate[1] += np.radians(size) * np.sqrt(2.0) * np.sin(2.0 * np.pi * 2.0 * block.time_s)
    return replace(block, rate_rad_s=rate)


def stand(obliquity_deg, stance="right", target_s=0.0, marks=(), size=40, sway=None, **more):
    """On the right leg the left side is raised: obliquity goes up; sway: deg/s on two legs and on one."""
    finder, out = Holds(STAND, stance, target_s), []
    whole = swaying(motion(obliquity_deg, **more), np.abs(obliquity_deg) > 0.3, sway or (0.4, 2.0))
    for block in cut(whole, size):
        due = [m for m in marks if m.time_s < block.time_s[-1]]
        marks = [m for m in marks if m not in due]
        out += finder.process(block, due)
    return out + finder.finish(len(obliquity_deg) / 100.0)


def lie(hike_deg, posture=Posture.LEFT_SIDE, size=40, **more):
    """On the left side a hike of the right half turns the pelvis to the right."""
    finder, out = Holds(LIE, "left"), []
    sign = -1.0 if posture is Posture.LEFT_SIDE else 1.0
    for block in cut(motion(sign * hike_deg, posture=posture, **more), size):
        out += finder.process(block)
    return out + finder.finish(len(hike_deg) / 100.0)


def holds(events):
    return [e for e in events if isinstance(e, Hold)]
