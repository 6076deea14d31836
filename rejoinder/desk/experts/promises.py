"""Keeping a promise to a person by hand; most are kept by the reply that follows the answer."""

from django.db import transaction
from django.utils.translation import gettext as _

from rejoinder.desk.models import Promise
from rejoinder.desk.refusals import CannotError
from rejoinder.plumbing import clock, live
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor


def keep(promise: Promise, actor: Advisor) -> None:
    """They have heard. Raises CannotError when somebody said so before."""
    access.require(actor, access.ANSWER)
    open_ = Promise.objects.filter(pk=promise.pk, kept_at=None)
    with transaction.atomic():
        if not open_.update(kept_at=clock.now(), kept_by=actor):
            raise CannotError(_("This promise is kept already."))
        talk = promise.conversation
        live.changed(live.QUEUE, live.conversation(talk.public_id))
        audit.line(actor, "kept the promise in", talk.public_id)
