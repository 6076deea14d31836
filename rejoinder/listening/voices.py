"""Recordings: fetched from where they were made, sealed, deleted there, and destroyed in time.

What is not sealed yet is not deleted there: ended between the two, it is only deleted the next
time. Where the other end is away or the disk is full, the next round tries again. What an erased
person left goes there too.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import DatabaseError, transaction

from rejoinder.channels import registry
from rejoinder.channels.contract import Channel, TroubleError
from rejoinder.channels.models import Account
from rejoinder.channels.open import open_account
from rejoinder.listening.models import LeftThere, Mention
from rejoinder.plumbing import clock, fault, live
from rejoinder.privacy import rights, voices

EVERY = 5.0  # seconds between two looks for new recordings
END_EVERY = 600.0  # seconds between two looks for those that had their time
_AT_ONCE = 500

_log = logging.getLogger(__name__)


class Fetcher:
    """Fetches from every connected account that has recordings; says each trouble once."""

    def __init__(self) -> None:
        self._told: dict[int, str] = {}

    def run(self) -> int:
        """One round; how many were sealed."""
        return sum(self._account(account) for account in _accounts())

    def _account(self, account: Account) -> int:
        try:
            channel = open_account(account)
            try:
                done = _fetch(account, channel)
            finally:
                channel.close()
        except (TroubleError, DatabaseError) as trouble:
            words = f"{account.handle}: recordings stay where they are for now: {trouble}"
            if self._told.get(account.pk) != words:
                _log.warning("%s", words)
            self._told[account.pk] = words
            return 0
        self._told.pop(account.pk, None)
        return done


def end_due() -> int:
    """Destroy those that had their time; how many."""
    days = {row.pk: _days(row) for row in Account.objects.filter(channel__in=_channels())}
    due, items, now = [], voices.all_kept(), clock.now()
    for start in range(0, len(items), _AT_ONCE):
        some = items[start : start + _AT_ONCE]
        names = [item.partition(" ")[2] for item in some]
        rows = Mention.objects.filter(channel__in=_channels(), external_id__in=names)
        due += [
            voices.item(row)
            for row in rows.only("channel", "external_id", "account_id", "created_at")
            if row.account_id in days and over(row.created_at, days[row.account_id], now)
        ]
    if due:
        voices.destroy(due)
        rights.tidy()
    return len(due)


def over(at: datetime, days: int, now: datetime) -> bool:
    """Whether a call of then had its time."""
    return at + timedelta(days=days) <= now


def ends(row: Mention) -> datetime | None:
    """Until when the recording of a call is kept; None where nobody knows."""
    account = row.account
    return row.created_at + timedelta(days=_days(account)) if account else None


def has(row: Mention) -> bool:
    """Whether a recording belongs to this post, wherever it is."""
    spoken = any(item.get("kind") == "audio" for item in row.media)
    return row.channel in _channels() and spoken and row.deleted_at is None


def _fetch(account: Account, channel: Channel) -> int:
    there, now = sorted(channel.voices()), clock.now()
    _forget_the_erased(account, there, channel)
    done = 0
    for start in range(0, len(there), _AT_ONCE):
        for row in _heard(account, there[start : start + _AT_ONCE]):
            if not over(row.created_at, _days(account), now) and not voices.kept(
                [voices.item(row)]
            ):
                sound = channel.voice(row.external_id)
                if sound is None:
                    continue
                done += _seal(row, sound)
                fault.step("voices.sealed")
            channel.forget_voice(row.external_id)
    return done


def _forget_the_erased(account: Account, there: Sequence[str], channel: Channel) -> None:
    """Whoever was erased left no recording here; none stays there either."""
    for row in LeftThere.objects.filter(account=account):
        if row.external_id in there:
            channel.forget_voice(row.external_id)
        row.delete()


def _heard(account: Account, names: Sequence[str]) -> list[Mention]:
    """Those of these calls that are over and kept here; others come once they are."""
    rows = Mention.objects.filter(channel=account.channel, external_id__in=names)
    return [row for row in rows.filter(account=account) if has(row)]


def _seal(row: Mention, sound: bytes) -> bool:
    with transaction.atomic():
        # Read again: whoever was erased meanwhile is not called so any more.
        now = Mention.objects.select_for_update().filter(
            pk=row.pk, external_id=row.external_id, deleted_at=None
        )
        found = now.first()
        if found is None:
            return False
        voices.seal(found, found.person.external_id, sound)
        if found.conversation:
            live.changed(live.conversation(found.conversation.public_id))
    return True


def _accounts() -> list[Account]:
    rows = Account.objects.filter(disconnected_at=None, channel__in=_channels())
    return list(rows.order_by("pk"))


def _channels() -> list[str]:
    return [name for name, channel in registry.channels().items() if channel.voices_kept]


def _days(account: Account) -> int:
    return registry.channel(account.channel).voice_days(account.settings)
