"""Group commit: what many threads want written at the same time is written at once."""

from collections.abc import Callable, Sequence
from threading import Lock
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Given = TypeVar("Given")


class _Ticket(Generic[Asked, Given]):
    """What one thread asked for, and what came of it. `woken` is free once it may go on."""

    def __init__(self, asked: Sequence[Asked]) -> None:
        self.asked = asked
        self.given: Sequence[Given] | None = None
        self.error: BaseException | None = None
        self.woken = Lock()
        self.woken.acquire()


class Group(Generic[Asked, Given]):
    """One writer at a time; while it writes, the others gather and the next takes them all.

    Whoever leads wakes each of those it wrote for, and the first of those that gathered meanwhile
    to lead next: with one lock for all, threads that have their answer stand in line with those
    that want to write, and the groups become small.
    """

    def __init__(self, write: Callable[[Sequence[Asked]], Sequence[Given]]) -> None:
        """`write` gives one answer for each thing asked, in order, or fails for all of them."""
        self._write = write
        self._gathering = Lock()
        self._waiting: list[_Ticket[Asked, Given]] = []
        self._led = False

    def submit(self, asked: Sequence[Asked]) -> Sequence[Given]:
        """The answers, when they are written; raises what `write` raised."""
        ticket: _Ticket[Asked, Given] = _Ticket(asked)
        with self._gathering:
            self._waiting.append(ticket)
            leads, self._led = not self._led, True
        if not leads:
            ticket.woken.acquire()
        if ticket.given is None and ticket.error is None:
            self._lead(ticket)
        if ticket.error is not None:
            raise ticket.error
        assert ticket.given is not None  # noqa: S101  # whoever led has given or failed
        return ticket.given

    def _lead(self, own: _Ticket[Asked, Given]) -> None:
        with self._gathering:
            tickets, self._waiting = self._waiting, []
        try:
            given = list(self._write([one for ticket in tickets for one in ticket.asked]))
            for ticket in tickets:
                ticket.given, given = given[: len(ticket.asked)], given[len(ticket.asked) :]
        except BaseException as error:
            for ticket in tickets:
                ticket.error = error
            raise
        finally:
            self._pass_on([ticket for ticket in tickets if ticket is not own])

    def _pass_on(self, done: Sequence[_Ticket[Asked, Given]]) -> None:
        for ticket in done:
            ticket.woken.release()
        with self._gathering:
            self._led = bool(self._waiting)
            following = self._waiting[0] if self._waiting else None
        if following is not None:
            following.woken.release()
