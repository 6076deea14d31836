"""Questions to Explore that somebody keeps under a name, alone or with the team."""

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from rejoinder.desk.refusals import CannotError
from rejoinder.plumbing import clock
from rejoinder.privacy.find import masked
from rejoinder.reporting.explore.asking import Asked
from rejoinder.reporting.models import SavedView, ViewLink, ViewTime
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor

LONGEST = 80
MOST = 50  # that one colleague keeps


def seen(reader: Advisor) -> QuerySet[SavedView]:
    """One's own and those of the team, by name."""
    there = SavedView.objects.filter(Q(shared=True) | Q(made_by=reader), removed_at=None)
    return access.visible(reader, there).select_related("made_by").order_by("name", "id")


def save(actor: Advisor, name: str, asked: Asked, *, shared: bool) -> SavedView:
    """From now on. Raises CannotError."""
    access.require(actor, access.READ)
    words = masked(" ".join(name.split()), LONGEST)
    if not words:
        raise CannotError(_("Give it a name that says what it shows."))
    with transaction.atomic():
        if SavedView.objects.filter(made_by=actor, removed_at=None).count() >= MOST:
            raise CannotError(_("Fifty saved views are the most. Remove one first."))
        made = SavedView.objects.create(
            name=words,
            asks=asked.as_query(),
            shared=shared,
            made_by=actor,
            made_at=clock.now(),
        )
        audit.line(actor, "saved a view", words, view=made.pk, asks=made.asks, shared=shared)
    return made


def may_remove(actor: Advisor, view: SavedView) -> bool:
    """One's own; of the team's, leads remove any."""
    mine = view.made_by_id == actor.pk and access.may(actor, access.READ)
    return mine or (view.shared and access.may(actor, access.STEER))


def remove(actor: Advisor, view: SavedView) -> None:
    """Its links open no more, and it goes to nobody. Raises NotAllowedError."""
    if not may_remove(actor, view):
        access.require(actor, access.STEER)
    now = clock.now()
    with transaction.atomic():
        there = SavedView.objects.filter(pk=view.pk, removed_at=None)
        if there.update(removed_at=now, removed_by=actor):
            ended = ViewLink.objects.filter(view=view, ended_at=None, ends_at__gt=now)
            links = ended.update(ended_at=now)
            times = ViewTime.objects.filter(view=view).delete()[0]
            audit.line(actor, "removed a view", view.name, view=view.pk, links=links, times=times)
