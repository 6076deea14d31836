"""Choosing to whom a view of the team goes by e-mail, on which day and hour."""

from django.db import transaction
from django.utils.translation import gettext as _

from rejoinder.desk.models import Expert
from rejoinder.desk.refusals import CannotError
from rejoinder.plumbing import clock
from rejoinder.reporting.models import SavedView, ViewTime
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor

MOST = 20  # people to whom one view goes


def choose(actor: Advisor, view: SavedView, to: Advisor | Expert, weekday: int, hour: int) -> None:
    """From now on; who had it at another time has it at this one. Raises CannotError."""
    access.require(actor, access.STEER)
    if not view.shared:
        raise CannotError(_("Only a view of the team can be sent. Save it for the team."))
    if not may_have(to):
        raise CannotError(_("Choose a colleague who may read reports, or an expert of an area."))
    if not (0 <= weekday <= 6 and 0 <= hour <= 23):
        raise CannotError(_("Choose a day of the week and a full hour."))
    key = {"advisor": to} if isinstance(to, Advisor) else {"expert": to}
    with transaction.atomic():
        there = SavedView.objects.select_for_update().filter(pk=view.pk, removed_at=None).first()
        if there is None:
            raise CannotError(_("Somebody has removed this view."))
        if not view.times.filter(**key).exists() and view.times.count() >= MOST:
            raise CannotError(_("It goes to twenty people already. Take somebody off first."))
        ViewTime.objects.update_or_create(
            view=view,
            **key,
            defaults={
                "weekday": weekday,
                "hour": hour,
                "set_by": actor,
                "set_at": clock.now(),
                "mail_due_at": None,
                "words": "",
            },
        )
        audit.line(
            actor,
            "chose when a view is sent",
            view.name,
            view=view.pk,
            to=to.name,
            at=[weekday, hour],
        )


def stop(actor: Advisor, chosen: ViewTime) -> None:
    """They get it no more."""
    access.require(actor, access.STEER)
    with transaction.atomic():
        if ViewTime.objects.filter(pk=chosen.pk).delete()[0]:
            name, view = chosen.to.name, chosen.view
            audit.line(actor, "ended sending a view", view.name, view=view.pk, to=name)


def may_have(to: Advisor | Expert) -> bool:
    """Colleagues who may see reports; experts who are still asked, of an area that is."""
    if isinstance(to, Advisor):
        return access.may(to, access.READ)
    return to.ended_at is None and to.area.ended_at is None
