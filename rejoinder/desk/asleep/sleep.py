"""Putting a conversation aside until a time or an event, and taking it up before."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from rejoinder.crisis.actions import open_ones
from rejoinder.desk import callbacks, refusals, take
from rejoinder.desk.asleep import rows, rules
from rejoinder.desk.models import Snooze
from rejoinder.listening.models import Conversation, Mention, Need, Question
from rejoinder.plumbing import clock
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor
from rejoinder.team.rota import duty

SHOWN = 200


def may_snooze(talk: Conversation, actor: Advisor) -> bool:
    """Whoever may close it; nobody while somebody waits in urgent need, or where nothing is due."""
    urgent = talk.waiting_since is not None and talk.need == Need.URGENT
    open_ = talk.holder_id or talk.waiting_since or talk.answered_at
    return take.may_close(talk, actor) and bool(open_) and not urgent


def choices(actor: Advisor) -> list[rules.Choice]:
    """The times that are offered to somebody, on their clock."""
    return rules.choices(clock.now(), actor.time_zone, duty.works())


def question(talk: Conversation) -> Question | None:
    """What they ask, if it has a name."""
    asked = Mention.objects.filter(pk=talk.last_mention_id or 0).values("question_id")
    return Question.objects.filter(pk__in=asked, dismissed_at=None).exclude(name="").first()


def snooze(
    talk: Conversation, actor: Advisor, until: datetime | None = None, event: str = ""
) -> Snooze:
    """Put it aside: it leaves the queue, nobody has it, and it is back at its place.

    Without `until` an event is waited for, for two weeks at most. Raises CannotError.
    """
    access.require(actor, access.ANSWER)
    with transaction.atomic():
        take.lock(talk)
        _check(talk, actor, event)
        Snooze.objects.filter(conversation=talk, done_at=None).update(done_at=clock.now())
        waited, now = talk.waiting_since, clock.now()
        take.free(talk, actor, "put aside")
        talk.waiting_since = talk.kept_back = talk.kept_until = None
        talk.save(update_fields=["waiting_since", "kept_back", "kept_until"])
        promised = callbacks.standing([talk]).get(talk.pk)
        made = Snooze.objects.create(
            conversation=talk,
            advisor=actor,
            at=now,
            until=rules.until(until, now, promised.from_at if promised else None),
            event=event,
            question=question(talk) if event == Snooze.Event.ANSWER else None,
            waited_since=waited,
        )
        take.tell(talk, actor, "put aside", until=made.until.isoformat(), event=event)
    return made


def wake_now(talk: Conversation, actor: Advisor) -> None:
    """Somebody takes it out of its sleep: it waits again, for anybody."""
    access.require(actor, access.ANSWER)
    with transaction.atomic():
        if rows.wake([talk.pk], rules.Back.TAKEN):
            audit.line(actor, "woke", talk.public_id)
    talk.refresh_from_db()


def sleeping(actor: Advisor) -> tuple[Sequence[Snooze], int]:
    """What sleeps, the next to come back first, and how many there are in all."""
    found = access.visible(actor, rows.asleep())
    with_all = found.select_related("conversation__person", "advisor", "question")
    return list(with_all.order_by("until", "id")[:SHOWN]), found.count()


def _check(talk: Conversation, actor: Advisor, event: str) -> None:
    if not take.may_close(talk, actor):
        raise refusals.NotYoursError(str(talk.holder))
    if not may_snooze(talk, actor):
        raise refusals.CannotError(
            _("Somebody in urgent need waits here. Answer, or correct what the desk read.")
            if talk.waiting_since
            else _("Nothing is due here, so there is nothing to put aside.")
        )
    if event == Snooze.Event.WORKED:
        raise refusals.CannotError(_("Close it, and choose when it is asked whether it worked."))
    if event == Snooze.Event.CRISIS and not open_ones().exists():
        raise refusals.CannotError(_("No crisis is open. Choose a time."))
