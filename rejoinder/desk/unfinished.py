"""With whom something is not finished at the desk: nobody of them is forgotten meanwhile."""

from collections.abc import Collection

from django.db.models import Q

from rejoinder.desk.models import Callback, Promise, Referral, RightsAccount, RightsRequest, Snooze
from rejoinder.listening.models import Conversation
from rejoinder.outbox.models import LEAVING, Reply
from rejoinder.privacy.vault import Person

_NAME = "person__external_id"
_OPEN = (
    (Snooze, Q(done_at=None)),
    (Promise, Q(kept_at=None)),
    (Referral, Q(ended_at=None)),
    (RightsRequest, Q(answered_at=None)),
    (RightsAccount, Q(request__answered_at=None)),
    (Reply, Q(state__in=LEAVING)),
)


def unfinished(people: Collection[Person]) -> set[Person]:
    """Those of these people who sleep until later, were promised something, or are written to."""
    named = {one.external_id for one in people}
    talks = Conversation.objects.filter(
        person__channel__in={one.channel for one in people}, person__external_id__in=named
    )
    promised = Callback.objects.filter(kept_at=None, channel__in={one.channel for one in people})
    called = talks.filter(thread__in=promised.values("thread"))
    found = {Person(*name) for name in called.values_list("person__channel", _NAME)}
    for model, is_open in _OPEN:
        rows = model._default_manager.filter(is_open, conversation__in=talks)
        names = rows.values_list("conversation__person__channel", f"conversation__{_NAME}")
        found |= {Person(*name) for name in names}
    return found & set(people)
