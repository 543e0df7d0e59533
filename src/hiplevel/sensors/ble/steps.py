"""Talking a sensor into streaming and out of it: the start and stop steps of its spec."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Protocol

from hiplevel.model.errors import LinkError, Reason
from hiplevel.sensors.spec.model import Expect, Step
from hiplevel.sensors.spec.scale import Value

Sleep = Callable[[float], Awaitable[None]]


class Channel(Protocol):
    """What the steps need of a connection; all names are the spec's aliases."""

    async def subscribe(self, alias: str) -> None:
        """Turn notifications or indications on."""

    async def read(self, alias: str) -> bytes:
        """What the characteristic holds."""

    async def write(self, alias: str, payload: bytes, response: bool) -> None:
        """Write, and await the write's own response when asked to."""

    def answers(self, alias: str) -> "asyncio.Queue[bytes]":
        """What comes on `alias` from now on."""


async def run_steps(
    channel: Channel,
    steps: Sequence[Step],
    settings: Mapping[str, Value],
    *,
    sensor: str,
    host_time_ns: Callable[[], int],
    sleep: Sleep = asyncio.sleep,
) -> dict[str, Value]:
    """Run the steps in order; the settings, with what the sensor told about itself in its answers.

    Raises
    ------
    LinkError
        SENSOR_REFUSED for an answer that does not fit or does not come; whatever `channel` raises.
    """
    told = dict(settings)
    for step in steps:
        try:
            for alias in step.subscribe:
                await channel.subscribe(alias)
            if step.read and step.capture is not None:
                told |= step.capture.values(await channel.read(step.read))
            if step.template is not None:
                payload = step.template.render(told, host_time_ns())
                answer = await _write(channel, step, payload, sensor)
                if step.capture is not None and answer is not None:
                    told |= step.capture.values(answer)
        except LinkError as error:
            if step.on_fail == "abort" or error.reason is not Reason.SENSOR_REFUSED:
                raise
        if step.wait_ms:
            await sleep(step.wait_ms / 1e3)
    return told


async def _write(channel: Channel, step: Step, payload: bytes, sensor: str) -> bytes | None:
    expect = step.expect
    if expect is None:
        await channel.write(step.write, payload, step.response)
        return None
    answers = channel.answers(expect.on)
    await channel.write(step.write, payload, step.response)
    last: bytes | None = None
    try:
        async with asyncio.timeout(expect.timeout_s):
            while True:
                last = await answers.get()
                if expect.pattern.matches(last):
                    return last
    except TimeoutError:
        raise _refusal(sensor, payload, expect, last) from None


def _refusal(sensor: str, sent: bytes, expect: Expect, last: bytes | None) -> LinkError:
    got = f"answered {last.hex(' ')}" if last is not None else f"gave no answer within {expect.timeout_s:g} s"
    return LinkError(
        f"{sensor} {got} to {sent.hex(' ')}; its spec expects {expect.pattern.text}.",
        Reason.SENSOR_REFUSED,
        "Switch it off and on again; if that does not help, its firmware differs from the spec.",
    )
