"""The reasons for closing that are offered: a short list that leads keep."""

from django.db import transaction
from django.utils.translation import gettext as _

from rejoinder.desk.models import CloseReason
from rejoinder.desk.refusals import CannotError
from rejoinder.plumbing import clock
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor

LONGEST = 60
MOST = 20  # a list that has to be read is no help


def may_keep(actor: Advisor) -> bool:
    """Whoever steers."""
    return access.may(actor, access.STEER)


def listed() -> list[CloseReason]:
    """All of them, as they were added; none while the desk offers its own."""
    return list(CloseReason.objects.order_by("id"))


def keep(actor: Advisor, name: str) -> CloseReason:
    """Offer another. Raises CannotError with the reason."""
    access.require(actor, access.STEER)
    called = " ".join(name.split())[:LONGEST]
    if not called:
        raise CannotError(_("Write the reason in a few words."))
    if CloseReason.objects.count() >= MOST:
        raise CannotError(_("The list is long enough. Remove one first."))
    with transaction.atomic():
        values = {"made_by": actor, "made_at": clock.now()}
        kept, made = CloseReason.objects.get_or_create(name=called, defaults=values)
        if made:
            audit.line(actor, "offered a reason for closing", called)
    return kept


def remove(actor: Advisor, row: CloseReason) -> None:
    """Offer it no more; what was closed with it stays as it is."""
    access.require(actor, access.STEER)
    with transaction.atomic():
        audit.line(actor, "took back a reason for closing", row.name)
        row.delete()
