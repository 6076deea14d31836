"""Keeping areas and experts."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from rejoinder.desk.models import BusinessArea, Expert, ReferralLink
from rejoinder.desk.refusals import CannotError
from rejoinder.listening.models import Conversation, Mention
from rejoinder.listening.read.words import INTENTS
from rejoinder.plumbing import clock
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor


def may_keep(actor: Advisor) -> bool:
    """Whoever steers."""
    return access.may(actor, access.STEER)


def kept() -> QuerySet[BusinessArea]:
    """Every area that stands, by name; its experts are `area.experts.all()`."""
    there = Expert.objects.filter(ended_at=None).order_by("name", "id")
    rows = BusinessArea.objects.filter(ended_at=None).order_by("name")
    return rows.select_related("changed_by").prefetch_related(Prefetch("experts", there))


def to_ask() -> list[BusinessArea]:
    """Those in which somebody can be asked."""
    return [each for each in kept() if each.experts.all()]


def proposed(conversation: Conversation, among: Sequence[BusinessArea]) -> BusinessArea | None:
    """The first area for what the conversation was last read to be about."""
    rows = Mention.objects.filter(conversation=conversation, ours=False, deleted_at=None)
    intent = rows.order_by("-created_at", "-id").values_list("intent", flat=True).first()
    return next((each for each in among if intent in each.intents), None)


def keep(
    actor: Advisor, name: str, intents: Sequence[str] = (), row: BusinessArea | None = None
) -> BusinessArea:
    """A new area, or an old one anew; one that ended comes back. Raises CannotError."""
    access.require(actor, access.STEER)
    called = " ".join(name.split())[:60]
    if not called:
        raise CannotError(_("An area needs a name, such as Billing."))
    same = BusinessArea.objects.filter(name=called).exclude(pk=row.pk if row else 0).first()
    if same is not None and (row is not None or same.ended_at is None):
        raise CannotError(_("There is an area “%(name)s” already.") % {"name": called})
    kept_row = row or same or BusinessArea()
    kept_row.name, kept_row.intents = called, [each for each in INTENTS if each in intents]
    kept_row.changed_by, kept_row.changed_at, kept_row.ended_at = actor, clock.now(), None
    with transaction.atomic():
        kept_row.save()
        audit.line(actor, "wrote the area", called)
    return kept_row


def end(actor: Advisor, area: BusinessArea) -> None:
    """Nobody is asked there any more; what is asked already goes on."""
    access.require(actor, access.STEER)
    with transaction.atomic():
        BusinessArea.objects.filter(pk=area.pk, ended_at=None).update(ended_at=clock.now())
        audit.line(actor, "ended the area", area.name)


def add_expert(actor: Advisor, area: BusinessArea, name: str, email: str, language: str) -> Expert:
    """Somebody who can be asked from now on. Raises CannotError."""
    access.require(actor, access.STEER)
    called, address = " ".join(name.split())[:100], email.strip()
    if not called:
        raise CannotError(_("An expert needs a name."))
    try:
        validate_email(address)
    except ValidationError:
        raise CannotError(_("This is no e-mail address.")) from None
    if Expert.objects.filter(area=area, email__iexact=address, ended_at=None).exists():
        raise CannotError(_("Somebody with this address is in this area already."))
    with transaction.atomic():
        made = Expert.objects.create(
            area=area,
            name=called,
            email=address,
            language=language,
            added_by=actor,
            added_at=clock.now(),
        )
        audit.line(actor, "added an expert to", area.name, expert=called)
    return made


def remove_expert(actor: Advisor, expert: Expert) -> None:
    """Ask them no more; every link they have is shut at once."""
    access.require(actor, access.STEER)
    now = clock.now()
    with transaction.atomic():
        Expert.objects.filter(pk=expert.pk, ended_at=None).update(ended_at=now)
        ReferralLink.objects.filter(expert=expert, ended_at=None).update(
            ended_at=now, mail_due_at=None
        )
        audit.line(actor, "removed an expert from", expert.area.name, expert=expert.name)
