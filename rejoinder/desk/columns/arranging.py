"""Making sets of columns and arranging them; what is shared is copied, never changed by others."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from rejoinder.desk.columns import rules
from rejoinder.desk.columns.rules import MOST, OF_ONE, Kind, Width
from rejoinder.desk.models import Column, ColumnSet
from rejoinder.desk.refusals import CannotError
from rejoinder.plumbing import clock
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor

SETS = 20  # of one person
NAME = 60


def sets(actor: Advisor) -> list[ColumnSet]:
    """One's own, then what colleagues share."""
    access.require(actor, access.READ)
    rows = ColumnSet.objects.filter(Q(owner=actor) | Q(shared=True, owner__is_active=True))
    found = list(rows.select_related("owner").order_by("name", "id"))
    return sorted(found, key=lambda row: row.owner_id != actor.pk)


def first(actor: Advisor) -> ColumnSet:
    """The one somebody begins with, made when they have none of their own."""
    access.require(actor, access.READ)
    own = ColumnSet.objects.filter(owner=actor).order_by("id").first()
    return own or make(actor, _("My columns"), [(kind, "") for kind in rules.USUAL])


def make(actor: Advisor, name: str, columns: list[tuple[Kind, str]]) -> ColumnSet:
    """A new set. Raises CannotError without a name, and when there are too many."""
    access.require(actor, access.READ)
    called = _named(name)
    with transaction.atomic():
        if ColumnSet.objects.filter(owner=actor).count() >= SETS:
            raise CannotError(_("You have %(n)s sets already. Remove one first.") % {"n": SETS})
        made = ColumnSet.objects.create(owner=actor, name=called, made_at=clock.now())
        Column.objects.bulk_create(
            Column(of=made, kind=kind, value=value, width=Width.USUAL, place=place)
            for place, (kind, value) in enumerate(columns[:MOST])
        )
        audit.line(actor, "made a set of columns", called)
    return made


def copy(actor: Advisor, row: ColumnSet) -> ColumnSet:
    """What a colleague shares, as one's own to change."""
    if not row.shared and row.owner_id != actor.pk:
        raise CannotError(_("This set is not shared any more."))
    with transaction.atomic():
        made = make(actor, row.name, [])
        Column.objects.bulk_create(
            Column(
                of=made,
                kind=each.kind,
                value=each.value,
                words=each.words,
                muted=each.muted,
                width=each.width,
                place=each.place,
            )
            for each in row.column_set.order_by("place", "id")
        )
    return made


def share(actor: Advisor, row: ColumnSet, *, shared: bool) -> None:
    """Let colleagues see it, or no more."""
    _own(actor, row)
    row.shared = shared
    with transaction.atomic():
        if ColumnSet.objects.filter(pk=row.pk).exclude(shared=shared).update(shared=shared):
            if shared:
                audit.line(actor, "shared a set of columns", row.name)
            else:
                audit.line(actor, "stopped sharing a set of columns", row.name)


def rename(actor: Advisor, row: ColumnSet, name: str) -> None:
    """Another name."""
    _own(actor, row)
    ColumnSet.objects.filter(pk=row.pk).update(name=_named(name))


def remove(actor: Advisor, row: ColumnSet) -> None:
    """Away with it; what stood in it stays where it is."""
    _own(actor, row)
    with transaction.atomic():
        audit.line(actor, "removed a set of columns", row.name)
        row.delete()


def add(actor: Advisor, row: ColumnSet, kind: str, value: str) -> Column:
    """One more, at the end. Raises CannotError when it is none, or when there are too many."""
    _own(actor, row)
    if kind not in list(Kind) or (kind in OF_ONE) != bool(value.strip()):
        raise CannotError(_("Choose what the column lists."))
    with transaction.atomic():
        places = list(_locked(row).column_set.values_list("place", flat=True))
        if len(places) >= MOST:
            raise CannotError(_("%(n)s columns are the most. Take one away first.") % {"n": MOST})
        return Column.objects.create(
            of=row,
            kind=kind,
            value=value.strip()[:200],
            width=Width.USUAL,
            place=max(places, default=-1) + 1,
        )


def change(actor: Advisor, column: Column, *, words: str, muted: str, width: str) -> None:
    """Its filter, what it mutes, and its width."""
    _own(actor, column.of)
    Column.objects.filter(pk=column.pk).update(
        words="\n".join(rules.listed(words))[:400],
        muted="\n".join(rules.listed(muted))[:400],
        width=width if width in list(Width) else column.width,
    )


def move(actor: Advisor, column: Column, to: int) -> None:
    """To another place among its neighbours."""
    _own(actor, column.of)
    with transaction.atomic():
        rows = list(_locked(column.of).column_set.order_by("place", "id"))
        order = rules.moved([row.pk for row in rows], column.pk, to)
        places = {number: place for place, number in enumerate(order)}
        for each in rows:
            each.place = places[each.pk]
        Column.objects.bulk_update(rows, ["place"])


def take_away(actor: Advisor, column: Column) -> None:
    """The column goes; nothing in it does."""
    _own(actor, column.of)
    column.delete()


def _own(actor: Advisor, row: ColumnSet) -> None:
    access.require(actor, access.READ)
    if row.owner_id != actor.pk:
        raise CannotError(_("This set is somebody else’s. Copy it, then change yours."))


def _locked(row: ColumnSet) -> ColumnSet:
    return ColumnSet.objects.select_for_update().get(pk=row.pk)


def _named(name: str) -> str:
    called = " ".join(name.split())[:NAME]
    if not called:
        raise CannotError(_("Give it a name."))
    return called
