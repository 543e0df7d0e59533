"""How the data comes in, in one quiet line."""

from hiplevel.gui.words import count, tr
from hiplevel.sensors.ble.phases import Phase
from hiplevel.session.view import Health


def link_words(health: Health) -> str:
    """Rate, loss, latency and battery; what is not known is left out."""
    if health.phase is Phase.STALLED:
        return tr("link.stalled", seconds=f"{health.silence_s:.0f}")
    if not health.connected:
        doing = {Phase.CONNECTING: "connecting", Phase.STARTING: "starting", Phase.STOPPED: "given_up"}
        now = tr(f"link.{doing.get(health.phase, 'looking')}")
        return tr("link.lost", seconds=f"{health.silence_s:.0f}", doing=now)
    facts = [tr("link.rate", hz=f"{health.rate_hz:.0f}") if health.rate_hz else tr("link.connected")]
    facts.append(tr("link.loss_unknown") if health.lost is None else count("link.loss", health.lost))
    if health.overflowed:
        facts.append(count("link.overflowed", health.overflowed))
    if health.clipped:
        facts.append(count("link.clipped", health.clipped))
    if health.latency_ms is not None:
        facts.append(tr("link.latency", ms=f"{health.latency_ms:.0f}"))
    if health.battery_percent is not None:
        facts.append(tr("link.battery", percent=f"{health.battery_percent:.0f}"))
    return "  ·  ".join(facts)
