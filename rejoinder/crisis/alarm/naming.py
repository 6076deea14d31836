"""Looks through mentions for the places they name, a little behind triage."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from rejoinder.crisis.areas.find import find
from rejoinder.crisis.areas.gazetteer import LONGEST, Gazetteer, NoPlaceError, gazetteer
from rejoinder.crisis.models import Naming, Places
from rejoinder.crisis.refusals import CannotError
from rejoinder.listening.intake.since import first_since
from rejoinder.listening.models import Mention
from rejoinder.plumbing import clock, live
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor

BATCH = 2_000  # mentions
LEARNED_FROM = timedelta(days=28)  # looked through on a desk that never did
AGAIN = timedelta(days=1)  # looked through again with other places
LAG = timedelta(seconds=3)  # several triage processes may write out of order


def name() -> int:
    """Look through what was heard since; how many mentions. Several processes may call it."""
    row = places()
    begins = first_since(clock.now() - LEARNED_FROM) - 1 if row.heard is None else row.heard
    ends = first_since(clock.now() - LAG)
    heard = Mention.objects.filter(pk__gt=begins, pk__lt=ends).order_by("pk")
    batch = list(heard.values_list("pk", "text", "created_at", "ours")[:BATCH])
    if not batch:
        return 0
    theirs = [(pk, text, at) for pk, text, at, ours in batch if not ours]
    found = find([text for _pk, text, _at in theirs], known(row))
    rows = [
        Naming(mention_id=pk, area=each.area, place=each.place, at=at)
        for (pk, _text, at), names in zip(theirs, found, strict=True)
        for each in names
    ]
    with transaction.atomic():
        mine = Places.objects.filter(pk=row.pk, heard=row.heard).update(heard=batch[-1][0])
        if mine:
            Naming.objects.bulk_create(rows, batch_size=500)
    return len(batch) if mine else 0


def places() -> Places:
    """The one row."""
    return Places.objects.get_or_create(pk=1)[0]


def known(row: Places) -> Gazetteer:
    """The places as they stand."""
    return gazetteer(row.own, shipped=row.shipped)


def set_places(actor: Advisor, own: str, *, shipped: bool) -> None:
    """Know these from now on, and in what was heard in the last day. Raises CannotError."""
    access.require(actor, access.STEER)
    if len(own) > LONGEST:
        raise CannotError(_("These are too many places."))
    try:
        gazetteer(own, shipped=shipped)
    except NoPlaceError as error:
        words = _("“%(line)s” is no place. Write its names, an equals sign, and its area.")
        raise CannotError(words % {"line": error.line}) from None
    since = first_since(clock.now() - AGAIN) - 1
    with transaction.atomic():
        Places.objects.filter(pk=places().pk).update(own=own, shipped=shipped, heard=since)
        Naming.objects.filter(mention_id__gt=since).delete()
        audit.line(actor, "set the places", "", shipped=shipped, lines=len(own.splitlines()))
        live.changed(live.CRISIS)
