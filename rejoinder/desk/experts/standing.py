"""What is asked and promised in conversations, for the pages that show it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db.models import Prefetch

from rejoinder.desk.experts import rules
from rejoinder.desk.models import Promise, Referral, ReferralLink, ReferralWord
from rejoinder.listening.models import Conversation
from rejoinder.outbox.models import Reply, State


def asked(talks: Sequence[Conversation]) -> Mapping[int, list[Referral]]:
    """The open questions of each conversation, by its number, the one due first at the front."""
    rows = Referral.objects.filter(conversation__in=talks, ended_at=None).select_related("area")
    found: dict[int, list[Referral]] = defaultdict(list)
    for row in rows.order_by("due_at", "id"):
        found[row.conversation_id].append(row)
    return found


def of(talk: Conversation) -> list[Referral]:
    """All of one conversation, oldest first, with links and words."""
    said = ReferralWord.objects.select_related("expert", "advisor", "area").order_by("at", "id")
    links = ReferralLink.objects.select_related("expert").order_by("id")
    people = ("area", "asker", "answered_by", "conversation")
    rows = Referral.objects.filter(conversation=talk).select_related(*people)
    return list(
        rows.order_by("at", "id").prefetch_related(Prefetch("said", said), Prefetch("links", links))
    )


def promised(talks: Sequence[Conversation]) -> Mapping[int, list[Promise]]:
    """What is promised and not kept yet."""
    rows = Promise.objects.filter(conversation__in=talks, kept_at=None).select_related("referral")
    found: dict[int, list[Promise]] = defaultdict(list)
    for row in rows.order_by("due_at", "id"):
        found[row.conversation_id].append(row)
    return found


def after(reply: Reply) -> None:
    """A reply that is out keeps what waited on an answer; in the transaction that says so."""
    if reply.state != State.SENT:
        return
    open_ = promised([reply.conversation])[reply.conversation_id]
    kept = rules.kept_by([each.referral.ended_at for each in open_], reply.written_at)
    done = [each.pk for each, is_kept in zip(open_, kept, strict=True) if is_kept]
    Promise.objects.filter(pk__in=done, kept_at=None).update(
        kept_at=reply.sent_at, kept_by=reply.advisor_id
    )
