"""What counting says: repetitions, and the sets they make."""

from dataclasses import dataclass

from hiplevel.model.known import Known


@dataclass(frozen=True)
class Rep(Known):
    """One repetition: out from `start_s` to the turn at `turn_s`, and back at `end_s`.

    Attributes
    ----------
    rom_deg : range of the angle that the exercise reports; obliquity_rom_deg, tilt_rom_deg: of both angles
    number : within the set, from 1; a number that was withdrawn is given again
    peak_drop_deg : the worst drop inside it, 0 when the pelvis never fell; below what drops are measured from: neutral,
        or how the pelvis stood when the repetition began, where the exercise says so
    peak_deg : the reported angle at the turn, from neutral, in its own sign (+ left side up, + anterior)
    hold_turn_s, hold_home_s : stood still at the turn; and at home before it began
    rotation_rom_deg : to and fro about the vertical
    shift_cm : how far the pelvis went to the side and back, as far as an accelerometer shows it
    quality : 0 to 1, how well range, tempo and the other planes fit the exercise; faults: codes of what did not
    confidence : 0 to 1, how sure it is that this was a repetition at all
    provisional : the movement's own range is not known yet; a RepRevised follows
    """

    start_s: float
    turn_s: float
    end_s: float
    rom_deg: float
    side: str = "both"
    number: int = 0
    set_number: int = 0
    peak_drop_deg: float = 0.0
    obliquity_rom_deg: float = 0.0
    tilt_rom_deg: float = 0.0
    confidence: float = 1.0
    peak_deg: float = 0.0
    hold_turn_s: float = 0.0
    hold_home_s: float = 0.0
    rotation_rom_deg: float = 0.0
    shift_cm: float = 0.0
    quality: float = 1.0
    faults: tuple[str, ...] = ()
    provisional: bool = False

    @property
    def out_s(self) -> float:
        """The way out, the hold at the turn left out, s."""
        return max(self.turn_s - self.start_s - 0.5 * self.hold_turn_s, 0.0)

    @property
    def back_s(self) -> float:
        """The way back, the hold at the turn left out, s."""
        return max(self.end_s - self.turn_s - 0.5 * self.hold_turn_s, 0.0)


@dataclass(frozen=True)
class RepTurned(Known):
    """A repetition under way has turned, at `time_s`: here it counts where the exercise counts at the turn.

    Its Rep follows with the same numbers when it has come back; a RepRevised with kept False when it never does.
    """

    time_s: float
    number: int
    set_number: int
    side: str = "both"
    peak_deg: float = 0.0


@dataclass(frozen=True)
class RepRevised(Known):
    """A provisional repetition, the newest with these numbers, was confirmed (`kept`) or withdrawn, and why."""

    set_number: int
    number: int
    kept: bool
    reason: str = ""


@dataclass(frozen=True)
class SetArmed(Known):
    """Posture right and quiet at `time_s`: what comes now counts. cue: 'still', or who gave it."""

    time_s: float
    cue: str = "still"


@dataclass(frozen=True)
class SetDisarmed(Known):
    """Ready no more: 'walking' or 'posture'."""

    time_s: float
    reason: str = "walking"


@dataclass(frozen=True)
class SetStarted(Known):
    """A set began; known only once its first repetitions are."""

    time_s: float
    number: int


@dataclass(frozen=True)
class SetEnded(Known):
    """A set of so many kept repetitions is over.

    reason: 'rest', 'walking', 'stepping', 'sitting', 'posture', 'said' or 'end'.
    """

    start_s: float
    end_s: float
    number: int
    reps: int
    reason: str = "rest"
