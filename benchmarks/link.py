"""The link, measured: latency, reconnecting, many sensors, and half an hour without a loss.

    python benchmarks/link.py [latency reconnect many long] [--seconds S] [--json]

The sensors are virtual and live in another process, with the radio space; this process is the host: Bumble in
Python over TCP, bleak, decoder, pipeline and recorder. Its processor time is what hiplevel costs, and a little more, as
with a real adapter the lower half of Bluetooth is the operating system's. Without options `long` is left out: it takes
half an hour.
"""

import argparse
import asyncio
import contextlib
import json
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import numpy as np
from bumble.device import Device, DeviceConfiguration
from bumble.hci import Address
from bumble.transport import open_transport

from hiplevel.model.events import LinkRestored
from hiplevel.sensors.ble.bumble_backend import BumbleAdapter
from hiplevel.sensors.ble.find import Radio
from hiplevel.sensors.ble.wanted import Wanted
from hiplevel.sensors.spec import load_spec
from hiplevel.sensors.virtual.air import VirtualAir
from hiplevel.sensors.virtual.sensor import VirtualSensor
from hiplevel.session.ble_host import BleHost
from hiplevel.session.ble_source import BleSource
from hiplevel.session.plan import Plan, session_on
from hiplevel.session.session import Session
from hiplevel.session.together import gather_s, run_together
from hiplevel.simulate import wearer

SPEC = load_spec("hiplevel.reference")
READY = "on the air"
MANY, BREAKS, AWAY_S, BETWEEN_S = 20, 5, 6.0, 8.0
GOALS = {
    "latency": "p50 below 2 ms, p99 at most 10 ms",
    "reconnect": "streaming within 3 s of the sensor being back",
    "many": f"{MANY} sensors at 100 Hz below half of one core, nothing lost",
    "long": "30 min at 200 Hz, nothing lost",
}


class Worn:
    """Repetitions for ever: one simulated minute over and over, on one clock."""

    def __init__(self, rate_hz: float, seed: int) -> None:
        self._minute = wearer("pelvic-drop", rate_hz=rate_hz, seed=seed, stance="left").take(round(60 * rate_hz))
        self._at = 0

    def take(self, count: int) -> Any:
        """The next samples."""
        self._at = 0 if self._at + count > len(self._minute) else self._at
        self._at += count
        return self._minute[self._at - count : self._at]


async def be_the_air(port: int, sensors: int) -> None:
    """The other process: sensors, and a controller for the host; obeys lines on stdin."""
    async with VirtualAir() as air:
        for number in range(sensors):
            sensor = VirtualSensor(SPEC, Worn(200.0, number), number=f"{number:04}")
            await sensor.power_on(await air.device(sensor.name), split_advertisement=True)
        transport = await open_transport(f"tcp-server:127.0.0.1:{port}")
        air.controller("host", transport)
        print(READY, flush=True)
        loop = asyncio.get_running_loop()
        while line := (await loop.run_in_executor(None, sys.stdin.readline)).strip():
            for controller in air._controllers[:sensors]:
                controller.rssi_dbm = None if line == "away" else -50
            if line == "away":
                air.break_links()
            print(time.monotonic_ns(), flush=True)


class Air:
    """The other process, seen from here."""

    def __init__(self, sensors: int, port: int) -> None:
        self.port = port
        command = [sys.executable, __file__, "--air", str(port), "--sensors", str(sensors)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __enter__(self) -> "Air":
        assert self._process.stdout is not None
        assert self._process.stdout.readline().strip() == READY
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def tell(self, word: str) -> int:
        """Have it done; when it was, ns of the clock that both processes share."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(word, file=self._process.stdin, flush=True)
        return int(self._process.stdout.readline())

    @contextlib.asynccontextmanager
    async def radio(self):  # type: ignore[no-untyped-def]
        """This process's adapter."""
        transport = await open_transport(f"tcp-client:127.0.0.1:{self.port}")
        config = DeviceConfiguration(name="host", address=Address("C0:FF:FF:FF:FF:FF"))
        device = Device.from_config_with_hci(config, transport.source, transport.sink)
        await device.power_on()
        adapter = BumbleAdapter(device)
        yield Radio(adapter.scanner, adapter.client)
        await transport.close()


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def sit(sensors: int, seconds: float, rate_hz: int = 100, meanwhile: Any = None) -> tuple[list[Session], float, float]:
    """(sessions, processor s, wall s) of so many sensors, each recorded and counted."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Air(sensors, free_port()) as air,
        BleHost(air.radio) as host,
        contextlib.ExitStack() as inside,
    ):
        sources, sessions = [], []
        for number in range(sensors):
            wanted = Wanted(f"hiplevel-SIM-{number:04}")
            source = BleSource(
                SPEC, host=host, wanted=wanted, settings={"rate": rate_hz}, settle_s=0.0, gather_s=gather_s(sensors)
            )
            sources.append(inside.enter_context(source))
            plan = Plan("pelvic-drop", "left", client=f"c-{number}")
            sessions.append(session_on(source, plan, Path(folder) / f"{number}.mcap"))

        def end() -> None:
            for source in sources:
                source.stop()

        timer = threading.Timer(seconds, end)
        timer.start()
        helper = threading.Thread(target=meanwhile, args=(air,)) if meanwhile is not None else None
        if helper is not None:
            helper.start()
        cpu_s, wall_s = time.process_time(), time.perf_counter()
        raised = run_together(list(zip(sessions, sources, strict=True)))
        cpu_s, wall_s = time.process_time() - cpu_s, time.perf_counter() - wall_s
        assert raised == [None] * sensors, raised
        if helper is not None:
            helper.join()
    return sessions, cpu_s, wall_s


def latency(seconds: float) -> dict[str, Any]:
    """From the notification's callback until its events are recorded and shown."""
    (session,), cpu_s, wall_s = sit(1, seconds)
    told = {name: session.latency_ms(part) for name, part in (("p50", 0.5), ("p99", 0.99), ("worst", 1.0))}
    return {"latency_ms": told, "packets": session.health.packets, "lost": session.health.lost, "cores": cpu_s / wall_s}


def reconnect(_seconds: float) -> dict[str, Any]:
    """The wearer leaves the room and comes back, several times."""
    back_ns: list[int] = []

    def walk(air: Air) -> None:
        for _ in range(BREAKS):
            time.sleep(BETWEEN_S)
            air.tell("away")
            time.sleep(AWAY_S)
            back_ns.append(air.tell("back"))

    (session,), _, _ = sit(1, BREAKS * (BETWEEN_S + AWAY_S) + BETWEEN_S, meanwhile=walk)
    restored = [e for e in session.events if isinstance(e, LinkRestored)]
    return {"breaks": BREAKS, "restored": len(restored), "back_after_s": [e.gap_s - AWAY_S for e in restored]}


def many(seconds: float) -> dict[str, Any]:
    """Twenty at once."""
    sessions, cpu_s, wall_s = sit(MANY, seconds)
    return {
        "cores": cpu_s / wall_s,
        "samples": sum(s.health.samples for s in sessions),
        "expected": round(MANY * wall_s * 100.0),
        "lost": sum(s.health.lost or 0 for s in sessions),
        "latency_p99_ms": max(settled_ms(session, 0.99) for session in sessions),
    }


def settled_ms(session: Session, part: float) -> float:
    """The quantile of the later two thirds: the first sensors wait, and queue, while the last are connected."""
    told = list(session._monitor.latencies_ms)
    return float(np.quantile(told[len(told) // 3 :], part))


def long(seconds: float) -> dict[str, Any]:
    """In real time, and the recording read again."""
    (session,), cpu_s, wall_s = sit(1, seconds, 200)
    health = session.health
    return {"minutes": wall_s / 60.0, "samples": health.samples, "lost": health.lost, "cores": cpu_s / wall_s}


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", default=["latency", "reconnect", "many"], help=", ".join(GOALS))
    parser.add_argument("--seconds", type=float, help="of latency, many and long")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--air", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--sensors", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.air:
        asyncio.run(be_the_air(asked.air, asked.sensors))
        return
    defaults = {"latency": 30.0, "reconnect": 0.0, "many": 30.0, "long": 1800.0}
    results = {}
    for part in asked.parts:
        results[part] = globals()[part](asked.seconds or defaults[part])
        if not asked.json:
            print(f"{part}: {json.dumps(results[part], default=float)}\n    goal: {GOALS[part]}", flush=True)
    if asked.json:
        print(json.dumps(results, default=float, indent=2))


if __name__ == "__main__":
    main()
