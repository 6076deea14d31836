"""Asks the other system what is due: each row claimed, asked, settled, or tried again.

A ticket is made at most once: whoever dies over making one, or hears no answer, leaves it unsure,
for a person to look.
"""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from rejoinder.desk.models import Ticket
from rejoinder.desk.tickets import asking, contract, rules, systems
from rejoinder.desk.tickets.rules import State, Want
from rejoinder.plumbing import clock, live
from rejoinder.plumbing.secrets import CannotUnsealError
from rejoinder.team import audit
from rejoinder.team.notify.rules import next_try

AT_ONCE = 20
CLAIMED = timedelta(minutes=2)  # whoever dies over one leaves it for so long


def run() -> int:
    """What is due now; how many were settled."""
    due = Ticket.objects.filter(due_at__lte=clock.now()).select_related("conversation", "system")
    return sum(_settle(row) for row in due.order_by("due_at", "id")[:AT_ONCE])


def _settle(row: Ticket) -> int:
    if row.state == State.SENDING:  # its process died on the way
        return _put(row, state=State.UNSURE, want="", due_at=None, words=_unsure(""))
    if row.system.ended_at is not None:
        words = _("The ticket system was disconnected.")
        return _put(row, state=_stays(row), want="", due_at=None, text="", words=words)
    return _ask(row) if _claim(row) else 0  # another process has it


def _claim(row: Ticket) -> bool:
    until = clock.now() + CLAIMED
    making = row.want == Want.CREATE
    mine = Ticket.objects.filter(pk=row.pk, due_at=row.due_at, want=row.want, state=row.state)
    state = State.SENDING if making else State(row.state)
    if not mine.update(due_at=until, state=state, attempts=row.attempts + 1):
        return False
    row.due_at, row.attempts, row.state = until, row.attempts + 1, state
    return True


def _ask(row: Ticket) -> int:
    try:
        return _found(row, _asked(row))
    except contract.UnsureError as error:
        return _put(row, state=State.UNSURE, want="", due_at=None, words=_unsure(str(error)))
    except (contract.RefusedError, CannotUnsealError) as error:
        return _put(row, state=_stays(row), want="", due_at=None, words=str(error)[:300])
    except contract.LaterError as error:
        return _later(row, str(error))


def _asked(row: Ticket) -> contract.Found:
    system = systems.opened(row.system)
    if row.want == Want.CREATE:
        return system.create(row.title, f"{row.text}\n\n{asking.address(row.conversation)}")
    if row.want == Want.CLOSE:
        return system.close(row.number, row.text)
    return system.look(row.number)


def _found(row: Ticket, found: contract.Found) -> int:
    now = clock.now()
    look = rules.next_look(row.made_at, now, closed=found.closed)
    news = (row.number, row.there, row.state) != (found.number, found.there, _standing(found))
    done = _put(
        row,
        state=_standing(found),
        number=found.number,
        url=found.url[:600],
        there=found.there,
        looked_at=now,
        want=Want.LOOK if look else "",
        due_at=look,
        attempts=0,
        text="",
        words="",
        tell=news,
    )
    if done and row.want == Want.CREATE:
        audit.line(None, "a ticket was made about", row.conversation.public_id, ticket=found.number)
    return done


def _later(row: Ticket, words: str) -> int:
    again = next_try(row.attempts, clock.now())
    if again is None:
        return _put(row, state=_stays(row), want="", due_at=None, words=words[:300])
    state = State.ASKED if row.want == Want.CREATE else State(row.state)
    _put(row, state=state, due_at=again, words=words[:300])
    return 0


def _stays(row: Ticket) -> State:
    """Of one whose system does not do what was asked: one that is known there stays as it was."""
    known = row.state in (State.OPEN, State.CLOSED)
    return State(row.state) if known else State.FAILED


def _standing(found: contract.Found) -> State:
    return State.CLOSED if found.closed else State.OPEN


def _put(row: Ticket, *, tell: bool = True, **values: Any) -> int:
    """Unless somebody asked for something else meanwhile: then that is done next."""
    mine = Ticket.objects.filter(pk=row.pk, due_at=row.due_at, want=row.want)
    done = mine.update(**values)
    if done and tell:
        live.changed(live.conversation(row.conversation.public_id))
    return done


def _unsure(words: str) -> str:
    more = _("It may have been made there. Look, then link its number, or make it again.")
    return f"{words} {more}".strip()[:300]
