"""How much abuse somebody took in the last hour, from the rows."""

from datetime import datetime

from django.db.models import F, Q

from rejoinder.desk.breaks import rules
from rejoinder.desk.models import Assignment
from rejoinder.listening.models import Mention, Need
from rejoinder.plumbing import clock
from rejoinder.team.models import Advisor


def spared_until(actor: Advisor) -> datetime | None:
    """Until when the next abusive conversation goes to somebody else."""
    now = clock.now()
    taken = Assignment.objects.filter(advisor=actor, at__gt=now - rules.WITHIN)
    rows = list(taken.values_list("conversation_id", "at"))
    if len(rows) < rules.MANY:
        return None
    abuse = Q(need=Need.ABUSE) | Q(reading__abuse=True)
    talks = {talk for talk, _at in rows}
    abusive = set(
        Mention.objects.filter(abuse, conversation__in=talks, ours=False)
        .filter(pk=F("conversation__last_mention_id"))
        .values_list("conversation_id", flat=True)
    )
    first = {talk: at for talk, at in reversed(rows) if talk in abusive}
    return rules.spared_until(first.values(), now)
