"""What stands on the board, in words."""

from hiplevel.cli.live.board import Board
from hiplevel.detect.metronome import beats
from hiplevel.model.tempo import Tempo
from hiplevel.sensors.ble.phases import Phase

TELLING_PPM = 20.0  # a quartz; less is not worth a word
DOING = {
    Phase.CONNECTING: "connecting",
    Phase.STARTING: "starting the sensor",
    Phase.WAITING: "trying again soon",
    Phase.STOPPED: "given up",
}
BEAT_WORDS = {"out": "out", "hold": "hold", "back": "back", "home": "wait"}


def level_words(board: Board) -> str:
    """The level as one would say it, never as a bare signed number."""
    if not board.health.connected and not board.stopped:
        return "no link to the sensor"
    if board.paused:
        return "not looked at"
    if board.level_deg is None:
        return "not known yet"
    side = board.low_side
    return "level" if side is None else f"{side} side {abs(board.level_deg):.0f}° low"


def beat_words(board: Board) -> str:
    """What the metronome asks for now; '' when it is off."""
    if board.beat is None:
        return ""
    asked = board.beat
    left_s = asked.time_s - board.time_s
    if left_s > 0.0:
        return f"first repetition in {left_s:.0f} s"
    tempo = Tempo(asked.out_s, asked.hold_s, asked.back_s, asked.home_s)
    now = beats(tempo, asked.time_s, board.time_s - tempo.rep_s, board.time_s + 1e-9)[-1]
    return f"beat {now.number}: {BEAT_WORDS[now.phase]}"


def rest_words(board: Board) -> str:
    """How long the prescribed rest still lasts; '' when there is none."""
    return "" if board.rest_until_s is None else f"rest, {max(board.rest_until_s - board.time_s, 0.0):.0f} s"


def link_words(board: Board) -> str:
    """The link in a line."""
    health = board.health
    facts = [f"connected, {health.rate_hz:.0f} samples a second" if health.rate_hz else "connected"]
    if health.rate_error_ppm is not None and abs(health.rate_error_ppm) >= TELLING_PPM:
        facts[0] += f" ({health.rate_error_ppm:+.0f} ppm)"
    if health.phase is Phase.STALLED:
        facts = [f"connected, but silent for {health.silence_s:.0f} s"]
    elif board.stopped:
        facts = ["stopped"]
    elif not health.connected:
        facts = [f"link lost {health.silence_s:.0f} s ago, {DOING.get(health.phase, 'looking for the sensor')}"]
    facts.append("losses unknown" if health.lost is None else f"{health.lost} samples lost")
    if health.overflowed:
        facts.append(f"{health.overflowed} packets dropped here")
    if health.clipped:
        facts.append(f"{health.clipped} samples at the sensor's limit")
    if health.latency_ms is not None:
        facts.append(f"{health.latency_ms:.0f} ms behind")
    if health.battery_percent is not None:
        facts.append(f"battery {health.battery_percent:.0f} %")
    return " · ".join(facts)
