"""One sitting: every notification is kept, decoded, followed and shown, in this order."""

from collections.abc import Callable, Sequence

from hiplevel.model.edits import BadSpan, Correction
from hiplevel.model.errors import HiplevelError, RecordingError
from hiplevel.model.events import Event, LinkLost, LinkRestored, MarkKind, Note
from hiplevel.model.limit_change import LimitChanged
from hiplevel.model.metronome import MetronomeStarted, MetronomeStopped
from hiplevel.model.rules import DropRule
from hiplevel.model.samples import Samples
from hiplevel.pipeline import Output, Pipeline
from hiplevel.recording.writer import RecordingWriter
from hiplevel.sensors.ble.link import HostClock, LinkChange, Notification
from hiplevel.sensors.ble.phases import Phase
from hiplevel.sensors.stream import LinkHealth
from hiplevel.session.coach import Coach
from hiplevel.session.guarded_views import Views
from hiplevel.session.monitor import Monitor
from hiplevel.session.said import Said
from hiplevel.session.source import Burst, Item, Source
from hiplevel.session.stream import Stream
from hiplevel.session.view import View


class Session:
    """Feed it items, or run a source; then finish.

    Attributes
    ----------
    events : all events so far
    duration_s : from the first to the latest sample, s
    interrupted : it was ended early
    lost : the link is down, or was at the end
    said : takes corrections, notes and the metronome's switch from any thread
    """

    def __init__(
        self,
        stream: Stream,
        pipeline: Pipeline,
        *,
        recorder: RecordingWriter | None = None,
        views: Sequence[View] = (),
        clock: HostClock | None = None,
        coach: Coach | None = None,
    ) -> None:
        self.events: list[Event] = []
        self.duration_s = 0.0
        self._stream = stream
        self._pipeline: Pipeline | None = pipeline
        self._recorder = recorder
        self._views = Views(views)
        self._coach = coach or Coach()
        self.said = Said(at_turn=self._coach.at_turn)
        self._monitor = Monitor(stream, clock)
        self._at_ns = 0
        self.lost = False
        self.interrupted = False
        self._finished = False

    def run(self, source: Source) -> None:
        """Everything the source gives, then `finish`, whatever happens."""
        try:
            self._take(source)
        finally:
            self.finish()

    @property
    def health(self) -> LinkHealth:
        """Packets, losses and drift of the link so far."""
        return self._stream.health

    def latency_ms(self, part: float) -> float | None:
        """From the arrival of a packet until it was recorded, computed and shown: the quantile `part` (0 to 1), ms."""
        return self._monitor.latency_ms(part)

    def show(self, view: View) -> None:
        """One more view, before it runs."""
        self._views.add(view)

    def interrupt(self, source: Source) -> None:
        """End `run` early but in order; from any thread, and from a signal handler."""
        self.interrupted = True
        source.stop()

    def mark(self, what: MarkKind) -> None:
        """A person says so now; from any thread. It is recorded with the next samples, and replay hears it too."""
        if self._pipeline is not None:
            self._pipeline.mark(what)

    def change_limits(self, change: LimitChanged) -> None:
        """A clinician sets other limits now (`clinic.live_limit` tells the trail too); from any thread."""
        if self._pipeline is not None:
            self._pipeline.change_limits(change)

    @property
    def rule(self) -> DropRule | None:
        """The limits that drops are judged by now; None once nothing is computed any more."""
        return None if self._pipeline is None else self._pipeline.rule

    def feed(self, item: Item) -> None:
        """Take one item."""
        self._listen()
        match item:
            case Notification():
                self._heard((item,))
            case Burst():
                self._heard(item.notifications)
            case LinkChange():
                self._at_ns = item.at_ns
                self._link_changed(item)
            case Samples():
                self._keep(lambda to: to.samples(item))
                self._compute(item)
            case Correction() | BadSpan() | Note() | MetronomeStarted() | MetronomeStopped():
                self._emit([item])
        self._show_health()

    def finish(self) -> None:
        """Close what is open, and the recording; a second time does nothing."""
        if self._finished:
            return
        self._finished = True
        try:
            self._listen()
            self._compute(self._stream.finish())
            self._publish_of(lambda pipeline: pipeline.finish())
            self._tell(self._coach.finish(self.duration_s))
            if self.interrupted:
                self._note("Stopped with Ctrl-C.", "cut-short", "info")
        finally:
            recorder, self._recorder = self._recorder, None
            if recorder is not None:
                recorder.close()
        self._show_health(now=True)

    def _take(self, source: Source) -> None:
        overflowed = source.overflowed
        for item in source.items():
            if item is None:
                self._listen()
                self._show_health()
            else:
                self.feed(item)
            if source.overflowed != overflowed:
                overflowed = self._monitor.overflowed = source.overflowed
                self._note(
                    f"This computer did not keep up: {overflowed} packets are lost so far.", "overflow", "warning"
                )

    def _heard(self, notifications: Sequence[Notification]) -> None:
        for one in notifications:
            self._at_ns = one.arrival_ns
            self._keep(lambda to, one=one: to.notification(one.characteristic, one.payload, one.arrival_ns))  # type: ignore[misc]
        names, payloads, arrivals = zip(
            *((one.characteristic, one.payload, one.arrival_ns) for one in notifications), strict=True
        )
        self._compute(self._stream.feed_many(names, payloads, arrivals))
        for one in notifications:
            self._monitor.arrived(one.arrival_ns)

    def _listen(self) -> None:
        """What people said in the meantime, before what comes now."""
        while (event := self.said.next(self.events, self.duration_s)) is not None:
            self._emit([event])

    def _compute(self, samples: Samples) -> None:
        if len(samples) == 0:
            return
        if self.lost:
            self.lost = False
            begun_s = float(samples.time_s[0])
            self._emit([LinkRestored(begun_s, begun_s - self.duration_s, known_s=begun_s)])
        self.duration_s = float(samples.time_s[-1])
        self._publish_of(lambda pipeline: pipeline.process(samples))

    def _publish_of(self, step: Callable[[Pipeline], Output]) -> None:
        if self._pipeline is None:
            return
        try:
            output = step(self._pipeline)
        except Exception as error:  # the raw data is worth more than the angles: it goes on being recorded
            self._pipeline = None
            why = str(error) if isinstance(error, HiplevelError) else f"{type(error).__name__}: {error}"
            self._note(f"Counting and drop warnings have ended: {why}", "not-computed", "warning")
            return
        self._publish(output)

    def _publish(self, output: Output) -> None:
        motion = output.motion
        self._coach.take(motion)
        self._emit(output.events)
        if len(motion.time_s):
            self._tell(self._coach.advance(float(motion.time_s[-1])))
            self._keep(lambda to: to.motion(motion.time_s, motion.obliquity_deg, motion.tilt_deg, self._at_ns))
            self._without(self._views.motion(motion))

    def _emit(self, events: Sequence[Event]) -> None:
        self._tell(self._coach.process(events))

    def _tell(self, events: Sequence[Event]) -> None:
        if not events:
            return
        self.events.extend(events)
        for event in events:
            self._keep(lambda to, event=event: to.event(event, self._at_ns))  # type: ignore[misc]
        self._without(self._views.events(events))

    def _note(self, text: str, code: str, level: str) -> None:
        self._emit([Note(self.duration_s, text, code, level, known_s=self.duration_s)])

    def _link_changed(self, change: LinkChange) -> None:
        self._monitor.phase, self._monitor.reason = change.phase, change.reason
        if change.phase in (Phase.LOST, Phase.STALLED) and not self.lost:
            self.lost = True
            self._emit([LinkLost(self.duration_s, change.phase.value, known_s=self.duration_s)])

    def _keep(self, write: Callable[[RecordingWriter], None]) -> None:
        if self._recorder is None:
            return
        try:
            write(self._recorder)
        except RecordingError as error:
            # The recorder keeps what the disk refused and tries again; the session goes on.
            if self._monitor.refused(str(error), self._at_ns):
                self._note(str(error), "disk", "warning")

    def _show_health(self, now: bool = False) -> None:
        for health in self._monitor.due(now):
            self._without(self._views.health(health))

    def _without(self, failed: Sequence[str]) -> None:
        for sentence in failed:
            self._note(sentence, "view-failed", "warning")
