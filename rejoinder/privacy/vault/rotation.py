"""A new master key while the desk runs: what an older one sealed is sealed anew, bit by bit.

Put the new key before the old one where the master key is kept; every process then opens with
both and seals with the new one. Once `left` is 0 the old one may go.
"""

from django.db import transaction

from rejoinder.privacy.models import PersonKey
from rejoinder.privacy.vault import cipher, keys

AT_ONCE = 500


def left() -> int:
    """How many keys of people an older master key still seals."""
    return PersonKey.objects.exclude(master=_newest()).count()


def turn() -> int:
    """Seal some of them under the newest master key; how many."""
    master = keys.masters()[0]
    with transaction.atomic():
        rows = list(
            PersonKey.objects.select_for_update().exclude(master=_newest()).order_by("pk")[:AT_ONCE]
        )
        for row in rows:
            key = keys.unwrap(row.subject, bytes(row.wrapped))
            row.wrapped, row.master = cipher.seal(key, master, row.subject), _newest()
        PersonKey.objects.bulk_update(rows, ["wrapped", "master"])
    return len(rows)


def _newest() -> str:
    return keys.label(keys.masters()[0])
