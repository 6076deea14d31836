"""What the sender asks before anything leaves: is planned posting paused, is the account locked.

Whoever pauses or locks takes the rows of the accounts first, and so does each claim: when a pause
has been written down, everything that left before it is known to be leaving.
"""

from rejoinder.channels.models import Account
from rejoinder.outbox.models import Leaving, Lock, Pause


def hold(*accounts: Account) -> None:
    """Wait for every claim and every stop under way on these. Call it first in a transaction."""
    rows = Account.objects.filter(id__in=[account.pk for account in accounts]).order_by("id")
    # No key: rows that name an account may be written meanwhile.
    list(rows.select_for_update(no_key=True).values_list("id"))


def paused() -> Pause | None:
    """The pause of planned posts that is in force."""
    return Pause.objects.filter(resumed_at=None).select_related("advisor").first()


def locked(account: Account) -> Lock | None:
    """The lock on an account that is in force."""
    return Lock.objects.filter(account=account, unlocked_at=None).select_related("advisor").first()


def stopped(row: Leaving) -> bool:
    """Whether this must not leave now. Call it with the account held."""
    if Lock.objects.filter(account=row.account_id, unlocked_at=None).exists():
        return True
    return row.planned and Pause.objects.filter(resumed_at=None).exists()
