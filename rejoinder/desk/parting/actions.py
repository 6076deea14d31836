"""By hand: two conversations of one person become one, or some of their words go into another."""

from collections.abc import Collection, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from rejoinder.desk import refusals, take
from rejoinder.desk.parting import rules
from rejoinder.desk.parting.rules import Word
from rejoinder.desk.refusals import CannotError
from rejoinder.listening import needs
from rejoinder.listening.intake import late
from rejoinder.listening.models import Conversation, Mention
from rejoinder.outbox.models import LEAVING, UNSETTLED, Reply
from rejoinder.plumbing import ids
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor

# Each reference of these has a page of its own, which its person reads.
WITH_PAGES = frozenset({"phone", "webform"})
SHOWN = 50  # words that may be parted


def may(talk: Conversation, actor: Advisor) -> bool:
    """Who may close it may join and part it, where references have no pages."""
    return take.may_close(talk, actor) and talk.channel not in WITH_PAGES


def words(talk: Conversation) -> Sequence[Mention]:
    """What may be parted from it, oldest first."""
    rows = Mention.objects.filter(conversation=talk, ours=False)
    return list(reversed(rows.order_by("-created_at", "-id")[:SHOWN]))


def join(on: Conversation, gone: Conversation, actor: Advisor) -> Conversation:
    """All that was written and done in `gone` goes on in `on`, in one place of the queue.

    Raises CannotError with the reason.
    """
    access.require(actor, access.ANSWER)
    with transaction.atomic():
        for talk in sorted((on, gone), key=lambda each: each.pk):
            take.lock(talk)
        _check_join(on, gone, actor)
        late.merge(gone, on)
        needs.renew([on.pk])
        audit.line(actor, "joined by hand", on.public_id, other=str(gone.public_id))
    on.refresh_from_db()
    return on


def part(talk: Conversation, actor: Advisor, chosen: Collection[int]) -> Conversation:
    """These words go into a conversation of their own; replies to them go along, notes stay.

    What had been joined by hand comes apart into the two that it was. Raises CannotError.
    """
    access.require(actor, access.ANSWER)
    with transaction.atomic():
        take.lock(talk)
        if not may(talk, actor):
            raise refusals.NotYoursError(str(talk.holder) if talk.holder else None)
        rows = list(Mention.objects.filter(conversation=talk, ours=False))
        found = [Word(row.pk, row.created_at, stands=row.deleted_at is None) for row in rows]
        if not rules.may_part(found, chosen):
            raise CannotError(_("Choose some of their words, and leave some."))
        _check_replies(talk, chosen)
        waits = rules.waits(found, chosen, talk.waiting_since)
        going = [row for row in rows if row.pk in chosen]
        made = _place(talk, going)
        Mention.objects.filter(pk__in=[row.pk for row in going]).update(conversation=made)
        Reply.objects.filter(conversation=talk, mention__in=chosen).update(conversation=made)
        _settle(made, waits.goes)
        _settle(talk, waits.stays)
        needs.renew([talk.pk, made.pk])
        take.tell(talk, actor, "parted", other=str(made.public_id))
    made.refresh_from_db()
    talk.refresh_from_db()
    return made


def _check_join(on: Conversation, gone: Conversation, actor: Advisor) -> None:
    if on.pk == gone.pk or on.joined_into_id or gone.joined_into_id:
        raise CannotError(_("These two are one already."))
    if on.person_id != gone.person_id:
        said = _("Only conversations of the same person on the same channel are joined.")
        raise CannotError(said)
    if on.channel in WITH_PAGES:
        raise CannotError(_("Their reference has a page of its own; name the other in a note."))
    for talk in (on, gone):
        if not take.may_close(talk, actor):
            raise refusals.NotYoursError(str(talk.holder))
    _check_replies(gone)


def _check_replies(talk: Conversation, chosen: Collection[int] | None = None) -> None:
    """What is on its way arrives where it was sent from first."""
    leaving = Reply.objects.filter(conversation=talk, state__in=[*LEAVING, *UNSETTLED])
    if chosen is not None:
        leaving = leaving.filter(mention__in=chosen)
    if leaving.exists():
        raise CannotError(_("A reply is on its way. Wait until it is out, or take it back."))


def _place(talk: Conversation, going: Sequence[Mention]) -> Conversation:
    """The one that these words came from by joining, or a new one beside it."""
    threads = {row.thread for row in going}
    before = Conversation.objects.filter(joined_into=talk, thread__in=threads).first()
    if before is not None and len(threads) == 1:
        # All that stands of its thread goes, so that later words find the right one.
        stays = Mention.objects.filter(conversation=talk, thread=before.thread)
        if not stays.exclude(pk__in=[row.pk for row in going]).exists():
            before.joined_into = None
            before.save(update_fields=["joined_into"])
            return before
    first = min(going, key=lambda row: (row.created_at, row.pk))
    return Conversation.objects.create(
        channel=talk.channel,
        thread=f"part of {talk.pk}: {ids.new_hex()}",
        person=talk.person,
        account=talk.account,
        need=talk.need,
        opened_at=first.created_at,
        last_at=first.created_at,
    )


def _settle(talk: Conversation, since: object) -> None:
    """Its last word, and since when somebody waits in it."""
    rows = Mention.objects.filter(conversation=talk, ours=False)
    last = rows.order_by("deleted_at", "-created_at", "-id").first()
    standing = rows.filter(deleted_at=None).order_by("-created_at", "-id").first() or last
    values: dict[str, object] = {"waiting_since": since}
    if standing is not None:
        values |= {"last_mention_id": standing.pk, "last_at": standing.created_at}
    Conversation.objects.filter(pk=talk.pk).update(**values)
