"""An event in a line of words, as the terminal tells it."""

from hiplevel.cli.common import clock
from hiplevel.model.edits import Action, BadSpan, Correction
from hiplevel.model.events import (
    Clipped,
    CompensationStarted,
    Drop,
    DropStarted,
    DropWarned,
    Event,
    Gap,
    Hold,
    HoldBroken,
    HoldStarted,
    LimitChanged,
    LinkLost,
    LinkRestored,
    Mark,
    Note,
    Pass,
    Rep,
    RepRevised,
    Rezero,
    SetArmed,
    SetDisarmed,
    SetEnded,
    SetStarted,
    UsualDrop,
)
from hiplevel.model.metronome import BeatChecked, Found, MetronomeStarted, MetronomeStopped
from hiplevel.model.rules import DropRule
from hiplevel.model.targets import RestStarted, TargetReached

FOLLOWED: dict[Found, str] = {
    "rep": "beat {number}: a repetition, {late_ms:+.0f} ms",
    "moving": "beat {number}: moved, too little to count",
    "missed": "beat {number}: nothing followed",
    "unseen": "beat {number}: nothing seen, which says nothing here",
}
COMPENSATIONS = {"roll-back": "the pelvis rolls back", "tilt": "leaning forward"}
SAID: dict[Action, str] = {
    "undo": "One repetition taken back.",
    "add": "One repetition added.",
    "restart": "The set begins anew.",
    "warm-up": "Marked as warm-up.",
    "work": "Marked as work.",
    "revoke": "The last correction is taken back.",
}


def say_event(event: Event) -> str:
    """An event in words; '' for those that are only for programs."""
    match event:
        case Rep():
            return f"repetition {event.number} of set {event.set_number}, range {event.rom_deg:.0f}°"
        case RepRevised(kept=False):
            return f"repetition {event.number} of set {event.set_number} taken back: {event.reason}"
        case DropStarted():
            return f"DROP: {event.side} side {event.drop_deg:.0f}° low, limit {event.limit_deg:g}°"
        case DropWarned():
            return f"careful: {event.side} side {event.drop_deg:.0f}° low"
        case Drop(alarmed=False):
            lasted = f"{event.duration_s:.1f} s, worst {event.peak_deg:.1f}°"
            return f"before level was known, {event.side} side down for {lasted}"
        case Drop():
            return f"{event.side} side back after {event.duration_s:.1f} s, worst {event.peak_deg:.1f}°"
        case Hold(meant=False):
            return f"perhaps rested on one leg for {event.end_s - event.start_s:.0f} s: not counted"
        case Hold():
            return f"held {event.held_s:.1f} s at {event.mean_deg:.0f}°, sank {event.drift_deg:.1f}°"
        case HoldStarted():
            return f"hold {event.number} has begun"
        case HoldBroken(reason="sank"):
            return f"the hold sank after {event.held_s:.0f} s"
        case HoldBroken(reason="not-raised"):
            return "the unsupported side was not raised"
        case HoldBroken():
            return f"the hold is over early, after {event.held_s:.0f} s"
        case CompensationStarted():
            return f"careful: {COMPENSATIONS.get(event.what, event.what)} by {event.angle_deg:.0f}°"
        case LimitChanged():
            return f"limit {event.to_deg:g}° from now on, was {event.from_deg:g}°: set by {event.author}"
        case Pass():
            return f"{event.steps} steps to the {event.direction}, worst drop {event.worst_drop_deg:.0f}°"
        case UsualDrop():
            return f"{event.side} side falls by {event.median_deg:.1f}° in a step, median of {event.strides} strides"
        case SetArmed():
            return "ready: begin when you like"
        case SetDisarmed():
            return f"not counting: {event.reason}"
        case SetStarted():
            return f"set {event.number} has begun"
        case SetEnded(reps=0):
            return ""
        case SetEnded():
            return f"set {event.number} is over: {event.reps} repetitions"
        case Rezero(source="still"):
            return "level taken while standing still"
        case Rezero(source="assumed"):
            return "level assumed from the quietest moment"
        case Rezero():
            return f"level taken anew, {event.source}"
        case Gap(reason="paused"):
            return f"paused for {event.end_s - event.start_s:.1f} s"
        case Clipped():
            return f"the {event.sensor} was at its limit: angles may be off for a moment"
        case Gap():
            return f"no samples for {event.end_s - event.start_s:.1f} s: nothing was counted there"
        case LinkLost(reason="stalled"):
            return "nothing comes from the sensor"
        case LinkLost():
            return "link lost; looking for the sensor"
        case LinkRestored():
            return f"link is back after {event.gap_s:.1f} s"
        case Note():
            return f"note: {event.text}"
        case Mark():
            return f"said: {event.what}"
        case TargetReached():
            return f"target: {reached_words(event)}"
        case MetronomeStarted():
            return f"metronome from {clock(event.time_s)}"
        case MetronomeStopped():
            return "metronome off"
        case BeatChecked():
            words = FOLLOWED.get(event.found, "beat {number}")
            return words.format(number=event.number, late_ms=1000.0 * event.late_s)
        case RestStarted():
            return f"rest until {clock(event.until_s)}"
        case Correction():
            return f"correction: {SAID.get(event.action, event.action)}"
        case BadSpan():
            return f"marked as not to be trusted: {clock(event.start_s)} to {clock(event.end_s)}"
        case _:
            return ""


def limit_words(rule: DropRule, source: str) -> str:
    """The limits and whose they are."""
    left, right = rule.limit_deg("left"), rule.limit_deg("right")
    both = f"limit {left:g}°" if left == right else f"limits {left:g}° left, {right:g}° right"
    return f"{both}, {source}"


def reached_words(event: TargetReached) -> str:
    """What is done, as one would say it."""
    match event.what:
        case "reps":
            return f"Set {event.set_number}: {event.done:g} of {event.target:g} done."
        case "sets":
            return "The last set is done." if event.target == 1 else f"All {event.target:g} sets are done."
        case "hold":
            return f"Held {event.target:g} s."
        case _:
            return "The rest is over."
