"""Does what calls need, one look after the other; one process at a time does it for all.

Ended at any step, the next one goes on from what it sees at the exchange. Whose telephone was to
ring and is not seen to is not rung again.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from threading import Event

from django.db import transaction

from rejoinder.channels.contract import TroubleError
from rejoinder.channels.models import Account
from rejoinder.channels.open import unsealed
from rejoinder.channels.phone import ringing
from rejoinder.channels.phone.dialling import Dialling, Leg
from rejoinder.channels.phone.numbers import NotDialledError
from rejoinder.desk.calling import rules
from rejoinder.desk.calling.rules import Going, Outcome, Seen, Stage, Step
from rejoinder.desk.models import Dialled
from rejoinder.plumbing import clock, fault, live, work
from rejoinder.plumbing.http import network
from rejoinder.plumbing.lease import Lease
from rejoinder.privacy import contacts
from rejoinder.privacy.vault import NotOpenedError
from rejoinder.team import audit
from rejoinder.team.access import NotAllowedError

EVERY = 0.5  # seconds between two looks
_LOG = logging.getLogger(__name__)


class Dialer:
    """One process that dials. Others wait until it ends."""

    def __init__(self, opened: Callable[[Account], Dialling] | None = None) -> None:
        self._lease = Lease("calls")
        self._opened = opened or (lambda account: Dialling(unsealed(account), network()))
        self._exchanges: dict[int, Dialling] = {}
        self._joined: set[int] = set()
        self._away: set[int] = set()  # accounts whose exchange does not answer
        self._missed: dict[int, datetime] = {}  # since when a line of theirs is not seen, by call

    def run(self) -> int:
        """One look at every call that goes on; how many of them ended."""
        rows = list(_going_on())
        if not rows:
            self.close()
            return 0
        if not self._lease.held():
            return 0
        for account in {row.account_id: row.account for row in rows}.values():
            self._look([row for row in rows if row.account_id == account.pk], account)
        return sum(row.ended_at is not None for row in rows)

    def follow(self, stop: Event) -> None:
        """Look until stopped; then let another process go on at once."""
        work.run([work.Job("Calls that ended", EVERY, self.run)], stop)
        self.close()

    def close(self) -> None:
        """Nothing is going on: let go of the exchanges."""
        for exchange in self._exchanges.values():
            exchange.close()
        if self._exchanges:
            self._lease.release()
        self._exchanges, self._joined, self._away, self._missed = {}, set(), set(), {}

    def _look(self, rows: list[Dialled], account: Account) -> None:
        try:
            if account.pk not in self._exchanges:
                self._exchanges[account.pk] = self._opened(account)
            exchange = self._exchanges[account.pk]
            lines = exchange.look()
        except TroubleError as trouble:
            self._is_away(rows, account, trouble)
            return
        self._away.discard(account.pk)
        for row in rows:
            try:
                self._step(row, exchange, lines)
            except TroubleError as trouble:
                _LOG.warning("%s: a call waits: %s", account.handle, trouble)

    def _is_away(self, rows: list[Dialled], account: Account, trouble: TroubleError) -> None:
        """What may have lines there waits until they can be ended; who talks goes on talking."""
        if account.pk not in self._away:
            self._away.add(account.pk)
            _LOG.warning("%s: calls cannot be followed: %s", account.handle, trouble)
        for row in rows:
            waits = rules.THEY_RING if row.stage == Stage.ASKED else rules.LONGEST
            if clock.now() - row.since > waits:
                _write(row, _over(row, Outcome.TROUBLE))

    def _step(self, row: Dialled, exchange: Dialling, lines: dict[str, Leg]) -> None:
        desk, them = _line(row, "desk"), _line(row, "them")
        before = _going(row)
        seen = self._seen(row, exchange, lines.get(desk, "none"), lines.get(them, "none"))
        after, step = rules.step(before, seen, clock.now())
        if step == Step.HANG_UP:
            exchange.hang_up(desk, them)
            exchange.part(_line(row, "both"))
        elif step == Step.RING_DESK and not exchange.ring_desk(desk, row.advisor.extension):
            after = _over(row, Outcome.NOBODY_HERE)
        elif step == Step.JOIN:
            self._join(row, exchange, desk, them)
        if after != before:
            _write(row, after)
        if step == Step.RING_THEM:
            fault.step("call.ringing")
            self._ring_them(row, exchange, desk, them)

    def _seen(self, row: Dialled, exchange: Dialling, desk: Leg, them: Leg) -> Seen:
        if them != "none" or row.stage != Stage.THEM:
            self._missed.pop(row.pk, None)
            return Seen(desk, them)
        first = self._missed.setdefault(row.pk, clock.now())
        return Seen(desk, them, exchange.cause(_line(row, "them")), clock.now() - first)

    def _join(self, row: Dialled, exchange: Dialling, desk: str, them: str) -> None:
        if row.pk not in self._joined and exchange.join(_line(row, "both"), desk, them):
            self._joined.add(row.pk)

    def _ring_them(self, row: Dialled, exchange: Dialling, desk: str, them: str) -> None:
        """The row says that they are rung; from here on it happens once or not at all."""
        person = row.conversation.person
        whose = contacts.Whose(person.channel, person.external_id, "phone")
        outcome = Outcome.UNREACHABLE
        try:
            told = contacts.open_contact(whose, "callback", row.advisor, row.why)
            if told and exchange.ring_out(them, told):
                with suppress(TroubleError):  # it rings, whether the advisor hears it or not
                    exchange.sound_ringing(desk)
                return
        except NotDialledError:
            outcome = Outcome.BY_HAND
        except (NotOpenedError, NotAllowedError) as no:
            _LOG.warning("%s: a call ended: %s", row.account.handle, no)
            outcome = Outcome.TROUBLE
        # Where the exchange gives no answer it may ring all the same: the next look will tell.
        exchange.hang_up(desk, them)
        _write(row, _over(row, outcome))


def _going_on() -> "list[Dialled]":
    rows = Dialled.objects.filter(ended_at=None).order_by("pk")
    return list(rows.select_related("advisor", "account", "conversation__person"))


def _line(row: Dialled, which: str) -> str:
    return f"{ringing.PREFIX}{row.public_id}-{which}"


def _going(row: Dialled) -> Going:
    return Going(Stage(row.stage), row.since, giving_up=row.giving_up)


def _over(row: Dialled, outcome: Outcome) -> Going:
    return Going(Stage.ENDED, clock.now(), outcome, giving_up=row.giving_up)


def _write(row: Dialled, after: Going) -> None:
    """The next stage, told to open pages and, at its end, to the audit log."""
    at: dict[str, datetime] = {}
    if after.stage == Stage.THEM:
        at["rung_at"] = after.since
    if after.stage == Stage.TALKING:
        at["answered_at"] = after.since
    if after.stage == Stage.ENDED:
        at["ended_at"] = after.since
    outcome = str(after.outcome or "")
    with transaction.atomic():
        rows = Dialled.objects.filter(pk=row.pk, ended_at=None)
        if not rows.update(stage=after.stage, since=after.since, outcome=outcome, **at):
            return
        live.changed(live.conversation(row.conversation.public_id))
        if after.stage == Stage.ENDED:
            about = row.conversation.public_id
            audit.line(row.advisor, "called", about, outcome=outcome, call=row.pk)
    row.refresh_from_db()
