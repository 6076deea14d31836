"""Answering the calls of an exchange: each is a mention when it comes, and says how it ended.

What an exchange told while nobody listened is asked for when we connect: the lines that are open,
and the messages that it keeps.
"""

from datetime import datetime

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from rejoinder.channels import reference as references
from rejoinder.channels.contract import Flow, Heard, Post, TroubleError
from rejoinder.channels.phone import call, ringing
from rejoinder.channels.phone.exchange import Exchange
from rejoinder.channels.phone.ringing import Event, Ring
from rejoinder.plumbing import clock, secrets
from rejoinder.plumbing.answer import NoAnswerError

WAIT = 1.0  # seconds in one listening
MOST = 1_000  # messages of the exchange in one listening
LONGEST = 1_000_000  # bytes of one of them
LATE = 5.0  # seconds until a message that is not kept by then was none
DONE = 2_000  # calls that are over and remembered, so that none is told twice


class Cursor(Struct, omit_defaults=True):
    """The calls that are not over, and the references of those that are, oldest first."""

    rings: dict[str, Ring] = field(default_factory=dict)
    done: list[str] = []
    begun: bool = False


class Answering:
    """The connection to one exchange, kept between listenings. Not shared between threads."""

    def __init__(self, exchange: Exchange, page: str) -> None:
        """`page` is the address of a call's page, up to its reference."""
        self._exchange = exchange
        self._page = page
        self._flow: Flow | None = None
        self._rest = b""
        self._looked: dict[str, float] = {}

    def listen(self, cursor: dict[str, object]) -> Heard:
        """What came and what ended. Raises TroubleError when the exchange cannot be heard.

        Once something was heard, trouble waits: what is on its way to the log is not lost for it.
        """
        self._now = msgspec.convert(cursor, Cursor)
        self._posts: list[Post] = []
        try:
            if self._flow is None:
                self._connect()
            for event in self._events():
                self._hear(event)
            self._look_for_late()
        except (TroubleError, NoAnswerError) as error:
            self.close()
            if not self._posts:
                raise TroubleError(error.words, after=5) from None
        after = msgspec.to_builtins(self._now)
        return Heard(self._posts, after, more=True)

    def close(self) -> None:
        """Let go of the connection."""
        if self._flow is not None:
            self._flow.close()
        self._flow, self._rest = None, b""

    def _connect(self) -> None:
        """Events from now on first, and then what stands: so nothing falls in between."""
        self._flow = self._exchange.events()
        open_lines = {each.id: each for each in self._exchange.lines()}
        stored = self._exchange.stored()
        if not self._now.begun:
            self._now.done += sorted(stored)
            self._now.begun = True
        for line in open_lines.values():
            reference = _reference(line.id)
            if reference in self._now.rings or not self._begin(line.id, line.caller.number):
                continue
            if reference in stored:  # we had been killed before it was kept
                self._now.rings[reference] = replace(self._now.rings[reference], stage="recording")
        for reference, ring in list(self._now.rings.items()):
            self._take_up(
                reference, ring, stored=reference in stored, there=ring.line in open_lines
            )
        for reference in sorted(stored - set(self._now.rings) - set(self._now.done)):
            lost = Ring("", reference, clock.now(), "ended")
            self._posts.append(ringing.came(reference, lost, "", self._page + reference))
            self._end(reference, lost, recorded=True)

    def _take_up(self, reference: str, ring: Ring, *, stored: bool, there: bool) -> None:
        """A call that we were in the middle of when the connection went, or that nobody took."""
        if not there:
            self._after(reference, ring, Event("StasisEnd"))
        elif ring.stage == "consent" and not self._exchange.plays(reference):
            # Whether it was played to its end nobody told us: so they hear it again.
            self._greet(reference, ring)
        elif ring.stage == "recording" and not self._exchange.records(reference):
            if stored:
                self._end(reference, ring, recorded=True)
                self._exchange.hang_up(ring.line)
            else:
                self._do("record", reference, ring)

    def _events(self) -> list[Event]:
        """What came within a second."""
        events: list[Event] = []
        while self._flow is not None and len(events) < MOST:
            chunk = self._flow.take(0 if events else WAIT)
            if not chunk:
                break
            *lines, self._rest = (self._rest + chunk).split(b"\n")
            if len(self._rest) > LONGEST:
                self._rest = b""
            events += [ringing.read(line) for line in lines]
        return events

    def _hear(self, event: Event) -> None:
        if event.type == "StasisStart" and event.channel and "ours" not in event.args:
            if self._begin(event.channel.id, event.channel.caller.number):
                reference = _reference(event.channel.id)
                self._greet(reference, self._now.rings[reference])
            return
        line, reference = ringing.concerns(event)
        reference = reference or (_reference(line) if line else "")
        if ring := self._now.rings.get(reference):
            self._after(reference, ring, event)

    def _begin(self, line: str, told: str) -> bool:
        """Somebody calls: they are a mention from now on, whatever becomes of the call.

        False where that is known.
        """
        reference = _reference(line)
        if not line or reference in self._now.rings or reference in self._now.done:
            return False
        number = ringing.number(told)
        author = secrets.blind(call.normal(number), "phone") if number else reference
        ring = Ring(line, author, _whole(clock.now()))
        self._now.rings[reference] = ring
        self._posts.append(ringing.came(reference, ring, number, self._page + reference))
        return True

    def _greet(self, reference: str, ring: Ring) -> None:
        if not self._exchange.greet(ring.line, reference):
            self._after(reference, ring, Event("StasisEnd"))

    def _after(self, reference: str, ring: Ring, event: Event) -> None:
        ring, step = ringing.step(ring, event)
        self._now.rings[reference] = ring
        if step:
            self._do(step, reference, ring)

    def _do(self, step: ringing.Step, reference: str, ring: Ring) -> None:
        if step == "record" and not self._exchange.record(ring.line, reference):
            self._after(reference, ring, Event("StasisEnd"))
        elif step == "hang up":
            self._end(reference, ring, recorded=bool(ring.seconds))
            self._exchange.hang_up(ring.line)
        elif step == "tell":
            self._end(reference, ring, recorded=False)

    def _look_for_late(self) -> None:
        """Lines that ended while they were recorded: whether there is a message."""
        for reference, ring in list(self._now.rings.items()):
            if ring.stage != "ended":
                continue
            first = self._looked.setdefault(reference, clock.running())
            if self._exchange.keeps(reference):
                self._end(reference, ring, recorded=True)
            elif clock.running() - first > LATE:
                self._end(reference, ring, recorded=False)

    def _end(self, reference: str, ring: Ring, *, recorded: bool) -> None:
        page = self._page + reference
        self._posts.append(ringing.ended(reference, ring, page, recorded=recorded))
        self._now.rings.pop(reference, None)
        self._looked.pop(reference, None)
        self._now.done = [*self._now.done, reference][-DONE:]


def _reference(line: str) -> str:
    """The same for a line always, and nobody finds another's by trying."""
    return references.spell(int(secrets.blind(line, "call"), 16) % 2**references.BITS)


def _whole(at: datetime) -> datetime:
    return at.replace(microsecond=0)
