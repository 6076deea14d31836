"""Group commit: what many threads want written at the same time is written at once."""

from collections.abc import Callable, Sequence
from threading import Lock
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Given = TypeVar("Given")


class _Ticket(Generic[Asked, Given]):
    """What one thread asked for, and what came of it."""

    def __init__(self, asked: Sequence[Asked]) -> None:
        self.asked = asked
        self.given: Sequence[Given] | None = None
        self.error: BaseException | None = None


class Group(Generic[Asked, Given]):
    """One writer at a time; while it writes, the others gather and the next takes them all."""

    def __init__(self, write: Callable[[Sequence[Asked]], Sequence[Given]]) -> None:
        """`write` gives one answer for each thing asked, in order, or fails for all of them."""
        self._write = write
        self._gathering, self._writing = Lock(), Lock()
        self._waiting: list[_Ticket[Asked, Given]] = []

    def submit(self, asked: Sequence[Asked]) -> Sequence[Given]:
        """The answers, when they are written; raises what `write` raised."""
        ticket: _Ticket[Asked, Given] = _Ticket(asked)
        with self._gathering:
            self._waiting.append(ticket)
        with self._writing:
            if ticket.given is None and ticket.error is None:
                self._lead()
        if ticket.error is not None:
            raise ticket.error
        assert ticket.given is not None  # noqa: S101  # whoever led has given or failed
        return ticket.given

    def _lead(self) -> None:
        with self._gathering:
            tickets, self._waiting = self._waiting, []
        try:
            given = list(self._write([one for ticket in tickets for one in ticket.asked]))
        except BaseException as error:
            for ticket in tickets:
                ticket.error = error
            raise
        for ticket in tickets:
            ticket.given, given = given[: len(ticket.asked)], given[len(ticket.asked) :]
