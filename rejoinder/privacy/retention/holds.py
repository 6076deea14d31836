"""Legal holds: placed by somebody, on a ground, until a day; they suspend deletion and erasure."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rejoinder.plumbing import clock
from rejoinder.privacy.find import masked
from rejoinder.privacy.models import LedgerHead, LegalHold
from rejoinder.privacy.models.retention import GROUND_CAP
from rejoinder.privacy.retention import rules
from rejoinder.privacy.retention.rules import Hold
from rejoinder.privacy.vault import keys
from rejoinder.privacy.vault.keys import Person
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor


class CannotError(Exception):
    """Nothing was changed. The message is for whoever asked."""


class HeldError(Exception):
    """Nothing was deleted: a legal hold stands against it. The message says on what ground."""


def place(
    actor: Advisor, person: Person | None, ground: str, until: datetime, owner: Advisor
) -> LegalHold:
    """Hold what is kept of a person, or of everybody. Raises CannotError."""
    access.require(actor, access.PRIVACY)
    words = masked(" ".join(ground.split()), GROUND_CAP)
    if not words:
        raise CannotError(_("Write the ground: the case, or the order of a court."))
    if until <= clock.now():
        raise CannotError(_("A hold ends on a day to come; it can be placed anew."))
    with transaction.atomic():
        _alone()
        subject = keys.subjects([person])[person] if person else ""
        made = LegalHold.objects.create(
            subject=subject, ground=words, owner=owner, until=until, at=clock.now(), by=actor
        )
        audit.line(actor, "placed a legal hold", words, until=until.isoformat())
    return made


def end(hold: LegalHold, actor: Advisor) -> None:
    """It holds no longer; ending twice is written down once."""
    access.require(actor, access.PRIVACY)
    with transaction.atomic():
        mine = LegalHold.objects.filter(pk=hold.pk, ended_at=None)
        if mine.update(ended_at=clock.now(), ended_by=actor):
            audit.line(actor, "ended a legal hold", hold.ground)


def require_none(person: Person) -> None:
    """Raises HeldError when something stands against deleting what is kept of them."""
    now, subject = clock.now(), keys.find([person]).get(person, "")
    for row in current():
        if rules.held(subject, [_value(row)], now):
            raise HeldError(
                _("A legal hold stands against it until %(day)s: %(ground)s")
                % {"day": f"{timezone.localtime(row.last_moment):%Y-%m-%d}", "ground": row.ground}
            )


def of(people: Collection[Person]) -> set[Person]:
    """Those of these people who are held."""
    holds, now = [_value(row) for row in current()], clock.now()
    if not holds:
        return set()
    names = keys.find(people)
    return {one for one in people if rules.held(names.get(one, ""), holds, now)}


def subjects() -> set[str] | None:
    """The pseudonyms that are held; None when everybody is."""
    found = {row.subject for row in current()}
    return None if "" in found else found


def current() -> list[LegalHold]:
    """The holds in force, the one that ends first in front."""
    rows = LegalHold.objects.filter(ended_at=None, until__gt=clock.now())
    return list(rows.select_related("owner", "by").order_by("until", "pk"))


def _value(row: LegalHold) -> Hold:
    return Hold(row.subject, row.until, row.ended_at)


def _alone() -> None:
    """Nobody erases meanwhile: erasing holds the same row."""
    LedgerHead.objects.select_for_update().filter(pk=1).first()
