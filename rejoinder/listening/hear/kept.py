"""What the desk keeps of an account, in pieces: for channels that ask whether it still stands."""

from django.db.models import Max, Q

from rejoinder.channels.contract import Kept, KeptPage
from rejoinder.channels.models import Account
from rejoinder.listening.models import Mention

PIECE = 50_000  # numbers, and so at most as many mentions


def piece(account: Account, after: int) -> KeptPage:
    """Those with the next numbers, and what came from archives, of which no account is known.

    Reads one stretch of rows by their numbers, however many there are.
    """
    newest = Mention.objects.aggregate(newest=Max("id"))["newest"] or 0
    through = min(after + PIECE, newest)
    if through <= after:
        return KeptPage((), after)
    ours = Q(account=account) | Q(account=None)
    rows = Mention.objects.filter(
        ours, channel=account.channel, id__gt=after, id__lte=through, deleted_at=None
    )
    found = rows.order_by("id").values_list("external_id", "ref").iterator(5000)
    return KeptPage(tuple(Kept(name, ref) for name, ref in found), through)
