"""Choosing who of an area hears of its themes, on which day and hour."""

from django.db import transaction
from django.utils.translation import gettext as _

from rejoinder.desk.models import BusinessArea, Expert
from rejoinder.desk.refusals import CannotError
from rejoinder.plumbing import clock
from rejoinder.reporting.models import Digest, DigestTime
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor


def chosen() -> dict[int, DigestTime]:
    """By area (its pk), where somebody hears."""
    rows = DigestTime.objects.filter(area__ended_at=None, expert__ended_at=None)
    return {row.area_id: row for row in rows.select_related("expert")}


def choose(actor: Advisor, area: BusinessArea, expert: Expert, weekday: int, hour: int) -> None:
    """From now on. Raises CannotError for who is not of the area, and for no moment of a week."""
    access.require(actor, access.STEER)
    if expert.area_id != area.pk or expert.ended_at is not None:
        raise CannotError(_("Choose an expert of this area."))
    _keep(area, expert, weekday, hour, actor)


def choose_own(digest: Digest, weekday: int, hour: int) -> None:
    """What the expert chooses on the page of a digest. Raises CannotError."""
    current = chosen().get(digest.area_id)
    if current is None or current.expert_id != digest.expert_id:
        raise CannotError(_("Somebody else hears of this area now."))
    _keep(digest.area, digest.expert, weekday, hour, None)


def stop(actor: Advisor, area: BusinessArea) -> None:
    """Nobody of this area is told any more."""
    access.require(actor, access.STEER)
    with transaction.atomic():
        if DigestTime.objects.filter(area=area).delete()[0]:
            audit.line(actor, "ended the digest of", area.name)


def _keep(
    area: BusinessArea, expert: Expert, weekday: int, hour: int, actor: Advisor | None
) -> None:
    if not (0 <= weekday <= 6 and 0 <= hour <= 23):
        raise CannotError(_("Choose a day of the week and a full hour."))
    with transaction.atomic():
        DigestTime.objects.update_or_create(
            area=area,
            defaults={
                "expert": expert,
                "weekday": weekday,
                "hour": hour,
                "set_by": actor,
                "set_at": clock.now(),
            },
        )
        audit.line(actor, "chose the digest of", area.name, expert=expert.name)
