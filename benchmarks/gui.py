"""What the window costs and how quickly it answers, without a display, drawn in software.

    python benchmarks/gui.py [--seconds 60] [--hours 4] [--json gui.json]

Live: packets of a simulated wearer at 200 Hz, encoded beforehand, arrive in real time at the real session (decoder,
pipeline, recorder) and the real window; no radio takes part. CPU is that of the process and of its window's thread.
"""

import argparse
import contextlib
import json
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtWidgets import QApplication, QWidget

from hiplevel import simulate
from hiplevel.cues.speaker import Silent
from hiplevel.gui.application import application
from hiplevel.gui.live.bridge import Bridge
from hiplevel.gui.live.choice import Choice
from hiplevel.gui.live.place import LivePlace
from hiplevel.gui.replay.detail import Detail
from hiplevel.gui.replay.place import ReplayPlace
from hiplevel.gui.settings import Settings
from hiplevel.gui.widgets.count import RepCount
from hiplevel.gui.widgets.edge import Edge
from hiplevel.gui.window import Window
from hiplevel.model.events import DropStarted, Rep, RepTurned
from hiplevel.model.rules import DropRule
from hiplevel.pipeline import Pipeline
from hiplevel.recording.info import RecordingInfo
from hiplevel.recording.writer import RecordingWriter
from hiplevel.sensors.ble.identity import SIMULATED, SensorIdentity
from hiplevel.sensors.ble.link import HostClock, Notification
from hiplevel.sensors.encode.encoder import Encoder
from hiplevel.sensors.spec import load_spec

SPEC, LIVE_HZ, SIZE = "hiplevel.reference", 200.0, (1280, 820)
STARTED_NS = 1_750_000_000_000_000_000
DRAGS = 60
CHOICE = Choice(client="bench", exercise="pelvic-drop", stance="left", own_limit=True, left_deg=6.0, right_deg=6.0)


def packets(seconds: float, rate_hz: float) -> tuple[Any, dict[str, Any], list[tuple[float, str, bytes]]]:
    """A spec, its settings, and (arrival after the start in s, characteristic, payload) of a simulated wearer."""
    spec = load_spec(SPEC)
    settings = spec.settings({"rate": int(rate_hz)})
    work = {"stance": "left", "tempo_s": 2.4, "reps": 10, "rest_s": 12.0, "drops": dict.fromkeys(range(1, 10, 2), 9.0)}
    worn = simulate.wearer("pelvic-drop", seed=1, rate_hz=rate_hz, **work)
    encoder = Encoder(spec, settings)
    sent: list[tuple[float, str, bytes]] = []
    period_s = encoder.batch / rate_hz
    for _ in range(round(seconds)):
        block = worn.take(round(rate_hz))
        for characteristic, payload in encoder.encode(block.acc_m_s2, block.gyr_rad_s):
            sent.append(((len(sent) + 1) * period_s, characteristic, payload))
    return spec, settings, sent


class RealTimePackets:
    """A source whose packets arrive when they are due."""

    overflowed = 0

    def __init__(self, seconds: float) -> None:
        self.spec, self.settings, self._sent = packets(seconds, LIVE_HZ)
        self.identity = SensorIdentity("Simulated sensor", "", model=SIMULATED)
        self.clock = HostClock()
        self._stopped = False

    def __enter__(self) -> "RealTimePackets":
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped = True

    def stop(self) -> None:
        """No more packets."""
        self._stopped = True

    def items(self) -> Iterator[Notification]:
        """Each when it is due."""
        begun_s = time.perf_counter()
        for due_s, characteristic, payload in self._sent:
            if (left_s := begun_s + due_s - time.perf_counter()) > 0:
                time.sleep(left_s)
            if self._stopped:
                return
            yield Notification(characteristic, payload, self.clock.now_ns())


def spin(app: QApplication, until: Callable[[], bool], patience_s: float = 60.0) -> None:
    """Turn the event loop as `exec` would, until something holds."""
    end_s = time.perf_counter() + patience_s
    while not until() and time.perf_counter() < end_s:
        app.processEvents()
        time.sleep(0.001)
    if not until():
        raise TimeoutError("The window did not come to what was waited for.")


@contextlib.contextmanager
def painted(kind: type[QWidget], told: Callable[[QWidget], None]) -> Iterator[None]:
    """Inside, `told` is called when a widget of this kind has been painted."""
    before = kind.paintEvent

    def paint(self: Any, event: Any) -> None:
        before(self, event)
        told(self)

    kind.paintEvent = paint  # type: ignore[method-assign]
    try:
        yield
    finally:
        kind.paintEvent = before  # type: ignore[method-assign]


def live(app: QApplication, window: Window, seconds: float) -> dict[str, Any]:
    """A session of so many seconds: frames, CPU, and from an event to the pixels that show it."""
    place = window.live
    place._make_source = lambda _choice: RealTimePackets(seconds)  # type: ignore[assignment,return-value]
    told: dict[str, list[float]] = {"alarm": [], "count": []}
    waiting: dict[str, float] = {}
    frames = 0
    on_events, frame = Bridge.on_events, LivePlace.frame

    def timed_events(self: Bridge, events: Any) -> None:
        now_s = time.perf_counter()
        for event in events:
            if isinstance(event, DropStarted):
                waiting.setdefault("alarm", now_s)
            elif isinstance(event, (Rep, RepTurned)):
                waiting.setdefault("count", now_s)
        on_events(self, events)

    def timed_frame(self: LivePlace) -> None:
        nonlocal frames
        frames += 1
        before = None if self.training is None else self.training.count.reps
        frame(self)
        if self.training is not None and self.training.count.reps == before:
            waiting.pop("count", None)  # a turn that did not change the number: there is nothing to see

    def seen(what: str) -> Callable[[QWidget], None]:
        def note(_widget: QWidget) -> None:
            if (begun_s := waiting.pop(what, None)) is not None:
                told[what].append((time.perf_counter() - begun_s) * 1000.0)

        return note

    Bridge.on_events = timed_events  # type: ignore[method-assign]
    place._frames.timeout.disconnect()
    place._frames.timeout.connect(lambda: timed_frame(place))
    try:
        with painted(Edge, seen("alarm")), painted(RepCount, seen("count")):
            place.begin(CHOICE)
            spin(app, lambda: place.training is not None)
            frames = 0
            wall_s, cpu_s, mine_s = time.perf_counter(), time.process_time(), time.thread_time()
            spin(app, lambda: not place.busy, seconds + 30.0)
            wall_s = time.perf_counter() - wall_s
            cpu_s, mine_s = time.process_time() - cpu_s, time.thread_time() - mine_s
    finally:
        Bridge.on_events = on_events  # type: ignore[method-assign]
    idle_s = idle_cost(app, 5.0)
    return {
        "seconds": wall_s,
        "frames_a_second": frames / wall_s,
        "process_percent_of_a_core": 100.0 * cpu_s / wall_s,
        "window_thread_percent_of_a_core": 100.0 * mine_s / wall_s,
        "of_which_this_benchmark_polling_percent": 100.0 * idle_s,
        "event_to_pixel_ms": {what: summary(values) for what, values in told.items()},
        "repetitions": place.state.tally.corrected().done,
        "alarms": place.state.alarms["right"],
    }


def idle_cost(app: QApplication, seconds: float) -> float:
    """What turning the loop by hand costs by itself, as a part of a core: the product does not poll."""
    begun_s, cpu_s = time.perf_counter(), time.thread_time()
    spin(app, lambda: time.perf_counter() - begun_s > seconds, seconds + 1.0)
    return (time.thread_time() - cpu_s) / (time.perf_counter() - begun_s)


def hour_long(folder: Path, rate_hz: float) -> Path:
    """One hour as recorded: notifications, no events."""
    spec, settings, sent = packets(3600.0, rate_hz)
    path = folder / f"hour-{rate_hz:g}hz.mcap"
    info = RecordingInfo(
        client="bench",
        spec_id=spec.id,
        spec_toml=spec.toml_text,
        spec_vars=settings,
        exercise="pelvic-drop",
        stance="left",
        rule=DropRule(6.0),
        started_ns=STARTED_NS,
        simulated=True,
        source="simulation",
    )
    with RecordingWriter(path, info) as writer:
        for due_s, characteristic, payload in sent:
            writer.notification(characteristic, payload, STARTED_NS + round(due_s * 1e9))
    return path


def opening(app: QApplication, window: Window, path: Path, runs: int = 3) -> dict[str, float]:
    """From asking for a file to its first drawn curve, and until all of it is there; the least of several runs."""
    first, complete = [], []
    for _ in range(runs):
        replay: ReplayPlace = window.replay
        drawn: list[float] = []

        def note(widget: QWidget, drawn: list[float] = drawn) -> None:
            line = getattr(widget, "line", None)
            if line is not None and line.getData()[0] is not None and len(line.getData()[0]):
                drawn.append(time.perf_counter())

        with painted(Detail, note):
            begun_s = time.perf_counter()
            window.open_files([path])
            spin(app, lambda r=replay: r.review is not None and r.page is not None)  # type: ignore[misc]
            assert replay.page is not None
            replay.page.detail.repaint()
            first.append((drawn[0] if drawn else time.perf_counter()) - begun_s)
            spin(app, lambda r=replay: r.review is not None and r.review.computed.complete)  # type: ignore[misc]
            app.processEvents()
            complete.append(time.perf_counter() - begun_s)
    return {"first_picture_s": min(first), "complete_s": min(complete)}


def dragging(app: QApplication, window: Window) -> dict[str, Any]:
    """Each step of a dragged limit over the open hour: judged anew, and with the new picture drawn."""
    replay = window.replay
    judged, drawn, drops = [], [], []
    for limit_deg in np.linspace(9.0, 2.0, DRAGS):
        assert replay.review is not None
        begun_s = time.perf_counter()
        figures = replay.review.with_limit("right", float(limit_deg)).figures("right")
        judged.append((time.perf_counter() - begun_s) * 1000.0)
        drops.append(figures.drops)
        begun_s = time.perf_counter()
        replay.set_limit("right", float(limit_deg))
        app.processEvents()
        drawn.append((time.perf_counter() - begun_s) * 1000.0)
    return {"judged_ms": summary(judged), "judged_and_drawn_ms": summary(drawn), "drops": [min(drops), max(drops)]}


def memory(app: QApplication, window: Window, hours: float) -> dict[str, Any]:
    """Hours of training shown on the real screen, faster than they pass: memory in MB, and what a frame costs."""
    window.go("live")
    place = window.live
    place.show_guide()
    place._choice = CHOICE
    place.state.__init__(CHOICE.rule)  # type: ignore[misc]
    bridge = Bridge()
    bridge.alarm.connect(place._alarm)
    place._bridge = bridge
    place.run = object()  # type: ignore[assignment]  # a session is under way, of which only the screen is looked at
    place._connected("Simulated sensor")
    place._frames.stop()
    worn = simulate.wearer("pelvic-drop", stance="left", seed=1, tempo_s=2.4, reps=10, rest_s=12.0)
    part = worn.take(60_000)
    pipeline = Pipeline(exercise="pelvic-drop", stance="left", rule=CHOICE.rule)
    used, frames_ms = [("0.0", resident_mb())], {}
    for ten in range(round(hours * 6)):
        taken_ms = []
        for start in range(0, len(part), 100):
            block = part[start : start + 100]
            out = pipeline.process(type(block)(block.time_s + ten * 600.0, block.acc_m_s2, block.gyr_rad_s))
            bridge.on_events(out.events)
            if len(out.motion.time_s):
                bridge.on_motion(out.motion)
            begun_s = time.perf_counter()
            place.frame()
            app.processEvents()
            taken_ms.append((time.perf_counter() - begun_s) * 1000.0)
        frames_ms[f"{(ten + 1) / 6:.1f}"] = statistics.median(taken_ms)
        if ten % 3 == 2:
            used.append((f"{(ten + 1) / 6:.1f}", resident_mb()))
    place.run = None
    place._bridge = None
    late = [mb for hour, mb in used if float(hour) >= 1.0]
    growth = {"growth_mb_an_hour": (late[-1] - late[0]) / (hours - 1.0)} if len(late) > 1 else {}
    by_hour = {hour: ms for hour, ms in frames_ms.items() if hour in dict(used)}
    return {"resident_mb_by_hour": dict(used), **growth, "frame_ms_median_until_hour": by_hour}


def resident_mb() -> float:
    """Memory of this process now, MB."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0
    return pages * resource.getpagesize() / 1e6


def summary(values: list[float]) -> dict[str, float]:
    """How many, and their middle, 95th percentile and worst."""
    if not values:
        return {"n": 0}
    ordered = sorted(values)
    at_95 = ordered[min(len(ordered) - 1, int(np.ceil(0.95 * len(ordered))) - 1)]
    return {"n": len(values), "median": statistics.median(values), "p95": at_95, "worst": ordered[-1]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60.0, help="of live training")
    parser.add_argument("--hours", type=float, default=4.0, help="of memory")
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    app = application()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        window = Window(Settings(folder / "window.ini"), output=Silent(), folder=folder / "recordings")
        window.resize(*SIZE)
        window.show()
        results: dict[str, Any] = {"live_200_hz": live(app, window, args.seconds)}
        for rate_hz in (100.0, 200.0):
            path = hour_long(folder, rate_hz)
            results[f"one_hour_at_{rate_hz:g}_hz"] = {**opening(app, window, path), **dragging(app, window)}
        results["memory"] = memory(app, window, args.hours) if args.hours else {}
        window.close_now()
    print(json.dumps(results, indent=2))
    if args.json:
        args.json.write_text(json.dumps(results, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
