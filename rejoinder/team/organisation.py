"""The organisation itself: its name, clock and language, and whether its desk is set up."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings as django
from django.db import transaction
from django.utils.translation import gettext as _

from rejoinder.plumbing import clock
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor, Organisation

LONGEST = 200


class CannotChangeOrganisationError(Exception):
    """It cannot be so. The message says why."""


def standing() -> Organisation:
    """The one row; a desk that nobody opened has what is usual."""
    return Organisation.objects.first() or Organisation()


def change(actor: Advisor, *, name: str, time_zone: str, language: str) -> Organisation:
    """Raises CannotChangeOrganisationError with the reason."""
    access.require(actor, access.CONNECT)
    called = " ".join(name.split())[:LONGEST].strip()
    if not called:
        raise CannotChangeOrganisationError(_("Write the name that people know you by."))
    if language not in dict(django.LANGUAGES):
        raise CannotChangeOrganisationError(_("Choose one of the languages."))
    try:
        ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise CannotChangeOrganisationError(_("Choose one of the time zones.")) from None
    with transaction.atomic():
        row = Organisation.objects.select_for_update().first() or Organisation(pk=1)
        row.name, row.time_zone, row.language = called, time_zone, language
        row.save()
        audit.line(actor, "changed the organisation", called, zone=time_zone, language=language)
    return row


def compare_advisors(actor: Advisor, *, agreed: str) -> None:
    """Let reports compare colleagues, as was `agreed` with those who speak for them (a works
    council); in no words: compare them no more. Raises CannotChangeOrganisationError.
    """
    access.require(actor, access.CONNECT)
    words = " ".join(agreed.split())
    if len(words) > LONGEST:
        raise CannotChangeOrganisationError(_("Write the agreement in one line."))
    with transaction.atomic():
        row = Organisation.objects.select_for_update().first() or Organisation(pk=1)
        row.compares_advisors = bool(words)
        row.save()
        if words:
            audit.line(actor, "let reports compare colleagues", words)
        else:
            audit.line(actor, "let reports compare colleagues no more", "organisation")


def finish(actor: Advisor) -> None:
    """The desk is set up: nobody is led through it any more."""
    access.require(actor, access.CONNECT)
    with transaction.atomic():
        open_ = Organisation.objects.filter(set_up_at=None)
        if open_.update(set_up_at=clock.now()):
            audit.line(actor, "finished setting up", "organisation")
