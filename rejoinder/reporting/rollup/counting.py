"""Keeping the blocks as mentions come and change.

Nobody is waited for: rows are read outside a transaction, and what was made of them is written only
if nobody counted the block meanwhile. The note that a block is stale goes with it, and only the
notes that were there before the rows were read.
"""

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F

from rejoinder.listening.models import Mention
from rejoinder.plumbing.models import Offset
from rejoinder.reporting.models import Block, ChangedDay, Stale
from rejoinder.reporting.rollup.blocks import as_columns, as_row, counted
from rejoinder.reporting.rollup.changes import Found, Now, changed
from rejoinder.reporting.rollup.columns import NAMES, Columns
from rejoinder.reporting.rollup.days import day_of
from rejoinder.reporting.zone import today, zone

EVERY = 5.0  # seconds
READER = "rollup"
MOST = 100  # blocks in a round: a second or two


def run() -> int:
    """A round of the worker; 0, as it comes round too often to be told of."""
    keep()
    return 0


def keep(most: int = MOST) -> bool:
    """Count what came and what changed, the oldest first; whether everything is counted."""
    seen = Offset.objects.get_or_create(reader=READER)[0].value
    newest = Mention.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    notes: dict[int, list[int]] = {}
    for pk, block in Stale.objects.order_by("pk").values_list("pk", "block"):
        notes.setdefault(block, []).append(pk)
    after = range((seen + 1) // Block.SIZE, newest // Block.SIZE + 1) if newest > seen else ()
    wanted = sorted({*after, *notes})
    for number in wanted[:most]:
        upto = min(newest, (number + 1) * Block.SIZE - 1)
        if not _count(number, notes.get(number, ()), seen, upto):
            return False  # another process is at it
    return len(wanted) <= most


def _count(number: int, notes: Sequence[int], seen: int, upto: int) -> bool:
    """One block, of which all up to the number `upto` may count; whether it was ours to count."""
    before = Block.objects.filter(pk=number).first()
    found, heard = counted(number * Block.SIZE)
    here = zone()
    now = Now(found, day_of(found["at"], here), day_of(heard, here), today().toordinal(), seen)
    was = as_columns(vars(before), NAMES) if before else found.where(found["at"] < 0)
    told = changed(was, day_of(was["at"], here), now)
    with transaction.atomic():
        if not _written(number, before, found):
            return False
        _tell(told)
        Stale.objects.filter(pk__in=notes).delete()
        # The blocks come in their order, so that an end in between leaves nothing out.
        Offset.objects.filter(reader=READER, value__lt=upto).update(value=upto)
    return True


def _written(number: int, before: Block | None, found: Columns) -> bool:
    """Whether nobody else counted it since `before` was read."""
    row = as_row(found)
    if before is not None:
        rows = Block.objects.filter(pk=number, version=before.version)
        return bool(rows.update(**row, version=F("version") + 1))
    try:
        with transaction.atomic():
            Block.objects.create(pk=number, **row)
    except IntegrityError:
        return False
    return True


def _tell(found: Found) -> None:
    for (day, on, how), many in found.items():
        row, _new = ChangedDay.objects.get_or_create(
            day=date.fromordinal(day), on=date.fromordinal(on)
        )
        ChangedDay.objects.filter(pk=row.pk).update(**{how: F(how) + many})
