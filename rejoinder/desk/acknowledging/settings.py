"""Having the desk say that nobody is there, in words that a lead keeps; and ending it."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from rejoinder.desk.acknowledging.words import BACK, LONGEST
from rejoinder.desk.models import Acknowledging
from rejoinder.desk.refusals import CannotError
from rejoinder.listening.models import Mention
from rejoinder.plumbing import clock
from rejoinder.plumbing.models import Offset
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor

READER = "acknowledged"


def may_set(actor: Advisor) -> bool:
    """Whoever steers."""
    return access.may(actor, access.STEER)


def standing() -> Acknowledging | None:
    """The words that are said now; None while nothing is."""
    return Acknowledging.objects.filter(ended_at=None).select_related("began_by").first()


def begin(actor: Advisor, texts: Mapping[str, str]) -> Acknowledging:
    """Say this from now on, by language; what was heard before stays without. Raises CannotError.

    It goes in the actor's name: should they leave the team, somebody else begins it anew.
    """
    access.require(actor, access.STEER)
    kept = {language: text.strip() for language, text in texts.items() if text.strip()}
    _check(kept)
    now = clock.now()
    with transaction.atomic():
        newest = Mention.objects.aggregate(last=Max("id"))["last"] or 0
        if not Acknowledging.objects.filter(ended_at=None).update(ended_by=actor, ended_at=now):
            Offset.objects.update_or_create(reader=READER, defaults={"value": newest})
        row = Acknowledging.objects.create(texts=kept, began_by=actor, began_at=now)
        audit.line(actor, "began acknowledging", ", ".join(kept))
    return row


def end(actor: Advisor) -> None:
    """Nothing is said by itself any more."""
    access.require(actor, access.STEER)
    with transaction.atomic():
        open_ = Acknowledging.objects.filter(ended_at=None)
        if open_.update(ended_by=actor, ended_at=clock.now()):
            audit.line(actor, "ended acknowledging", "acknowledgements")


def _check(texts: Mapping[str, str]) -> None:
    if not texts:
        raise CannotError(_("Write what is said, in one language at least."))
    if any(BACK not in text for text in texts.values()):
        raise CannotError(_("Say with {back} when somebody is there again."))
    if any(len(text) > LONGEST for text in texts.values()):
        raise CannotError(_("Keep it short: 1,000 letters at most."))
